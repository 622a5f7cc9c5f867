"""What an evaluator writes of one project, kept as she types: one document, never over another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import ValidationError

from iprof_kit.base.words import counted
from iprof_kit.services.contract.evaluation import EVALUATION_GARDER, Contenu, EvaluationLue, Projet
from iprof_kit.ui.kit.carnet import ByField, Document, Sent, new_key, two_writings
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.part import Part

DAYS = {
    "notification": "Date du rendez-vous notifiée le",
    "entretien": "Votre entretien le",
    "autre_entretien": "Entretien de l’autre évaluateur le",
    "compte_rendu": "Compte rendu notifié le",
}
_QUOTED = 120
_EMPTY: Document = Contenu().model_dump(mode="json", exclude={two_writings.BOTH})


class Writing(ByField):
    """The project of one part about one person and one matter."""

    keeps: ClassVar[tuple[str, ...]] = (*ByField.keeps, "kept")

    def __init__(self, visit: Visit, dossier: str, matter: str) -> None:
        super().__init__(_EMPTY, self._ask_to_save, described)
        self._visit, self.dossier, self.matter = visit, dossier, matter
        self.kept: Projet | None = None
        """The project as the server last told it."""

    def read(self, answer: EvaluationLue) -> None:
        """Take what was read at an opening, unless something here waits to be saved."""
        project = answer.projet
        if project is None:
            if self.would_take(0):
                self.take(None, _EMPTY, 0, None)
                self.kept = None
            return
        if self.would_take(project.revision):
            self.take_kept(_kept(project), project.revision, project.enregistre_le)
        self.kept = project

    @property
    def written(self) -> Contenu:
        """The project as it is on this screen."""
        return Contenu.model_validate(self.content)

    def put(self, values: Mapping[str, Any]) -> bool:
        """Keep some fields over those already written; False where one of them is not taken."""
        document = {**self.content, **values}
        try:
            Contenu.model_validate(document)
        except ValidationError:
            return False
        self.write(document)
        return True

    def shown(self, project: Projet) -> None:
        """Take what the server answered when the project was shown: its revision grew."""
        self.kept, self.revision = project, project.revision
        self.saved_at = project.enregistre_le

    def _ask_to_save(self, content: Document, revision: int) -> Sent[Document]:
        answer = self._visit.ask(
            EVALUATION_GARDER,
            dossier=self.dossier,
            objet=self.matter,
            contenu=content,
            revision=revision,
            cle=new_key(),
        )
        self.kept = answer.projet
        other = None
        if answer.issue == "conflit":
            other = _kept(answer.projet)
        return Sent(answer.projet.revision, answer.projet.enregistre_le, other)


class Writings(Part):
    """The projects that were opened since the page was: what is not saved of one stays."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._every: dict[tuple[str, str], Writing] = {}

    def of(self, dossier: str, matter: str) -> Writing:
        """Return the one of a person and a matter."""
        if (dossier, matter) not in self._every:
            self._every[dossier, matter] = Writing(self._visit, dossier, matter)
        return self._every[dossier, matter]

    def forget(self, one: Writing) -> None:
        """Leave what was written of an erased one."""
        self._every.pop((one.dossier, one.matter), None)

    def record(self) -> dict[str, Any]:
        """Return what is kept of each."""
        return {"every": {key: one.record() for key, one in self._every.items()}}

    def recall(self, record: dict[str, Any]) -> None:
        """Be again what a record says."""
        for (dossier, matter), one in record["every"].items():
            self.of(dossier, matter).recall(one)


def _kept(project: Projet) -> Document:
    """Return a project as it is kept, with what waits for a choice where something does."""
    content = project.contenu.model_dump(mode="json")
    if not content[two_writings.BOTH]:
        del content[two_writings.BOTH]
    return content


def described(content: Document) -> tuple[str, ...]:
    """Say a project in short sentences, so that a person can choose between two."""
    lines = [f"{label} : {content[name]}" for name, label in DAYS.items() if content.get(name)]
    if levels := content.get("niveaux"):
        lines.append(counted(len(levels), "compétence placée"))
    if opinion := content.get("avis"):
        lines.append(f"Avis envisagé : {text.appreciation_label(opinion)}")
    if words := content.get("texte"):
        lines.append(words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…")
    return tuple(lines)
