"""« Évaluation »: the rendez-vous of the year and the opinions of the campaign, and their state."""

from __future__ import annotations

from dataclasses import dataclass
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
    Portefeuille,
)
from iprof_kit.ui.kit.fields import read_day
from iprof_kit.ui.kit.parts import Page, Result
from iprof_kit.ui.kit.screen import KitScreen, State, intent
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
    """One project to write: whose, what about, where, her interview, its state, its address."""

    person: str
    standing: str
    what: str
    where: str
    day: str
    state: str
    path: str
    settled: bool


@dataclass(frozen=True)
class ListeView(Page):
    """What is to be prepared, what is not finished first."""

    banner: str = BANNER
    results: tuple[Result, ...] = ()
    rows: tuple[Row, ...] = ()
    count: str = ""
    before: str = ""
    after: str = ""
    search: str = ""
    empty: str = ""
    portfolio: tuple[str, ...] = ()
    people: str = ""
    notes: tuple[str, ...] = ()


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
        wanted = asked.values.get("of", "")
        self.state.page = int(wanted) if wanted.isdecimal() and len(wanted) < 4 else 0


def liste(read: EvaluationsLues, today: date, search: str = "", page: int = 0) -> ListeView:
    """Return what an evaluator has to prepare on a day."""
    rows = to_prepare(read, today)
    ordered = tuple(sorted((row for _, row in rows), key=lambda one: (one.settled, one.person)))
    meetings = sum(matter.kind == MEETING for matter, _ in rows)
    opinions = len(rows) - meetings
    left = sum(not row.settled for _, row in rows)
    strong, rest = _lead(left, len(rows), read, search)
    year, campaign = school_year(today), campaign_of(today)
    return ListeView(
        "Évaluation",
        lead_strong=strong,
        lead=rest,
        results=(
            Result(f"Rendez-vous {school_year_text(year)}", str(meetings)),
            Result(f"Avis de la campagne {campaign}", str(opinions)),
            Result("Montrés à la personne", str(len(rows) - left)),
        ),
        rows=ordered[page * ON_A_PAGE :][:ON_A_PAGE],
        count=_place(page, len(ordered)),
        before=str(page - 1) if page else "",
        after=str(page + 1) if len(ordered) > (page + 1) * ON_A_PAGE else "",
        search=search,
        empty=_empty(read, search),
        portfolio=tuple(_portfolio(one) for one in read.portefeuilles),
        people=_counted(read.trouves, "personne"),
        notes=_notes(read),
    )


def to_prepare(read: EvaluationsLues, today: date) -> list[tuple[Matter, Row]]:
    """Return each project that is to be written, with its line."""
    lasts = [held_of(one) for one in read.gens]
    projects = {(one.dossier, one.objet): one for one in read.projets}
    rows: list[tuple[Matter, Row]] = []
    due = zip(read.gens, meetings_due(lasts, today), opinions_due(lasts, today), strict=True)
    for person, meeting, opinion in due:
        matters = []
        if meeting is not None:
            matters.append(Matter(MEETING, meeting.year, meeting.number))
        if opinion is not None:
            matters.append(Matter(opinion.grade, opinion.campaign))
        for matter in matters:
            if gives(person, matter):
                project = projects.get((person.dossier, matter.code))
                rows.append((matter, _row(person, matter, project)))
    return rows


def gives(person: Evalue, matter: Matter) -> bool:
    """Tell whether her part is written at all: where one opinion is given, the head gives none."""
    kind = evaluation_in(person.corps, person.type_etablissement, person.fonction, matter.year)
    if kind is None:
        return matter.kind != MEETING
    return person.partie == "inspection" or bool(kind.head)


def _row(person: Evalue, matter: Matter, project: EtatProjet | None) -> Row:
    state = state_of(project)
    shown = project is not None and project.montre_le is not None and not project.change_depuis
    query = urlencode({"dossier": person.dossier, "objet": matter.code})
    return Row(
        person.personne,
        standing(person),
        text.sentence(matter.words).rstrip("."),
        posting(person),
        _interview(project) if matter.kind == MEETING else "sans entretien",
        state,
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
        return (
            "Aucun portefeuille ne vous est donné aujourd’hui",
            " : l’administrateur de ce kit les ouvre, entre deux dates.",
        )
    if not count:
        who = "à cette recherche" if search else "de votre portefeuille"
        return f"Aucun projet d’avis {who}", " cette année."
    if not left:
        return (
            "Tous vos projets d’avis sont montrés",
            " ; recopiez-les dans l’application officielle.",
        )
    return (
        _counted(left, "projet d’avis", "projets d’avis"),
        f" à préparer sur {count}." if left != count else " à préparer.",
    )


def _empty(read: EvaluationsLues, search: str) -> str:
    if search:
        return "Personne ne répond à cette recherche parmi celles que cette année concerne."
    if read.gens:
        return (
            "Personne de votre portefeuille n’est dans une fenêtre de rendez-vous cette année, ni "
            "promouvable sans avis."
        )
    return ""


def _place(page: int, count: int) -> str:
    """Return « 51 à 100 sur 458 »; nothing where one page holds them all."""
    if count <= ON_A_PAGE:
        return ""
    last = min((page + 1) * ON_A_PAGE, count)
    return f"{page * ON_A_PAGE + 1} à {last} sur {count}, à montrer d’abord."


def _portfolio(one: Portefeuille) -> str:
    until = f", jusqu’au {text.day(one.au)}" if one.au else ""
    return f"{PARTS[one.partie]} : {one.perimetre}{until}"


def _notes(read: EvaluationsLues) -> tuple[str, ...]:
    notes = [
        "L’administration arrête la liste et convoque.",
        "Celle-ci vient du dernier échelon du dossier ; un congé peut la changer.",
        "Hors classe : l’appréciation du troisième rendez-vous est gardée.",
        "Sans lui, un avis peut être demandé ; ce kit n’en a pas les niveaux (à vérifier).",
    ]
    if read.trouves > MOST_PEOPLE:
        notes.append(
            f"Votre portefeuille compte {text.whole(read.trouves)} personnes : les "
            f"{text.whole(MOST_PEOPLE)} premières sont regardées. Cherchez un nom pour les autres."
        )
    return tuple(notes)


def _counted(count: int, one: str, several: str = "") -> str:
    return f"{text.whole(count)} {(several or one + 's') if count > 1 else one}"
