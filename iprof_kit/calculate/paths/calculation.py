"""Subject « eligibility »: each other path, open now, from when, never, or on what it depends."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from iprof_kit.base.calendar import MONTHS, axis_of, date_of, date_text, school_year_of
from iprof_kit.base.explanation import explain, unexplained
from iprof_kit.base.reference import those, unsure
from iprof_kit.base.sources import Source, to_verify, worst
from iprof_kit.base.words import corps_label
from iprof_kit.calculate.interface.papers import DOUBT, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.interface.why import texts_of
from iprof_kit.calculate.paths.effects import effects_of
from iprof_kit.calculate.paths.people import people_of
from iprof_kit.calculate.paths.question import (
    Complement,
    Effect,
    EligibilityAnswer,
    EligibilityQuestion,
    PathAnswer,
    PathCondition,
    Training,
)
from iprof_kit.calculate.paths.reference import at_reference
from iprof_kit.calculate.paths.why import explain_path
from iprof_kit.calculate.paths.words import to_say, words
from iprof_kit.law.paths.competitions import competition_formats, known_period
from iprof_kit.law.paths.families import all_open_from, open_from
from iprof_kit.law.paths.opening import CLOSED, DEPENDS, LATER, OPEN, Opening, fulfilled
from iprof_kit.law.paths.people import NEVER, People
from iprof_kit.law.paths.rows import (
    Path,
    asked_for,
    attached,
    authority,
    conditions,
    path_of,
    paths,
)
from iprof_kit.law.paths.sessions import (
    is_fixed,
    reference_day,
    reference_text,
    registration,
    session_of,
)
from iprof_kit.law.paths.training import cpf_hours, training_facts
from iprof_kit.law.tables.verified import verified_until

_TEACHING = ("1d", "2d")
_FIRST_DEGREE = _TEACHING[0]
_FORMATS = {"_EXT_L3": "bac3", "_EXT_M2": "bac5"}
"""Format of an external concours, by the end of its code."""
_SESSION_WORD = {"liste_aptitude": "liste", "superieur": "rentrée"}


def eligibility(question: EligibilityQuestion) -> EligibilityAnswer:
    """Answer one path, or all of them, for one person.

    Returns
    -------
    EligibilityAnswer
        In the order of the tables. Rows that complete another path are in `complements`; a path
        asked by such a code is that of the rows it completes.

    Raises
    ------
    InputError
        Unknown corps, grade or échelon.
    PeriodNotCovered
        The day is before the first session that the tables know.
    """
    people, day = people_of([question]), axis_of(question.jour)
    codes = asked_for()
    if question.parcours is not None:
        codes = path_of(question.parcours).attached_to or (question.parcours,)
        answers = tuple(_with_reason(code, question, people) for code in codes)
    else:
        opened = all_open_from(codes, people, day)
        answers = tuple(_answer(one, question, people) for one in opened)
    hours, session = question.heures_cpf, session_of(day)
    return EligibilityAnswer(
        jour=question.jour,
        session=session,
        formats_concours=competition_formats(session),
        parcours=answers,
        complements=tuple(
            complement_of(path) for path in paths().values() if set(path.attached_to) & set(codes)
        ),
        formation=() if question.parcours else training_of(question.corps or ""),
        heures_cpf_fin_annee=None if hours is None else int(cpf_hours(hours, question.jour.year)),
        a_verifier=any(answer.a_verifier for answer in answers),
    )


@dataclass(frozen=True)
class PathState:
    """Where one path stands today, in a word."""

    code: str
    label: str
    kind: str
    state: str

    @property
    def is_open(self) -> bool:
        """Tell whether its conditions are all known to be met."""
        return self.state == OPEN

    @property
    def depends(self) -> bool:
        """Tell whether it waits for an answer that nobody gave."""
        return self.state == DEPENDS


def path_states(question: Mapping[str, Any]) -> tuple[PathState, ...]:
    """Return where each path stands today, in the order of the tables: no sentence, no effect.

    Parameters
    ----------
    question : mapping
        The fields of an `EligibilityQuestion`, whose `parcours` is not read.

    Raises
    ------
    InputError, PeriodNotCovered
        As `eligibility` does.
    """
    wanted = EligibilityQuestion.model_validate(question)
    people, day = people_of([wanted]), axis_of(wanted.jour)
    states = []
    for opened in all_open_from(asked_for(), people, day):
        path = opened.path
        state = CLOSED if held_already(path, wanted) else str(opened.state[0])
        states.append(PathState(path.code, path.label, path.kind, state))
    return tuple(states)


def _with_reason(code: str, question: EligibilityQuestion, people: People) -> PathAnswer:
    """Return the answer of one path, with its reason where it is asked for."""

    def again() -> PathAnswer:
        opened = open_from(code, people, axis_of(question.jour))
        with unexplained():  # its pay and its other effects are no reason of its opening
            return _answer(opened, question, people)

    answer = again()
    if not question.expliquer:
        return answer
    return answer.model_copy(
        update={"explication": explain_path(answer, again, paths()[code].papers)}
    )


def _answer(opened: Opening, question: EligibilityQuestion, people: People) -> PathAnswer:
    path, already_held = opened.path, held_already(opened.path, question)
    state = CLOSED if already_held else opened.state[0]
    judged = judged_conditions(opened, question, people)
    who, counter, by = authority(path)
    decides = f"{who} (à vérifier)" if to_verify(by.confidence) else who
    session = session_of_path(opened)
    fixed = _fixed_reference(path)
    sources = (path.papers, *(c.papers for c, _ in opened.judged), by)
    doubt = doubt_of(question.jour, (path.papers, *(c.papers for c, _ in opened.judged)))
    opens = None if opened.opens[0] == NEVER else date_of(int(opened.opens[0]))
    until = int(opened.until[0])
    missing = (
        (already_held,)
        if already_held
        else tuple(dict.fromkeys(missing_words(c) for c in blocking(judged)))
    )
    unknown = _unsaid(judged)
    with explain() as read:
        effects = effects_of(path, question)
    return PathAnswer(
        code=path.code,
        libelle=path.label,
        famille=path.family,
        categorie=path.kind,
        etat=state,
        phrase=f"Sans objet : {already_held}."
        if already_held
        else _sentence(opened, question.jour, missing, unknown, decides),
        a_partir_du=opens if state in (LATER, DEPENDS) and opens != question.jour else None,
        depuis=date_of(int(opened.since[0])) if state == OPEN and opened.since[0] > 0 else None,
        jusqu_au=date_of(until) - timedelta(1) if state != CLOSED and until < NEVER else None,
        session=session,
        date_reference=reference_day(fixed, session) if fixed and session else None,
        date_reference_code=path.text("date_reference_code"),
        conditions=judged,
        manque=missing,
        a_verifier_par_vous=unknown,
        decide_par=decides,
        acte=_act(path, counter),
        calendrier=_calendar(path, opened.session),
        effets=tuple(map(_typeset, effects)),
        a_savoir=_notes(path, question),
        sources=tuple(dict.fromkeys((*of_sources(sources), *texts_of(read)))),
        a_verifier=bool(doubt),
        motif_a_verifier=doubt,
    )


def held_already(path: Path, question: EligibilityQuestion) -> str:
    """Say that a path leads to the corps held, where it has no disciplines; "" for others.

    Elsewhere in the second degree, the same competition may be that of another discipline.
    """
    own = question.corps is not None and question.corps == path.text("corps_acces")
    one_field = path.text("degre") == _FIRST_DEGREE or question.corps in those(
        "concours_sans_section"
    )
    if not own or not one_field:
        return ""
    named = corps_label(question.corps or "", plural=True)
    check = ", à vérifier" if unsure("concours_sans_section", question.corps) else ""
    return f"vous appartenez déjà à ce corps ({named}){check}"


def session_of_path(opened: Opening) -> int | None:
    """Return the first session that suits, None for a path without sessions."""
    path = opened.path
    sessional = path.table == "concours" or any(
        is_fixed(c.reference) for c in conditions(path.code)
    )
    return int(opened.first[0]) if sessional and opened.state[0] != CLOSED else None


def _fixed_reference(path: Path) -> str:
    """Return the main reference of a path where it is the same day each year."""
    own = path.text("date_reference_code")
    codes = [own] if own else [c.reference for c in conditions(path.code)]
    return next((code for code in codes if is_fixed(code)), "")


def judged_conditions(
    opened: Opening, question: EligibilityQuestion, people: People
) -> tuple[PathCondition, ...]:
    """Return each condition in words, met or not, for the first person of the columns."""
    day, met = axis_of(question.jour), fulfilled(opened, axis_of(question.jour))
    groups = [condition.group for condition, _ in opened.judged if condition.group]
    judged = []
    for (condition, window), answers in zip(opened.judged, met, strict=True):
        name, has, needed = words(condition, question, people)
        since = int(window.since[0])
        dated = not window.unknown[0] and 0 < since < NEVER and since != day
        then = at_reference(condition, window, people, day, opened.session)
        judged.append(
            PathCondition(
                condition=name,
                a=has,
                il_faut=needed,
                remplie=None if answers[0] < 0 else bool(answers[0]),
                au=reference_text(condition.reference, opened.session),
                remplie_le=date_of(since) if dated else None,
                alternative=condition.group if groups.count(condition.group) > 1 else None,
                a_la_reference=then.has,
                manque=then.missing,
                session=then.session,
                source=of_sources((condition.papers,))[0],
            )
        )
    return tuple(judged)


def blocking(judged: tuple[PathCondition, ...]) -> tuple[PathCondition, ...]:
    """Return the conditions not met, leaving out those whose alternative is met or unknown."""
    softened = {c.alternative for c in judged if c.alternative and c.remplie is not False}
    return tuple(c for c in judged if c.remplie is False and c.alternative not in softened)


def _unsaid(judged: tuple[PathCondition, ...]) -> tuple[str, ...]:
    """Return the conditions that nobody told, leaving out those whose alternative is met."""
    settled = {c.alternative for c in judged if c.alternative and c.remplie}
    return tuple(
        dict.fromkeys(
            to_say(c.condition, c.il_faut)
            for c in judged
            if c.remplie is None and c.alternative not in settled
        )
    )


def missing_words(condition: PathCondition) -> str:
    """Return what is not met: what the person has, what is needed, when it will be."""
    when = f" {condition.au}" if condition.au else ""
    until = f" ; ce sera le {date_text(condition.remplie_le)}" if condition.remplie_le else ""
    if not condition.il_faut:
        return condition.condition
    has, needed = condition.a, condition.il_faut
    return f"{condition.condition} (déclaré : {has} ; exigé{when} : {needed}{until})"


def _sentence(
    opened: Opening, jour: date, missing: tuple[str, ...], unknown: tuple[str, ...], decides: str
) -> str:
    state, session = str(opened.state[0]), session_of_path(opened)
    word = _SESSION_WORD.get(opened.path.kind, "session")
    of_session = f" ({word} {session})" if session else ""
    looked = _looked_at(opened.path, word, session)
    if state == OPEN:
        return f"Ouvert{of_session} : les conditions connues sont remplies. Décide : {decides}."
    if state == LATER:
        return (
            f"Ouvert à partir du {date_text(date_of(int(opened.opens[0])))}{looked}, "
            f"si votre situation se poursuit. Décide : {decides}."
        )
    if state == DEPENDS:
        early = date_of(int(opened.opens[0]))
        when = f", au plus tôt le {date_text(early)}{looked}"
        when = when if early > jour else ""
        asked = " ; ".join(unknown)
        return (
            f"Dépend de ce que le kit ne connaît pas{when}. À vérifier par vous : "
            f"{asked}. Décide : {decides}."
        )
    reasons = " ; ".join(missing) or "les conditions ne peuvent être remplies ensemble"
    return f"Fermé dans la situation déclarée : {reasons}."


def _looked_at(path: Path, word: str, session: int | None) -> str:
    """Return of which session a first day is, and when its conditions are looked at."""
    if not session:
        return ""
    fixed = _fixed_reference(path)
    day = f", conditions au {date_text(reference_day(fixed, session))}" if fixed else ""
    return f" ({word} {session}{day})"


def doubt_of(jour: date, papers: tuple[Source, ...]) -> str:
    """Return why what these papers say is to verify on a day; "" where it is not."""
    reasons = []
    letter = worst(paper.confidence for paper in papers)
    if to_verify(letter):
        reasons.append(f"conditions : {DOUBT[letter]}")
    verified = _last_verified()
    if school_year_of(axis_of(jour)) > school_year_of(axis_of(verified)):
        reasons.append(f"textes connus au {date_text(verified)}")
    return " ; ".join(reasons)


@cache
def _last_verified() -> date:
    return min(verified_until("concours"), verified_until("parcours"))


def _act(path: Path, counter: str) -> str:
    where = counter or path.text("application")
    request = path.text("demande")
    return " ; ".join(filter(None, (where, request))) or "guichet non trouvé"


def _calendar(path: Path, session: int) -> str:
    """Return the registration dates of a session, or the last ones known and from which session."""
    if path.table == "parcours":
        return path.text("demande") or "calendrier non trouvé"
    known = registration(path)
    opens, closes = known.opens, known.closes.isoformat() if known.closes else ""
    exams, when, year = known.exams, known.known, known.session
    if year is None:
        opens, closes, when = _shared_calendar(path, session)
    if not (opens or exams):
        return f"calendrier {session} non trouvé"
    dates = [f"épreuves à partir du {date_text(exams)}"] if exams else []
    if opens:
        span = f"du {_day(opens)} au {_day(closes)}" if closes else f"dès {_day(opens)}"
        dates.insert(0, f"inscriptions {span}")
    listed = ", ".join(dates)
    if year == session:
        return f"session {when} : {listed}"
    return f"calendrier {session} non trouvé ; dernier connu : session {when}, {listed}"


def _shared_calendar(path: Path, session: int) -> tuple[str, str, str]:
    """Return the last period known of the concours of teachers, or three empty texts.

    An external one has that of its format, where it is known.
    """
    teaching = set(path.text("degre").split(";")) & {*_TEACHING}
    form = next((form for end, form in _FORMATS.items() if path.code.endswith(end)), "")
    for year in (session, session - 1, session - 2):
        period = known_period(year, form) if path.kind == "concours" and teaching else None
        if period:
            who = "même format" if period != known_period(year) else "tous concours enseignants"
            return period[0], period[1], f"{year}, {who}"
    return "", "", ""


def _day(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return date_text(date.fromisoformat(text))
    year, month = text.split("-")
    return f"{MONTHS[int(month) - 1]} {year}"


def _notes(path: Path, question: EligibilityQuestion) -> tuple[str, ...]:
    own = [
        path.text("autres_conditions"),
        path.text("conditions"),
        path.text("accord"),
        path.text("date_effet"),
    ]
    for row in attached(path.code):
        text = row.text("autres_conditions") or row.text("conditions") or row.text("remuneration")
        own.append(f"{row.label} : {text}")
    corps = question.corps
    leads_there = corps is not None and corps in path.text("corps_acces").split(";")
    if corps and leads_there and not held_already(path, question):
        own.append(f"vous appartenez déjà à ce corps ({corps_label(corps, plural=True)})")
    return tuple(text for text in own if text)


def _typeset(effect: Effect) -> Effect:
    return effect.model_copy(update={"texte": effect.texte, "libelle": effect.libelle})


def complement_of(path: Path) -> Complement:
    """Return a row that completes other paths, and why it is not one."""
    why = next(c.text for c in conditions(path.code))
    return Complement(code=path.code, libelle=path.label, complete=path.attached_to, pourquoi=why)


def training_of(corps: str) -> tuple[Training, ...]:
    """Return the rights and obligations of training of a corps."""
    return tuple(
        Training(
            domaine=row.text("domaine"),
            cle=row.text("cle"),
            valeur=row.text("valeur"),
            unite=row.text("unite"),
            condition=row.text("condition"),
            source=of_sources((row.papers,))[0],
        )
        for row in training_facts(corps)
    )


SUBJECT = Subject(
    name="eligibility",
    title="Autres parcours : ce qui est ouvert, à partir de quand, ou ce qui manque.",
    question=EligibilityQuestion,
    answer=EligibilityAnswer,
    one=eligibility,
)
