"""« Projet d’avis »: one person, one matter; written as one types, shown, copied, erased."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.calculate.career.meetings import items_of
from iprof_kit.documents.model import Document, Entry, Part, Section
from iprof_kit.services.contract.evaluation import (
    EVALUATION_EFFACER,
    EVALUATION_LIRE,
    EVALUATION_MONTRER,
    LONGEST_PROJECT,
    EvaluationLue,
)
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.carnet import ACTS, new_key
from iprof_kit.ui.kit.parts import Notice, Page
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.screens.evaluation.view import ProjetView, model_of, projet_view
from iprof_kit.ui.screens.evaluation.words import BANNER
from iprof_kit.ui.screens.evaluation.writing import DAYS, Writing, Writings
from iprof_kit.ui.screens.rendez_vous.projects import level_lines, matter_of
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

_NO_PROJECT = "Un projet s’ouvre depuis la liste : la personne, puis ce qui est à préparer."


@dataclass
class Opened(State):
    """What an evaluator typed that cannot be kept."""

    long: str = ""
    """Words that are too long: they stay on the screen."""


class Projets(KitScreen[Opened]):
    """The project that the address names; what is typed is kept at once."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._writings = Writings(visit)

    def arrive(self) -> None:
        """Begin anew: what is not saved stays."""
        self.state.long = ""

    def page(self) -> Shown:
        """Return the project; the person is read once an opening, since it is in the journal."""
        read = self._read()
        if isinstance(read, str):
            return "evaluation_vide", Page("Projet d’avis", read, banner=BANNER)
        return "evaluation_projet", self._view(read)

    def receive(self, asked: Intent) -> None:
        """Do what is asked of the project; nothing where the address shows none."""
        self._begin()
        if not isinstance(self._read(), str):
            super().receive(asked)

    def _read(self) -> EvaluationLue | str:
        """Return what the address names, or why it shows no project."""
        return self.once("read", self._asked)

    def _asked(self) -> EvaluationLue | str:
        dossier, matter = self._address()
        if not dossier or not matter:
            return _NO_PROJECT
        try:
            read = self._visit.ask(EVALUATION_LIRE, dossier=dossier[:64], objet=matter[:40])
        except (InputError, Refused) as error:
            return f"{text.sentence(error.message)} {error.remedy}"
        self._writing.read(read)
        return read

    def _address(self) -> tuple[str, str]:
        return self._visit.query.get("dossier", ""), self._visit.query.get("objet", "")

    @property
    def _writing(self) -> Writing:
        return self._writings.of(*self._address())

    @intent(*ACTS)
    def settle(self, asked: Intent) -> None:
        """Save again, or choose between two writings."""
        self._writing.do(asked.name)
        self.state.turn += 1

    @intent("evaluation_jours")
    def keep_days(self, asked: Intent) -> None:
        """Keep the dates of a rendez-vous."""
        self._put({name: asked.values[name][:40] for name in DAYS if name in asked.values})

    @intent("evaluation_grille")
    def keep_levels(self, asked: Intent) -> None:
        """Keep the levels of the grid."""
        levels = {name: value for name, value in asked.values.items() if value}
        self._put({"niveaux": {**self._writing.content["niveaux"], **levels}})

    @intent("evaluation_avis")
    def keep_opinion(self, asked: Intent) -> None:
        """Keep the opinion that is thought of."""
        self._put({"avis": asked.values.get("avis", "")})

    @intent("evaluation_texte")
    def keep_words(self, asked: Intent) -> None:
        """Keep the words, unless they are too long."""
        words = asked.values.get("texte", "")
        self.state.long = words if len(words) > LONGEST_PROJECT else ""
        if not self.state.long:
            self._put({"texte": words})

    def _put(self, values: Mapping[str, object]) -> None:
        if not self._writing.put(values):
            raise InputError(
                "cette saisie n’a pas été prise.",
                remedy="Elle contient un caractère ou une valeur que ce champ n’admet pas.",
            )

    @intent("evaluation_montrer")
    def show_person(self, _asked: Intent) -> None:
        """Show the project to the person."""
        writing = self._writing
        answer = self._visit.ask(
            EVALUATION_MONTRER,
            dossier=writing.dossier,
            objet=writing.matter,
            revision=writing.revision,
            cle=new_key(),
        )
        if answer.issue == "conflit":
            changed = "Ce projet a changé ailleurs : rien n’est montré."
            notice = Notice(changed, "Rechargez la page, relisez-le, puis montrez-le.")
        else:
            writing.shown(answer.projet)
            where = "La personne le lit dans Les services, Rendez-vous."
            notice = Notice(f"Projet montré, reçu n° {answer.recu}.", where, "ok")
        self.state.notices = (notice,)

    @intent("evaluation_effacer")
    def erase(self, _asked: Intent) -> None:
        """Erase the project: it may be written anew."""
        writing = self._writing
        answer = self._visit.ask(EVALUATION_EFFACER, dossier=writing.dossier, objet=writing.matter)
        self._writings.forget(writing)
        read = self._read()
        if not isinstance(read, str):
            read = read.model_copy(update={"projet": None})
            self._memory["read"] = read  # not asked again: each reading is in the journal
            self._writing.read(read)
        self.state.turn += 1
        done = "Projet effacé." if answer.efface else "Il n’y avait rien à effacer."
        self.state.notices = (Notice(done, "Ce que la personne en lisait l’est aussi.", "ok"),)

    @intent("evaluation_pdf")
    def print_page(self, _asked: Intent) -> None:
        """Give the project as a page."""
        read = self._read()
        if isinstance(read, str):
            return
        writing = self._writing
        matter = matter_of(writing.matter)
        lines = level_lines(writing.written, items_of(model_of(read, matter), matter.year))
        today = self._visit.who().aujourdhui
        self._visit.download = project_page(self._view(read), lines, today)

    def _view(self, read: EvaluationLue) -> ProjetView:
        writing = self._writing
        key = f"projet-{writing.dossier}-{writing.matter}-{self.state.turn}"
        return projet_view(read, writing, self._visit.who().aujourdhui, key, self.state.long)


FILE_NAME = "projet-d-avis.pdf"
NOTICE = (
    "Projet d’avis, à recopier dans l’application officielle ; fait avec un kit libre, non "
    "officiel. Ni avis rendu, ni compte rendu. À détruire une fois recopié."
)


def project_page(view: ProjetView, lines: tuple[tuple[str, str], ...], today: date) -> Download:
    """Return a project as a PDF.

    Parameters
    ----------
    lines : tuple of (str, str)
        Each item that was placed, with its level.
    """
    entries = tuple(Entry(label, text=level) for label, level in lines)
    sections = [Section("Grille", (Part(entries=entries),))] if entries else []
    opinion = next((one.label for one in view.opinions if one.selected and one.value), "")
    if opinion:
        sections.append(Section("Avis envisagé", (Part(text=opinion),)))
    if view.words.strip():
        sections.append(Section("Appréciation", (Part(text=view.words.strip()),)))
    document = Document(
        title=f"Projet d’avis, {view.title}",
        author="",
        date=today,
        name=view.title,
        headline=f"{view.subject}. {view.lead_strong}",
        summary=f"{view.lead.removeprefix(', ')} Effacé du kit le {view.erased}.",
        sections=tuple(sections),
        notice=NOTICE,
    )
    from iprof_kit.documents.typesetting import compile_sheet, pdf_sheet  # few sessions need it

    content = compile_sheet(pdf_sheet(document, "classique", None))[0]
    return Download(FILE_NAME, "application/pdf", content)
