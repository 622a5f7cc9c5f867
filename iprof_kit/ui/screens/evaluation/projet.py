"""« Projet d’avis »: one person, one matter; written as one types, shown, copied, erased."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from iprof_kit.base.errors import InputError, KitError, Refused
from iprof_kit.calculate.career.meetings import items_of
from iprof_kit.services.contract.evaluation import (
    EVALUATION_EFFACER,
    EVALUATION_LIRE,
    EVALUATION_MONTRER,
    LONGEST_PROJECT,
    EvaluationLue,
)
from iprof_kit.ui.kit.carnet import new_key
from iprof_kit.ui.kit.parts import Notice, Page, failed
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.evaluation.printed import project_page
from iprof_kit.ui.screens.evaluation.view import ProjetView, model_of, projet_view
from iprof_kit.ui.screens.evaluation.words import BANNER
from iprof_kit.ui.screens.evaluation.writing import DAYS, Writing
from iprof_kit.ui.screens.rendez_vous.projects import level_lines, matter_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_NO_PROJECT = "Un projet s’ouvre depuis la liste : la personne, puis ce qui est à préparer."


class Projets:
    """The project that the address names; what is typed is kept at once."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._opening = -1
        self._writings: dict[tuple[str, str], Writing] = {}
        self._read: EvaluationLue | None = None
        self._current: Writing | None = None
        self._closed = ""
        """Why the address shows no project: its day is past, or it names none."""
        self._long = ""
        """Words that are too long to be kept: they stay on the screen."""
        self._notices: tuple[Notice, ...] = ()
        self._turn = 0

    def show(self, path: str) -> Shown:
        """Return the project; the person is read once an opening, since it is in the journal."""
        del path
        if self._visit.openings != self._opening:
            self._open()
        if self._read is None or self._current is None:
            page = Page("Projet d’avis", (self._closed or _NO_PROJECT), banner=BANNER)
            return "evaluation_vide", page
        return "evaluation_projet", self._view(self._read, self._current)

    def receive(self, intent: Intent) -> None:
        """Keep what is typed; show, copy or erase the project."""
        if self._visit.openings != self._opening:
            self._open()
        writing = self._current
        if writing is None:
            return
        self._notices = ()
        if writing.receive(intent):
            self._turn += 1
            return
        acts: dict[str, Callable[[Writing, Intent], None]] = {
            "evaluation_jours": self._days,
            "evaluation_grille": self._levels,
            "evaluation_avis": self._opinion,
            "evaluation_texte": self._words,
            "evaluation_montrer": self._show_person,
            "evaluation_effacer": self._erase,
            "evaluation_pdf": self._print,
        }
        act = acts.get(intent.name)
        if act is None:
            return
        try:
            act(writing, intent)
        except KitError as error:
            self._notices = (failed(error),)

    def _open(self) -> None:
        self._opening = self._visit.openings
        self._read, self._current, self._notices = None, None, ()
        self._long = self._closed = ""
        dossier, matter = (self._visit.query.get(name, "") for name in ("dossier", "objet"))
        if not dossier or not matter:
            return
        try:
            self._read = self._visit.ask(EVALUATION_LIRE, dossier=dossier[:64], objet=matter[:40])
        except (InputError, Refused) as error:
            self._closed = f"{text.sentence(error.message)} {error.remedy}"
            return
        key = (dossier, matter)
        if key not in self._writings:
            self._writings[key] = Writing(self._visit, dossier, matter)
        self._current = self._writings[key]
        self._current.read(self._read)

    def _days(self, writing: Writing, intent: Intent) -> None:
        typed = {name: intent.values[name][:40] for name in DAYS if name in intent.values}
        self._put(writing, typed)

    def _levels(self, writing: Writing, intent: Intent) -> None:
        levels = {name: value for name, value in intent.values.items() if value}
        self._put(writing, {"niveaux": {**writing.content["niveaux"], **levels}})

    def _opinion(self, writing: Writing, intent: Intent) -> None:
        self._put(writing, {"avis": intent.values.get("avis", "")})

    def _words(self, writing: Writing, intent: Intent) -> None:
        words = intent.values.get("texte", "")
        self._long = words if len(words) > LONGEST_PROJECT else ""
        if not self._long:
            self._put(writing, {"texte": words})

    def _put(self, writing: Writing, values: Mapping[str, object]) -> None:
        if not writing.put(values):
            raise InputError(
                "cette saisie n’a pas été prise.",
                remedy="Elle contient un caractère ou une valeur que ce champ n’admet pas.",
            )

    def _show_person(self, writing: Writing, _intent: Intent) -> None:
        answer = self._visit.ask(
            EVALUATION_MONTRER,
            dossier=writing.dossier,
            objet=writing.matter,
            revision=writing.revision,
            cle=new_key(),
        )
        if answer.issue == "conflit":
            self._notices = (
                Notice(
                    "Ce projet a changé ailleurs : rien n’est montré.",
                    "Rechargez la page, relisez-le, puis montrez-le.",
                ),
            )
            return
        writing.shown(answer.projet)
        self._notices = (
            Notice(
                f"Projet montré, reçu n° {answer.recu}.",
                "La personne le lit dans Les services, Rendez-vous.",
                "ok",
            ),
        )

    def _erase(self, writing: Writing, _intent: Intent) -> None:
        answer = self._visit.ask(EVALUATION_EFFACER, dossier=writing.dossier, objet=writing.matter)
        self._writings.pop((writing.dossier, writing.matter), None)
        self._current = Writing(self._visit, writing.dossier, writing.matter)
        if self._read is not None:
            self._read = self._read.model_copy(update={"projet": None})
            self._current.read(self._read)
        self._writings[(writing.dossier, writing.matter)] = self._current
        self._turn += 1
        done = "Projet effacé." if answer.efface else "Il n’y avait rien à effacer."
        self._notices = (Notice(done, "Ce que la personne en lisait l’est aussi.", "ok"),)

    def _print(self, writing: Writing, _intent: Intent) -> None:
        if self._read is None:
            return
        matter = matter_of(writing.matter)
        items = items_of(model_of(self._read, matter), matter.year)
        lines = level_lines(writing.written, items)
        view = self._view(self._read, writing)
        self._visit.download = project_page(view, lines, self._visit.who().aujourdhui)

    def _view(self, read: EvaluationLue, writing: Writing) -> ProjetView:
        key = f"projet-{writing.dossier}-{writing.matter}-{self._turn}"
        return projet_view(
            read, writing, self._visit.who().aujourdhui, key, self._long, self._notices
        )
