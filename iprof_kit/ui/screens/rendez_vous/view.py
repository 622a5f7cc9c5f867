"""Les services › Rendez-vous de carrière: what comes, its delays, one's preparation and letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from iprof_kit.base.calendar import school_year_text
from iprof_kit.calculate.career.meetings import concerned
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.fields.supposed import SupposedView, supposed_view
from iprof_kit.ui.screens.rendez_vous.answer import ORDER
from iprof_kit.ui.screens.rendez_vous.due import Due, Gap, Tried
from iprof_kit.ui.screens.rendez_vous.entry import APPRECIATION, NAMES, Entry
from iprof_kit.ui.screens.rendez_vous.foreseen import Subject
from iprof_kit.ui.screens.rendez_vous.letters import LetterView
from iprof_kit.ui.screens.rendez_vous.preparation import GridView
from iprof_kit.ui.screens.rendez_vous.procedure import Facts, Step
from iprof_kit.ui.screens.rendez_vous.projects import DraftView
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import Counter
from iprof_kit.ui.shared.parts import Field, Option, Page

TITLE = "Rendez-vous de carrière"
_FIRST = ("notification", "entretien", "second", "compte_rendu", "notifiee", APPRECIATION)
_SHORT = {
    "observations": "observations",
    "recours": "recours gracieux",
    "reponse": "réponse",
    "cap": "CAP",
}
_HOLIDAYS = (
    "Notification : jours calendaires, que les vacances scolaires ne peuvent contenir ; ce kit n’a "
    "pas leur calendrier, comptez-les."
)
_PUBLIC_HOLIDAYS = (
    "Les jours fériés sont ceux de votre département ; en Alsace et en Moselle, le Vendredi saint "
    "dépend de la commune et n’est pas compté."
)
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
    why: tuple[str, ...] = ()
    effect: tuple[str, ...] = ()
    effect_answer: str = ""
    counting: tuple[str, ...] = ()
    verify: bool = False
    sources: tuple[str, ...] = ()
    carnet: CarnetView | None = None
    key: str = ""
    drafts: tuple[DraftView, ...] = ()
    being_written: tuple[str, ...] = ()
    official: str = ""


def nothing(dossier: Dossier, today: date) -> RendezVousView:
    """Return the screen of somebody for whom no rendez-vous is foreseen, and why."""
    echelon = current_echelon(dossier)
    if echelon is None:
        lead = "Votre dossier ne dit ni corps ni échelon : aucun rendez-vous n’en découle."
        return RendezVousView(TITLE, lead=text.french(lead))
    windows = concerned(echelon.corps, today)
    where = text.at_place(text.position_label(echelon.grade, echelon.echelon, echelon.chevron))
    if not windows:
        lead = "Les textes que ce kit connaît ne prévoient aucun rendez-vous pour votre corps."
        return RendezVousView(TITLE, lead=text.french(lead))
    echelons = ", ".join(text.nth(one.echelon) for one in windows)
    return RendezVousView(
        TITLE,
        lead_strong="Aucun rendez-vous de carrière n’est à venir",
        lead=text.french(f" : vous êtes {where}."),
        why_question="Pourquoi aucun ?",
        why_answer="trois, en classe normale",
        why=(
            text.french(
                f"Les trois rendez-vous ont lieu en classe normale, aux échelons {echelons}. Vos "
                "rendez-vous passés et leurs appréciations sont dans Votre dossier, Carrière."
            ),
        ),
        sources=officials(one.source for one in windows),
    )


def heading(subject: Subject) -> str:
    """Return « Le deuxième, au 8e échelon, 2026-2027 »."""
    meeting = subject.meeting
    order = ORDER.get(meeting.number, str(meeting.number))
    year = school_year_text(meeting.year)
    return text.french(f"Le {order}, {text.at_echelon(meeting.echelon)}, {year}.")


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
    options = (
        Option("", "pas encore", not entry.level),
        *(Option(one, text.appreciation_label(one), one == entry.level) for one in levels),
    )
    fields.append(Field(APPRECIATION, "Appréciation finale", entry.level, options=options))
    labels |= {field.name: field.label for field in fields}

    def words(name: str, value: str) -> str:
        day = entry.days.get(name)
        if day is not None:
            return text.day(day)
        return "" if value else "pas encore"

    filed = {APPRECIATION: entry.level if not typed.get(APPRECIATION) else ""}
    return supposed_view(fields, _FIRST, filed, words, _SHORT)


def why(subject: Subject, dossier: Dossier) -> tuple[tuple[str, ...], str]:
    """Return why a person is concerned in a school year, and the same in a few words."""
    meeting = subject.meeting
    year = school_year_text(meeting.year)
    window = f"entre le {text.day(meeting.reached_from)} et le {text.day(meeting.reached_to)}"
    order, place = ORDER.get(meeting.number, ""), text.echelon_label(meeting.echelon)
    whom = f"Sont concernés en {year}, pour le {order} rendez-vous, les agents qui ont atteint le"
    lines = [f"{whom} {place} {window}."]
    if subject.reached is not None:
        lines.append(
            f"Vous y êtes depuis le {text.day(subject.reached)}, ancienneté conservée et "
            "interruptions comptées à part."
        )
    elif subject.state == "ahead":
        lines.append("Vous n’y êtes pas encore : la date suit votre avancement de plein droit.")
    lines.append(
        "Un changement d’académie, un congé ou un temps partiel n’y change rien ; l’administration "
        "informe avant les vacances d’été, puis convoque."
    )
    del dossier
    return tuple(map(text.french, lines)), f"{text.echelon_label(meeting.echelon)}, {year}"


def effect(subject: Subject) -> tuple[tuple[str, ...], str]:
    """Return what a rendez-vous may change, who decides, and the same in a few words."""
    meeting = subject.meeting
    decided = f"L’autorité ({meeting.final_by}) arrête l’appréciation finale, sur quatre niveaux."
    others = "Les avis des évaluateurs sont dans le compte rendu et peuvent en différer."
    lines = [text.sentence(meeting.leads_to), f"{decided} {others}"]
    if subject.effect_on is None:
        return tuple(map(text.french, lines)), "compte pour la hors classe"
    lines.insert(
        1,
        f"Si elle était accordée, elle prendrait effet le {text.day(subject.effect_on)} ; elle est "
        f"examinée en {subject.decided_in}.",
    )
    return tuple(map(text.french, lines)), "un an gagné, pour une part"


def counting(facts: Facts) -> tuple[str, ...]:
    """Return how each delay is counted, by the version in force."""
    lines = []
    for delay in facts.delays.values():
        mark = " (à vérifier)" if delay.a_verifier else ""
        lines.append(f"{delay.etape} : {delay.delai}, {delay.compte}{mark}.")
    free = next((one.precision for one in facts.delays.values() if one.precision), "")
    return tuple(text.french(line) for line in (*lines, _HOLIDAYS, free, _PUBLIC_HOLIDAYS) if line)


def _field(name: str, label: str, typed: Mapping[str, str], entry: Entry, facts: Facts) -> Field:
    error = entry.errors.get(name)
    shown = typed.get(name, "")
    if name == "entretien" and not facts.two:
        label = "Inspection et entretien le"
    return Field(
        name,
        label,
        shown,
        hint=_HINT,
        error=text.french(error.message) if error else "",
        remedy=text.french(error.remedy) if error else "",
        numeric=True,
    )
