"""Votre dossier › Coordonnées: what the person writes, beside what the administration has."""

from __future__ import annotations

from dataclasses import dataclass, field

from iprof_kit.services.contract.own_file import (
    CHAMPS,
    CONTACT_ENREGISTRER,
    CONTACT_LIRE,
    ErreurChamp,
)
from iprof_kit.ui.kit.parts import Notice
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.perso import view as views
from iprof_kit.ui.shared.held import origin_text
from iprof_kit.ui.shared.messages import Intent

SAVE, TAKE_AGAIN = "contact_enregistrer", "contact_reprendre"


@dataclass
class Editing(State):
    """What is being typed, and what the last save answered."""

    typed: dict[str, str] | None = None
    faults: list[ErreurChamp] = field(default_factory=list)
    number: int | None = None


class Perso(KitScreen[Editing]):
    """What one may change oneself is edited in place; the rest is read only, and reported."""

    def arrive(self) -> None:
        """Leave behind what was only said."""
        self.state.number = None

    def page(self) -> Shown:
        """Return the screen."""
        visit, doing = self._visit, self.state
        contact = visit.ask(CONTACT_LIRE)
        read = visit.file().model_copy(update={"saisies": contact.saisies})
        return "perso", views.PersoView(
            title="Coordonnées",
            lead="Votre adresse, vos téléphones et votre courriel personnel se changent ici.",
            origin=origin_text(read.dossier),
            saved=contact.enregistre_le,
            number=str(doing.number) if doing.number else "",
            lines=views.lines(read, doing.typed, doing.faults),
            form_key=f"contact-{doing.turn}",
            revision=str(contact.revision),
            turn=str(doing.turn),
            focus=doing.focus,
            former=tuple((views.LABELS[one.champ], one) for one in contact.anciennes),
            others=views.sections(read),
        )

    @intent(SAVE)
    def save(self, asked: Intent) -> None:
        """Save the form."""
        self.state.typed = {name: asked.values.get(name, "") for name in CHAMPS}
        revision = asked.values.get("revision", "")
        self._save(int(revision) if revision.isascii() and revision.isdigit() else 0)

    @intent(TAKE_AGAIN)
    def take_again(self, asked: Intent) -> None:
        """Take the administration's value of one field again."""
        if asked.values.get("of") in CHAMPS:
            contact = self._visit.ask(CONTACT_LIRE)
            self._save(contact.revision, again=asked.values["of"])

    def _save(self, revision: int, again: str = "") -> None:
        """Save; what is wrong, what changed elsewhere and what fails leave what was typed."""
        doing = self.state
        answer = self._visit.ask(
            CONTACT_ENREGISTRER,
            valeurs={} if again else doing.typed or {},
            reprendre=[again] if again else [],
            revision=min(revision, 2**31 - 1),
            cle=self.key(SAVE),
        )
        self.answered(SAVE)
        doing.faults, doing.number = answer.erreurs, answer.numero
        if answer.issue == "conflit":
            doing.notices = (_ELSEWHERE,)
        elif answer.issue != "erreurs":
            doing.notices = (_UNCHANGED,) if answer.issue == "inchange" else ()
            doing.typed = doing.typed if again else None
            self.look_at("recu")


_ELSEWHERE = Notice(
    "Vos coordonnées ont changé ailleurs entre-temps.",
    "Rien n’a été remplacé. Chaque ligne dit la valeur actuelle, votre saisie est restée dans son "
    "champ : vérifiez-la, puis enregistrez de nouveau.",
    "refused",
)
_UNCHANGED = Notice("Rien n’a changé.", "Le champ disait déjà ce qui est affiché.", "ok")
