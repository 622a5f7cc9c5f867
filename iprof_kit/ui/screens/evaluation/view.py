"""One project of opinion: the person, its delays, its grid, its words, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.asked import Asked
from iprof_kit.base.errors import InputError, KitError, LawError
from iprof_kit.base.words import uncapitalised
from iprof_kit.calculate.career.meetings import (
    Evaluation,
    Meeting,
    evaluation_in,
    items_of,
    meeting_of,
)
from iprof_kit.calculate.career.rendez_vous.question import Delai
from iprof_kit.calculate.evaluation.days import Days, delays
from iprof_kit.calculate.evaluation.due import Opinion, opinions_due
from iprof_kit.calculate.interface.official_texts import officials
from iprof_kit.services.contract.evaluation import LONGEST_PROJECT, Contenu, EvaluationLue
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import read_day, shown
from iprof_kit.ui.kit.filters import in_a_sentence
from iprof_kit.ui.kit.parts import Field, Option, Page
from iprof_kit.ui.screens.evaluation.words import (
    BANNER,
    OFFICIAL_MEETING,
    OFFICIAL_PROMOTION,
    held_of,
    posting,
    standing,
    state_of,
)
from iprof_kit.ui.screens.evaluation.writing import DAYS, Writing
from iprof_kit.ui.screens.rendez_vous.due import kept_words
from iprof_kit.ui.screens.rendez_vous.preparation import GridView, grid_view
from iprof_kit.ui.screens.rendez_vous.procedure import BETWEEN, in_weeks
from iprof_kit.ui.screens.rendez_vous.projects import (
    MEETING,
    PARTS,
    Matter,
    level_lines,
    matter_of,
    parts_for,
)
from iprof_kit.ui.shared import text

_HINT = "jj/mm/aaaa"
_STEPS = (
    ("calendrier", "Notifier sa date", "avant l’entretien, hors vacances scolaires"),
    ("entretiens", "Second entretien", "après le premier"),
    ("observations", "Ses observations", "après le compte rendu"),
    ("appreciation", "Appréciation finale", ""),
)
"""Keys of rendez_vous_delais.csv, what each is called, and what it is counted from."""


@dataclass(frozen=True)
class Due:
    """One last day: what, when, how it is counted; `late` where it is past."""

    label: str
    when: str
    note: str
    late: bool = False


@dataclass(frozen=True)
class ProjetView(Page):
    """One project, ready to show."""

    banner: str = BANNER
    subject: str = ""
    official: str = ""
    state: str = ""
    dues: tuple[Due, ...] = ()
    fields: tuple[Field, ...] = ()
    meeting: bool = False
    grid: GridView | None = None
    opinions: tuple[Option, ...] = ()
    opinion_note: str = ""
    words: str = ""
    long: int = 0
    """How many characters are too many to be kept, all of them counted."""
    longest: int = LONGEST_PROJECT
    kept: CarnetView | None = None
    key: str = ""
    may_show: bool = False
    show_words: str = ""
    copied: str = ""
    erased: str = ""
    hidden: str = ""
    verify: bool = False
    known: Evaluation | None = None
    """Who evaluates, at a meeting."""
    sources: tuple[str, ...] = ()


def projet_view(
    read: EvaluationLue, writing: Writing, today: date, key: str, too_long: str = ""
) -> ProjetView:
    """Return one project as the evaluator writes it; `too_long` are words that are not kept."""
    person, matter, content = read.personne, matter_of(writing.matter), writing.written
    known = evaluation_in(person.corps, person.type_etablissement, person.fonction, matter.year)
    meeting = matter.kind == MEETING
    days = _days(read, matter, content, known, today) if meeting else ((), (), False)
    fields, dues, verify = days
    grid = _grid(read, matter, content, known) if meeting else None
    opinion = None if meeting else _opinion(read, matter, today)
    return ProjetView(
        person.personne,
        lead_strong=text.sentence(matter.words).rstrip("."),
        lead=f", {uncapitalised(standing(person))}.",
        subject=f"{posting(person)}. {PARTS[person.partie]} : projet d’avis",
        official=OFFICIAL_MEETING if meeting else OFFICIAL_PROMOTION,
        state=state_of(writing.kept),
        dues=dues,
        fields=fields,
        meeting=meeting,
        grid=grid,
        opinions=_options(opinion, content),
        opinion_note=_opinion_note(opinion) if opinion else "",
        words=too_long or content.texte,
        long=len(too_long),
        kept=writing.view(),
        key=key,
        may_show=not content.vide and not writing.pending and writing.other is None,
        show_words=_show_words(writing),
        copied=copied_text(read, writing),
        erased=text.day(read.efface_le),
        hidden=in_a_sentence(read.caches),
        verify=verify or bool(opinion and opinion.to_verify),
        known=known if meeting else None,
        sources=_sources(read, matter, opinion),
    )


def copied_text(read: EvaluationLue, writing: Writing) -> str:
    """Return the project as plain text, to be copied in the official application."""
    matter, content = matter_of(writing.matter), writing.written
    person = read.personne
    lines = [f"{person.personne}, {standing(person)}", text.sentence(matter.words), ""]
    placed = level_lines(content, items_of(model_of(read, matter), matter.year))
    lines += [f"{label} : {level}" for label, level in placed]
    if content.avis:
        lines.append(f"Avis : {text.appreciation_label(content.avis)}")
    if content.texte.strip():
        lines += ["", content.texte.strip()]
    return "\n".join(lines).strip()


def meeting_for(read: EvaluationLue, matter: Matter) -> Meeting | None:
    """Return the rendez-vous of a matter in the tables of the law."""
    return meeting_of(read.personne.corps, matter.number, matter.year)


def model_of(read: EvaluationLue, matter: Matter) -> str:
    """Return the model of report of a person, "" for a promotion."""
    person = read.personne
    known = evaluation_in(person.corps, person.type_etablissement, person.fonction, matter.year)
    return known.model if known and matter.kind == MEETING else ""


def _grid(
    read: EvaluationLue, matter: Matter, content: Contenu, known: Evaluation | None
) -> GridView | None:
    meeting = meeting_for(read, matter)
    if meeting is None or known is None:
        return None
    items = parts_for(read.personne.partie, known, items_of(known.model, matter.year))
    return grid_view(items, known, meeting.levels, content.niveaux)


def _days(
    read: EvaluationLue,
    matter: Matter,
    content: Contenu,
    known: Evaluation | None,
    today: date,
) -> tuple[tuple[Field, ...], tuple[Due, ...], bool]:
    """Return the fields of the days, the delays that follow, and whether one is to verify."""
    alone = known is not None and not known.head
    names = [name for name in DAYS if not (alone and name == "autre_entretien")]
    days, errors = _read(content, names)
    counted: Mapping[str, Delai] = {}
    try:
        counted = _delays(read, matter, days)
    except InputError as error:
        errors[error.where or "entretien"] = error
    except LawError:
        counted = {}
    fields = tuple(_field(name, getattr(content, name), errors.get(name)) for name in names)
    meeting = meeting_for(read, matter)
    done = {"calendrier": days.get("notification"), "entretiens": _known(days).second}
    dues = tuple(
        _due(counted[key], (label, note), done.get(key), meeting, today)
        for key, label, note in _STEPS
        if key in counted and not (alone and key == "entretiens")
    )
    return fields, dues, any(one.a_verifier for one in counted.values())


def _read(content: Contenu, names: list[str]) -> tuple[dict[str, date], dict[str, KitError]]:
    days: dict[str, date] = {}
    errors: dict[str, KitError] = {}
    for name in names:
        typed = getattr(content, name)
        if typed.strip():
            try:
                days[name] = read_day(typed)
            except InputError as error:
                errors[name] = error
    return days, errors


def _delays(read: EvaluationLue, matter: Matter, days: Mapping[str, date]) -> Mapping[str, Delai]:
    person = read.personne
    last = held_of(person)
    if last is None:
        return {}
    return delays(last, matter.year, person.departement, _known(days))


def _known(days: Mapping[str, date]) -> Days:
    return Days(*(days.get(name) for name in DAYS))


def _due(
    one: Delai, called: tuple[str, str], done: date | None, meeting: Meeting | None, today: date
) -> Due:
    """Return a delay in words; `done` is the day of what it was for, where that is known."""
    label, note = called
    if one.cle == "appreciation":
        note = f"après la rentrée, par l’autorité ({meeting.final_by})" if meeting else ""
    day, length = one.date_limite, in_weeks(one.delai) if one.cle == BETWEEN else one.delai
    if done is not None and one.hors_vacances:
        notice = f"notifié le {text.day(done)}, {kept_words(one)}"
        known = one.jours is not None
        counted = f" ({text.counted_days(one.jours or 0)} hors vacances)" if known else ""
        when = text.day(day) if day else length
        return Due(label, when, f"au plus tard ; {notice}{counted}", one.tenu is False)
    if day is None:
        return Due(label, length, note)
    if done is not None:
        kept = f"le {text.day(done)}, délai {'tenu' if done <= day else 'non tenu'}"
        return Due(label, text.day(day), f"au plus tard ; {kept}", done > day)
    late = day < today and one.cle != "appreciation"
    return Due(label, text.day(day), f"au plus tard, {length} {note}".strip(), late)


def _field(name: str, typed: str, error: KitError | None) -> Field:
    return shown(Asked(name, DAYS[name], "day", _HINT, needed=True), typed, error)


def _opinion(read: EvaluationLue, matter: Matter, today: date) -> Opinion | None:
    """Return what the campaign asks for; None where the file no longer says so."""
    (opinion,) = opinions_due([held_of(read.personne)], today)
    if opinion is None or (opinion.grade, opinion.campaign) != (matter.kind, matter.year):
        return None
    return opinion


def _options(opinion: Opinion | None, content: Contenu) -> tuple[Option, ...]:
    levels = opinion.levels if opinion else ()
    if not levels:
        return ()
    none = Option("", "pas encore", not content.avis)
    chosen = (Option(one, text.appreciation_label(one), one == content.avis) for one in levels)
    return (none, *chosen)


def _opinion_note(opinion: Opinion) -> str:
    if opinion.levels:
        return text.sentence(opinion.detail)
    return (
        "Ce kit ne connaît pas les niveaux de cet avis : prenez ceux de l’application. Il peut "
        "être demandé à qui n’a pas d’appréciation du troisième rendez-vous."
    )


def _show_words(writing: Writing) -> str:
    project = writing.kept
    if project is None or project.montre_le is None:
        return "Montrer à la personne"
    return "Montrer de nouveau" if project.change_depuis else ""


def _sources(read: EvaluationLue, matter: Matter, opinion: Opinion | None) -> tuple[str, ...]:
    if opinion is not None:
        return officials(opinion.sources)
    meeting = meeting_for(read, matter)
    items = items_of(model_of(read, matter), matter.year)
    return officials([*(meeting.sources if meeting else ()), *(one.source for one in items)])
