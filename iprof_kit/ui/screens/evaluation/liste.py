"""« Évaluation »: the rendez-vous of the year and the opinions of the campaign, and their state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlencode

from iprof_kit.base.calendar import school_year, school_year_text
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.career.meetings import evaluation_in
from iprof_kit.calculate.evaluation.due import campaign_of, meetings_due, opinions_due
from iprof_kit.services.contract.evaluation import (
    EVALUATIONS_LIRE,
    MOST_PEOPLE,
    EtatProjet,
    EvaluationsLues,
    Evalue,
)
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.kit.parts import Page, Result
from iprof_kit.ui.kit.screen import KitScreen, State, intent, page_of
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.screens.evaluation.words import BANNER, held_of, posting, standing, state_of
from iprof_kit.ui.screens.rendez_vous.projects import MEETING, PARTS, Matter
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent

SEARCH, TURN = "evaluation_chercher", "evaluation_page"
ON_A_PAGE = 50
PROJECT = "/evaluation/projet"
_LONGEST = 200


@dataclass(frozen=True)
class Row:
    """One project to write: whose, what about, her interview, its state, its address."""

    person: Evalue
    matter: Matter
    standing: str
    where: str
    day: str
    state: str
    path: str
    settled: bool


@dataclass(frozen=True, kw_only=True)
class ListeView(Page):
    """What is to be prepared, what is not finished first."""

    banner: str = BANNER
    read: EvaluationsLues
    results: tuple[Result, ...]
    rows: tuple[Row, ...]
    count: int
    page: int
    search: str
    on_a_page: int = ON_A_PAGE
    most: int = MOST_PEOPLE
    parts_called: Mapping[str, str] = field(default_factory=lambda: PARTS)


@dataclass
class Looking(State):
    """Who is looked for, and the page of the list."""

    search: str = ""
    page: int = 0


class Liste(KitScreen[Looking]):
    """The people of the portfolio of the day whom this year, or the campaign, concerns."""

    def page(self) -> Shown:
        """Return the list; each opening reads it anew."""
        read = self._visit.ask(EVALUATIONS_LIRE, cherche=self.state.search)
        today = self._visit.who().aujourdhui
        return "evaluation_liste", liste(read, today, self.state.search, self.state.page)

    @intent(SEARCH)
    def look_for(self, asked: Intent) -> None:
        """Look for a person."""
        self.state.search, self.state.page = asked.values.get("cherche", "").strip()[:_LONGEST], 0

    @intent(TURN)
    def turn(self, asked: Intent) -> None:
        """Show another page."""
        self.state.page = page_of(asked)


def liste(read: EvaluationsLues, today: date, search: str = "", page: int = 0) -> ListeView:
    """Return what an evaluator has to prepare on a day."""
    rows = to_prepare(read, today)
    ordered = sorted(rows, key=lambda one: (one.settled, one.person.personne))
    meetings = sum(one.matter.kind == MEETING for one in rows)
    left = sum(not one.settled for one in rows)
    strong, rest = _lead(left, len(rows), read, search)
    year, campaign = school_year(today), campaign_of(today)
    return ListeView(
        title="Évaluation",
        lead_strong=strong,
        lead=rest,
        read=read,
        results=(
            Result(f"Rendez-vous {school_year_text(year)}", str(meetings)),
            Result(f"Avis de la campagne {campaign}", str(len(rows) - meetings)),
            Result("Montrés à la personne", str(len(rows) - left)),
        ),
        rows=tuple(ordered[page * ON_A_PAGE :][:ON_A_PAGE]),
        count=len(rows),
        page=page,
        search=search,
    )


def to_prepare(read: EvaluationsLues, today: date) -> list[Row]:
    """Return each project that is to be written."""
    lasts = [held_of(one) for one in read.gens]
    projects = {(one.dossier, one.objet): one for one in read.projets}
    rows: list[Row] = []
    due = zip(read.gens, meetings_due(lasts, today), opinions_due(lasts, today), strict=True)
    for person, meeting, opinion in due:
        matters = []
        if meeting is not None:
            matters.append(Matter(MEETING, meeting.year, meeting.number))
        if opinion is not None:
            matters.append(Matter(opinion.grade, opinion.campaign))
        for matter in matters:
            if gives(person, matter):
                rows.append(_row(person, matter, projects.get((person.dossier, matter.code))))
    return rows


def gives(person: Evalue, matter: Matter) -> bool:
    """Tell whether her part is written at all: where one opinion is given, the head gives none."""
    kind = evaluation_in(person.corps, person.type_etablissement, person.fonction, matter.year)
    if kind is None:
        return matter.kind != MEETING
    return person.partie == "inspection" or bool(kind.head)


def _row(person: Evalue, matter: Matter, project: EtatProjet | None) -> Row:
    shown = project is not None and project.montre_le is not None and not project.change_depuis
    query = urlencode({"dossier": person.dossier, "objet": matter.code})
    return Row(
        person,
        matter,
        standing(person),
        posting(person),
        _interview(project) if matter.kind == MEETING else "sans entretien",
        state_of(project),
        f"{PROJECT}?{query}",
        shown,
    )


def _interview(project: EtatProjet | None) -> str:
    """Return the day of her interview, or that it has none yet."""
    if project is None or not project.entretien.strip():
        return "entretien à dater"
    try:
        return text.day(read_day(project.entretien))
    except InputError:
        return "date à reprendre"


def _lead(left: int, count: int, read: EvaluationsLues, search: str) -> tuple[str, str]:
    if not read.portefeuilles:
        opens = " : l’administrateur de ce kit les ouvre, entre deux dates."
        return "Aucun portefeuille ne vous est donné aujourd’hui", opens
    if not count:
        who = "à cette recherche" if search else "de votre portefeuille"
        return f"Aucun projet d’avis {who}", " cette année."
    if not left:
        then = " ; recopiez-les dans l’application officielle."
        return "Tous vos projets d’avis sont montrés", then
    words = plural(left, "projet d’avis", "projets d’avis")
    return words, f" à préparer sur {count}." if left != count else " à préparer."
