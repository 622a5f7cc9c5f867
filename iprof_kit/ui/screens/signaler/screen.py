"""« Signaler une erreur »: a form that keeps what is typed, papers received at once, reports."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import weight_text
from iprof_kit.services.contract.own_file import (
    LARGEST_PIECE,
    LARGEST_SLICE,
    ErreurChamp,
    PieceDeposee,
    SignalementEnregistre,
    SignalementsLus,
)
from iprof_kit.ui.screens.signaler import view as views
from iprof_kit.ui.shared import text
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
    turn: int = 0
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
            pieces=tuple(views.piece_row(one) for one in read.en_attente),
            pieces_error=papers.message if papers else "",
            pieces_remedy=papers.remede if papers else "",
            pieces_hint=views.PIECES,
            form_key=f"signaler-{doing.turn}",
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
        doing.key = doing.key or secrets.token_hex(12)  # the same one while no answer came
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
            doing.focus = "recu"

    def _join(self, intent: Intent) -> None:
        """Send a file to the server in slices; what is too large is not sent at all."""
        doing = self._doing
        doing.faults = [one for one in doing.faults if one.champ != "pieces"]
        if intent.content is None or len(intent.content) > LARGEST_PIECE:
            size = weight_text(intent.size)
            doing.faults.append(
                ErreurChamp(
                    champ="pieces",
                    message=f"Ce fichier pèse {size}, la limite est de "
                    f"{weight_text(LARGEST_PIECE)}.",
                    remede="Réduisez-le, ou découpez-le en plusieurs pièces.",
                )
            )
            return
        content, key = intent.content, secrets.token_hex(12)
        starts = range(0, max(len(content), 1), LARGEST_SLICE)
        for part, start in enumerate(starts):
            answer: PieceDeposee = self._visit.ask(
                "piece_deposer",
                nom=intent.file,
                part=part,
                parts=len(starts),
                contenu=base64.b64encode(content[start : start + LARGEST_SLICE]).decode("ascii"),
                cle=key,
            )
            if answer.erreur is not None:
                message = text.french(f"« {intent.file} » : {answer.erreur.message}")
                doing.faults.append(answer.erreur.model_copy(update={"message": message}))
                return

    def _withdraw(self, intent: Intent) -> None:
        self._visit.ask("piece_retirer", id=intent.values.get("of", "") or "-")

    def _type(self, intent: Intent) -> None:
        self._doing.typed = {name: intent.values[name] for name in _FIELDS if name in intent.values}
