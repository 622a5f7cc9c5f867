"""« Signaler une erreur »: a form that keeps what is typed, papers received at once, reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.own_file import (
    ErreurChamp,
    SignalementEnregistre,
    SignalementsLus,
)
from iprof_kit.ui.fields.keeping import new_key
from iprof_kit.ui.fields.papers import PIECES, deposit, piece_row
from iprof_kit.ui.screens.signaler import view as views
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

CHOOSE, SEND = "signaler_choisir", "signaler_envoyer"
JOIN, WITHDRAW = "signaler_piece", "signaler_retirer"
_FIELDS = ("donnee", "indique", "explication")


@dataclass
class _Doing:
    """What is being typed, what is wrong with it, and the report that was just sent."""

    typed: dict[str, str] = field(default_factory=dict)
    faults: list[ErreurChamp] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()
    sent: str = ""
    key: str = ""
    salt: str = field(default_factory=new_key)
    """Names what is being written, so that the same paper goes on where it was cut."""
    turn: int = 0
    first: int | None = None
    """How many reports there were: a new page names the form as the one before did."""
    focus: str = ""


class Signaler:
    """The datum stays shown in the file; here one says what is wrong with it, and follows."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._doing = _Doing()
        self._opening = -1

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        visit, doing = self._visit, self._doing
        if visit.openings != self._opening:
            self._opening = visit.openings
            doing.notices, doing.sent = (), ""
            if visit.query:
                doing.typed.pop("donnee", None)  # the address says which
        read: SignalementsLus = visit.ask("signalements")
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
            groups=views.groups(read.donnees, chosen),
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
            notices=doing.notices,
        )

    def receive(self, intent: Intent) -> None:
        """Choose a datum, join or withdraw a paper, send; a failure keeps what was typed."""
        self._opening = self._visit.openings  # what is said of it belongs to this opening
        acts: dict[str, Callable[[Intent], None]] = {
            CHOOSE: self._choose, SEND: self._send, JOIN: self._join, WITHDRAW: self._withdraw,
        }  # fmt: skip
        act = acts.get(intent.name)
        if act is None:
            return
        self._doing.notices = ()
        try:
            act(intent)
        except KitError as error:
            self._doing.notices = (failed(error),)

    def _choose(self, intent: Intent) -> None:
        self._type(intent)

    def _send(self, intent: Intent) -> None:
        doing = self._doing
        self._type(intent)
        read: SignalementsLus = self._visit.ask("signalements")
        doing.key = doing.key or new_key()  # the same one while no answer came
        answer: SignalementEnregistre = self._visit.ask(
            "signaler",
            donnee=doing.typed.get("donnee", ""),
            indique=doing.typed.get("indique", ""),
            explication=doing.typed.get("explication", ""),
            pieces=[one.id for one in read.en_attente],
            cle=doing.key,
        )
        doing.key, doing.faults = "", answer.erreurs
        if answer.signalement is not None:
            doing.sent, doing.typed = answer.signalement.id, {}
            doing.turn += 1
            doing.salt, doing.focus = new_key(), "recu"

    def _join(self, intent: Intent) -> None:
        """Give a file to the server: what is too large, or no paper, is not kept."""
        doing = self._doing
        doing.faults = [one for one in doing.faults if one.champ != "pieces"]
        if (fault := deposit(self._visit, intent, "signalement", doing.salt)) is not None:
            doing.faults.append(fault)

    def _withdraw(self, intent: Intent) -> None:
        self._visit.ask("piece_retirer", id=intent.values.get("of", "") or "-")

    def _type(self, intent: Intent) -> None:
        self._doing.typed = {name: intent.values[name] for name in _FIELDS if name in intent.values}
