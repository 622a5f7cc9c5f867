"""« Signaler une erreur »: a form that keeps what is typed, papers received at once, reports."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.own_file import (
    PIECE_RETIRER,
    SIGNALEMENTS_LIRE,
    SIGNALER,
    ErreurChamp,
)
from iprof_kit.ui.kit.carnet import new_key
from iprof_kit.ui.kit.fields.papers import PIECES, deposit, piece_row
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.signaler import view as views
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.visit.reported import groups

CHOOSE, SEND = "signaler_choisir", "signaler_envoyer"
JOIN, WITHDRAW = "signaler_piece", "signaler_retirer"
_FIELDS = ("donnee", "indique", "explication")


@dataclass
class Writing(State):
    """What is being typed, what is wrong with it, and the report that was just sent."""

    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)
    sent: str = ""
    salt: str = field(default_factory=new_key)
    """Names what is being written, so that the same paper goes on where it was cut."""
    first: int | None = None
    """How many reports there were: a new page names the form as the one before did."""


class Signaler(KitScreen[Writing]):
    """The datum stays shown in the file; here one says what is wrong with it, and follows."""

    def arrive(self) -> None:
        """Begin from what the address says; a paper that is being written stays."""
        self.state.sent = ""
        if self._visit.query:
            self.state.typed.pop("donnee", None)

    def page(self) -> Shown:
        """Return the screen."""
        visit, doing = self._visit, self.state
        read = visit.ask(SIGNALEMENTS_LIRE)
        chosen = views.chosen(read.donnees, doing.typed, visit.query)
        rows = tuple(views.report_row(one) for one in read.signalements)
        if doing.first is None:
            doing.first = len(rows)
        wrong = {one.champ: one for one in doing.faults}
        papers = wrong.get("pieces")
        return "signaler", views.SignalerView(
            title="Signaler une erreur",
            lead="Dites quelle donnée est fausse et ce qu’elle devrait être. Elle reste affichée, "
            "marquée, jusqu’à la réponse de votre service gestionnaire.",
            groups=groups(read.donnees, chosen),
            datum_error=wrong["donnee"].message if "donnee" in wrong else "",
            shown=views.shown_value(read.donnees, chosen),
            fields=views.fields(doing.typed, doing.faults),
            pieces=tuple(piece_row(one) for one in read.en_attente),
            pieces_error=papers.message if papers else "",
            pieces_remedy=papers.remede if papers else "",
            pieces_hint=PIECES,
            form_key=f"signaler-{doing.first + doing.turn}",
            turn=str(doing.turn),
            focus=doing.focus,
            receipt=next((row for row in rows if row.id == doing.sent), None),
            reports=rows,
            errors=tuple(doing.faults),
        )

    @intent(CHOOSE)
    def write(self, asked: Intent) -> None:
        """Take what is typed, the datum that is chosen."""
        self.state.typed = {name: asked.values[name] for name in _FIELDS if name in asked.values}

    @intent(SEND)
    def send(self, asked: Intent) -> None:
        """Send the report; a failure keeps what was typed."""
        doing = self.state
        self.write(asked)
        read = self._visit.ask(SIGNALEMENTS_LIRE)
        answer = self._visit.ask(
            SIGNALER,
            donnee=doing.typed.get("donnee", ""),
            indique=doing.typed.get("indique", ""),
            explication=doing.typed.get("explication", ""),
            pieces=[one.id for one in read.en_attente],
            cle=self.key(SEND),
        )
        self.answered(SEND)
        doing.faults = answer.erreurs
        if answer.signalement is not None:
            doing.sent, doing.typed = answer.signalement.id, {}
            doing.salt = new_key()
            self.look_at("recu")

    @intent(JOIN)
    def join(self, asked: Intent) -> None:
        """Give a file to the server: what is too large, or no paper, is not kept."""
        doing = self.state
        doing.faults = [one for one in doing.faults if one.champ != "pieces"]
        if (fault := deposit(self._visit, asked, "signalement", doing.salt)) is not None:
            doing.faults.append(fault)

    @intent(WITHDRAW)
    def withdraw(self, asked: Intent) -> None:
        """Withdraw a paper that waits."""
        self._visit.ask(PIECE_RETIRER, id=asked.values.get("of", "") or "-")
