"""Les services › Rendez-vous de carrière: what comes, its delays, one's preparation and letters."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.asked import Asked
from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.career.meetings import concerned
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_echelon, foreseen_question
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import SupposedView, shown, supposed_view
from iprof_kit.ui.kit.parts import Field, Page, Reason, Why
from iprof_kit.ui.screens.rendez_vous.answer import ORDER
from iprof_kit.ui.screens.rendez_vous.due import Due, Gap, Tried
from iprof_kit.ui.screens.rendez_vous.entry import APPRECIATION, NAMES, Entry
from iprof_kit.ui.screens.rendez_vous.figures import typed_day
from iprof_kit.ui.screens.rendez_vous.foreseen import Subject
from iprof_kit.ui.screens.rendez_vous.letters import LetterView
from iprof_kit.ui.screens.rendez_vous.preparation import GridView
from iprof_kit.ui.screens.rendez_vous.procedure import Facts, Step
from iprof_kit.ui.screens.rendez_vous.projects import DraftView
from iprof_kit.ui.screens.rendez_vous.reasons import NONE, why_none
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import Counter
from iprof_kit.ui.shared.worded import figure

TITLE = "Rendez-vous de carrière"
_FIRST = ("notification", "entretien", "second", "compte_rendu", "notifiee", APPRECIATION)
_SHORT = {
    "observations": "observations",
    "recours": "recours gracieux",
    "reponse": "réponse",
    "cap": "CAP",
}
NOTES = (
    (
        "Un changement d’académie, un congé ou un temps partiel n’y change rien ; l’administration "
        "informe avant les vacances d’été, puis convoque."
    ),
)
"""What a year does not depend on."""
_HOLIDAYS = (
    "Notification : jours calendaires, sans ceux des vacances scolaires de votre académie ; où ce "
    "kit n’a pas leur calendrier, ce délai reste à vérifier."
)
_PUBLIC_HOLIDAYS = (
    "Les jours fériés sont ceux de votre département ; en Alsace et en Moselle, le Vendredi saint "
    "dépend de la commune et n’est pas compté."
)
COUNTING_NOTES = (_HOLIDAYS, _PUBLIC_HOLIDAYS)
_HINT = "Au format jj/mm/aaaa, par exemple 24/11/2026."


@dataclass(frozen=True)
class RendezVousView(Page):
    """The procedure that runs, or the next one; `subject` is "" where there is none."""

    subject: str = ""
    counter: Counter | None = None
    steps: tuple[Step, ...] = ()
    you: str = ""
    gaps: tuple[Gap, ...] = ()
    dues: tuple[Due, ...] = ()
    tried: tuple[Tried, ...] = ()
    tried_at: int = 1
    tried_words: str = ""
    dates: SupposedView = field(default_factory=SupposedView)
    open: bool = False
    """Whether dates can be typed: the procedure has begun, or may have."""
    grid: GridView = field(default_factory=GridView)
    letters: tuple[LetterView, ...] = ()
    has_dates: bool = False
    why_question: str = ""
    why_answer: str = ""
    why_asks: str = ""
    whys: Mapping[str, Why] = field(default_factory=dict)
    """The reasons that are open, by what was asked."""
    notes: tuple[str, ...] = ()
    effect_answer: str = ""
    counting: tuple[Reason, ...] = ()
    counting_notes: tuple[str, ...] = ()
    verify: bool = False
    sources: tuple[str, ...] = ()
    carnet: CarnetView | None = None
    key: str = ""
    drafts: tuple[DraftView, ...] = ()
    being_written: tuple[str, ...] = ()
    official: str = ""


def nothing(dossier: Dossier, today: date, opened: Collection[str]) -> RendezVousView:
    """Return the screen of somebody for whom no rendez-vous is foreseen, and why."""
    echelon, question = current_echelon(dossier), foreseen_question(dossier, today)
    if echelon is None or question is None:
        lead = "Votre dossier ne dit ni corps ni échelon : aucun rendez-vous n’en découle."
        return RendezVousView(TITLE, lead=lead)
    windows = concerned(echelon.corps, today)
    where = text.at_place(text.position_label(echelon.grade, echelon.echelon, echelon.chevron))
    view = RendezVousView(
        TITLE,
        why_question="Pourquoi aucun ?",
        why_answer="aucun",
        why_asks=NONE,
        whys=why_none(question, opened),
    )
    if not windows:
        lead = "Les textes que ce kit connaît ne prévoient aucun rendez-vous pour votre corps."
        return replace(view, lead=lead)
    return replace(
        view,
        lead_strong="Aucun rendez-vous de carrière n’est à venir",
        lead=f" : vous êtes {where}.",
        sources=officials(one.source for one in windows),
    )


def heading(subject: Subject) -> str:
    """Return « Le deuxième, au 8e échelon, 2026-2027 »."""
    meeting = subject.meeting
    order = ORDER.get(meeting.number, str(meeting.number))
    year = school_year_text(meeting.year)
    return f"Le {order}, {text.at_echelon(meeting.echelon)}, {year}."


def date_lines(
    facts: Facts, typed: Mapping[str, str], entry: Entry, labels: dict[str, str]
) -> SupposedView:
    """Return the days to type, one a line, those of the appeals in a drawer."""
    levels = facts.subject.meeting.levels
    fields = [
        _field(name, label, typed, entry, facts)
        for name, label in NAMES.items()
        if name != "second" or facts.two
    ]
    known = ((one, text.appreciation_label(one)) for one in levels)
    choices = (("", "pas encore"), *known)
    fields.append(Field(APPRECIATION, "Appréciation finale", choices=choices, value=entry.level))
    labels |= {field.name: field.label for field in fields}

    def words(name: str, value: str) -> str:
        day = entry.days.get(name)
        if day is not None:
            return typed_day(name, day)
        return "" if value else "pas encore"

    filed = {APPRECIATION: entry.level if not typed.get(APPRECIATION) else ""}
    return supposed_view(fields, _FIRST, filed, words, _SHORT)


def effect_answer(subject: Subject) -> str:
    """Return the day of the bonification, else what a rendez-vous leads to."""
    day = subject.effect_on
    return figure(text.day(day), "meeting.effect", day) if day else subject.meeting.leads_to


def _field(name: str, label: str, typed: Mapping[str, str], entry: Entry, facts: Facts) -> Field:
    if name == "entretien" and not facts.two:
        label = "Inspection et entretien le"
    asked = Asked(name, label, "day", _HINT, needed=True)
    return shown(asked, typed.get(name, ""), entry.errors.get(name))
