"""Votre dossier › Coordonnées: what the person writes, beside what the administration has."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.own_file import CHAMPS, ContactEnregistre, ContactLu, ErreurChamp
from iprof_kit.ui.screens.perso import view as views
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

SAVE, TAKE_AGAIN = "contact_enregistrer", "contact_reprendre"


@dataclass
class _Doing:
    """What is being typed, and what the last save answered."""

    typed: dict[str, str] | None = None
    faults: list[ErreurChamp] = field(default_factory=list)
    notices: tuple[Notice, ...] = ()
    number: int | None = None
    key: str = ""
    turn: int = 0
    focus: str = ""


class Perso:
    """What one may change oneself is edited in place; the rest is read only, and reported."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._doing = _Doing()
        self._opening = -1

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        visit, doing = self._visit, self._doing
        if visit.openings != self._opening:  # opened again: what was only said is left behind
            self._opening = visit.openings
            doing.notices, doing.number = (), None
        contact: ContactLu = visit.ask("contact")
        read = visit.file().model_copy(update={"saisies": contact.saisies})
        saved = contact.enregistre_le
        return "perso", views.PersoView(
            title="Coordonnées",
            lead=views.perso_lead(),
            origin=views.origin(read.dossier),
            saved=text.moment(saved) if saved else "",
            number=str(doing.number) if doing.number else "",
            lines=views.lines(read, doing.typed, doing.faults),
            form_key=f"contact-{doing.turn}",
            revision=str(contact.revision),
            turn=str(doing.turn),
            focus=doing.focus,
            former=views.former(contact),
            others=views.sections(read),
            notices=doing.notices,
        )

    def receive(self, intent: Intent) -> None:
        """Save the form, or take the administration's value of one field again."""
        self._opening = self._visit.openings  # what is said of it belongs to this opening
        if intent.name == SAVE:
            self._doing.typed = {name: intent.values.get(name, "") for name in CHAMPS}
            revision = intent.values.get("revision", "")
            self._save(int(revision) if revision.isascii() and revision.isdigit() else 0)
        elif intent.name == TAKE_AGAIN and intent.values.get("of") in CHAMPS:
            contact: ContactLu = self._visit.ask("contact")
            self._save(contact.revision, again=intent.values["of"])

    def _save(self, revision: int, again: str = "") -> None:
        """Save; what is wrong, what changed elsewhere and what fails leave what was typed."""
        doing = self._doing
        doing.key = doing.key or secrets.token_hex(12)  # the same one while no answer came
        try:
            answer: ContactEnregistre = self._visit.ask(
                "contact_enregistrer",
                valeurs={} if again else doing.typed or {},
                reprendre=[again] if again else [],
                revision=min(revision, 2**31 - 1),
                cle=doing.key,
            )
        except KitError as error:
            doing.notices = (failed(error),)
            return
        doing.key = ""
        doing.faults, doing.notices, doing.number = answer.erreurs, (), answer.numero
        if answer.issue == "conflit":
            doing.notices = (_ELSEWHERE,)
        elif answer.issue != "erreurs":
            doing.notices = (_UNCHANGED,) if answer.issue == "inchange" else ()
            doing.typed = doing.typed if again else None
            doing.turn += 1
            doing.focus = "recu"


_ELSEWHERE = Notice(
    "Vos coordonnées ont changé ailleurs entre-temps.",
    "Rien n’a été remplacé. Chaque ligne dit la valeur actuelle, votre saisie est restée dans son "
    "champ : vérifiez-la, puis enregistrez de nouveau.",
    "refused",
)
_UNCHANGED = Notice("Rien n’a changé.", "Le champ disait déjà ce qui est affiché.", "ok")
