"""Which rendez-vous de carrière a person has, in which school year, and the delays around it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

import numpy as np

from iprof_kit.base.calendar import (
    date_of,
    date_text,
    rentree,
    rentree_day,
    school_year_of,
    school_year_text,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.explanation import datum, hypothesis, record, unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, at_echelon
from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.calculate.career.rendez_vous.question import (
    Delai,
    Etat,
    RendezVous,
    RendezVousAnswer,
    RendezVousQuestion,
    Report,
)
from iprof_kit.calculate.career.runs import Controls, Run, run
from iprof_kit.calculate.career.start import Start, check
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT, of_sources
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.law.career.advancement import shortened_duration
from iprof_kit.law.career.meetings import (
    NONE,
    decision_year,
    meeting_content,
    meeting_windows,
    meeting_year,
)
from iprof_kit.law.career.meetings_procedure import (
    RULES,
    Deadline,
    after_silence,
    deadline_names,
    deadlines,
    free_delay,
    held_later,
)
from iprof_kit.law.career.school_holidays import academie_of, days_outside_holidays
from iprof_kit.law.tables.cells import CELLS

_NOTIFIED, _SILENCE = "appreciation", "reponse"
"""Keys of rendez_vous_delais.csv."""
_NO_CALENDAR = "les vacances scolaires de ces jours sont inconnues de ce kit"
_COUNTED = {
    "avant": "avant le rendez-vous",
    "entretien": "depuis le premier entretien",
    "compte_rendu": "depuis la réception du compte rendu",
    "rentree": "depuis la rentrée qui suit (ici le 1er septembre)",
    "appreciation": "depuis la notification de l’appréciation finale",
    "recours": "depuis le dépôt du recours",
    "reponse": "depuis la réponse au recours, ou le silence qui vaut refus",
}
_EVENTS = {
    "avant": "Rendez-vous le",
    "entretien": "Premier entretien le",
    "compte_rendu": "Compte rendu reçu le",
    "rentree": "Rentrée qui suit",
    "appreciation": "Appréciation finale notifiée le",
    "recours": "Recours déposé le",
    "reponse": "Réponse au recours reçue le",
}
"""What the day of each event is called in a reason."""
_DATUM = {
    "avant": "rendez_vous_le",
    "entretien": "rendez_vous_le",
    "compte_rendu": "compte_rendu_recu_le",
    "appreciation": "appreciation_recue_le",
    "recours": "recours_depose_le",
    "reponse": "reponse_recue_le",
}
"""Field of the question that gives the day of each event."""


def answer(question: RendezVousQuestion) -> RendezVousAnswer:
    """Return the rendez-vous that the tables foresee for a person.

    Raises
    ------
    InputError
        What is wrong in the question, in which field.
    LawError
        « aucun rendez-vous de carrière connu » for a corps that has none in the tables.
    """
    start = start_of(question)
    asked = question.annee_scolaire
    year = int(school_year_of(start.today)) if asked is None else asked
    numbers = {window.number for window in meeting_windows(start.corps, year)}
    _refuse_unknown(question, numbers)
    foreseen = _foreseen(question, start)
    of_the_year = [one for one in foreseen if one.annee_scolaire == school_year_text(year)]
    called = any(not one.deja_tenu for one in of_the_year)
    found_delays, undelayed = aside(lambda: delays_of(question, year))
    delays = found_delays or ()
    assumed = start.positions.assumed
    sources = [source for one in foreseen for source in one.sources]
    return RendezVousAnswer(
        convoque=called,
        annee_scolaire=school_year_text(year),
        rendez_vous=tuple(foreseen),
        delais=delays,
        report=report_after(year),
        non_calcules=(f"délais : {undelayed}",) if undelayed else (),
        projet=_project() if question.hypotheses else None,
        phrase=_phrase(year, of_the_year, called=called),
        a_verifier=bool(assumed) or any(delay.a_verifier for delay in delays),
        motifs=tuple(dict.fromkeys([*([assumed] if assumed else []), *_doubts(delays)])),
        sources=tuple(dict.fromkeys([*sources, *_delay_sources(delays)])),
    )


def start_of(question: RendezVousQuestion) -> Start:
    """Return the starting point of a question, checked.

    Raises
    ------
    InputError
        What is wrong, in which field.
    """
    asked = CareerQuestion(situation=situation_of(question), aujourdhui=question.aujourdhui)
    return check(asked, paid=False)


def situation_of(question: RendezVousQuestion) -> Situation:
    """Return the situation of a question, as the career reads it."""
    shared_fields = RendezVousQuestion.model_fields.keys() & Situation.model_fields.keys()
    return Situation(**{name: getattr(question, name) for name in shared_fields})


def _refuse_unknown(question: RendezVousQuestion, numbers: set[int]) -> None:
    wrong = set(question.rendez_vous_faits) - numbers
    if wrong:
        raise InputError(
            f"il n’y a pas de rendez-vous n° {min(wrong)}.",
            where="rendez_vous_faits",
            remedy=f"Numéros possibles : {', '.join(map(str, sorted(numbers)))}.",
        )


def _foreseen(question: RendezVousQuestion, start: Start) -> list[RendezVous]:
    """Return the rendez-vous of the échelon held and of those to come, by right."""
    lived = by_right(start)
    foreseen = [foreseen_at(question, start, *place) for place in places(lived)]
    return [one for one in foreseen if one is not None]


def by_right(start: Start) -> Run:
    """Return what seniority alone gives from a starting point."""
    return run(start, [Controls()])[0]


def places(lived: Run) -> list[tuple[int, int]]:
    """Return the place held and those to come, each with the axis day that counts as its first."""
    start, events = lived.start, lived.events
    lost = start.positions.lost(start.entry, start.today)
    held_now = (start.cell, start.entry - start.kept + lost)
    return [held_now, *((int(c), int(d)) for c, d in zip(events.cell, events.day, strict=True))]


def foreseen_at(
    question: RendezVousQuestion, start: Start, cell: int, reached: int
) -> RendezVous | None:
    """Return the rendez-vous of a place reached on an axis day; None where it has none."""
    place, day = np.array([cell]), np.array([reached])
    year = int(meeting_year(place, day)[0])
    if year == NONE:
        return None
    echelon = str(CELLS.echelon[cell])
    (window,) = (w for w in meeting_windows(start.corps, year) if w.echelon == echelon)
    content = meeting_content(start.corps, window.number, year)
    shortened = int(shortened_duration(place, rentree(year))[0])
    decided = int(decision_year(place, day)[0])
    return RendezVous(
        numero=window.number,
        echelon=echelon,
        annee_scolaire=school_year_text(year),
        etat=_state(year, start.today),
        deja_tenu=window.number in question.rendez_vous_faits,
        promu_du=window.first,
        promu_au=window.last,
        evaluateurs=content.evaluators,
        appreciation_finale_par=content.final_by,
        niveaux=content.levels,
        effet=content.leads_to,
        decision_annee_scolaire=school_year_text(decided) if shortened else None,
        effet_au=date_of(reached + shortened) if shortened else None,
        sources=of_sources((content.source,)),
    )


def _state(year: int, today: int) -> Etat:
    now = int(school_year_of(today))
    return "passe" if year < now else "cette_annee" if year == now else "a_venir"


def delays_of(question: RendezVousQuestion, year: int) -> tuple[Delai, ...]:
    """Return the delays of a school year, each by the version in force on the day it counts from.

    A delay whose day is not known is told as the school year begins.

    Raises
    ------
    PeriodNotCovered
        A day before the rendez-vous de carrière existed.
    """
    return tuple(delay_of(question, year, name) for name in deadline_names())


def delay_of(
    question: RendezVousQuestion, year: int, name: str, supposed: Collection[str] = ()
) -> Delai:
    """Return one delay of a school year, by its key; errors of `delays_of`.

    Parameters
    ----------
    name : str
        Key of the delay.
    supposed : collection of str
        Fields of the question that nobody typed: a reason calls them hypotheses.
    """
    start = rentree_day(year)
    with unexplained():  # the version of the year says from what it counts
        (one,) = deadlines(start, (name,))
    event = _event(one.counted_from, question, year, supposed)
    (one,) = deadlines(event or start, (name,))
    delay = _delay(one, event, question.departement)
    if one.counted_from == "avant":
        delay = _before_meeting(delay, one, question)
    if one.counted_from == _SILENCE and event and question.reponse_recue_le is None:
        delay = _from_silence(delay)
    return _noted_later(delay, question, year) if name == _NOTIFIED else delay


def _event(
    kind: str, question: RendezVousQuestion, year: int, supposed: Collection[str]
) -> date | None:
    """Return the day of an event; without an answer to the appeal, that of the silence."""
    if kind == "rentree":
        day = rentree_day(year + 1)
        datum(_EVENTS[kind], date_text(day))
        return day
    field = _DATUM[kind]
    given: date | None = getattr(question, field)
    if given is not None:
        if field in supposed:
            hypothesis(_EVENTS[kind], date_text(given), doubtful=False)
        else:
            datum(_EVENTS[kind], date_text(given))
        return given
    if kind == _SILENCE and question.recours_depose_le is not None:
        silence = delay_of(question, year, _SILENCE, supposed).date_limite
        if silence is not None:
            words = (("Sans réponse, refus le", date_text(silence)),)
            record(rule="deadlines", source="", words=words)
        return silence
    hypothesis(_EVENTS[kind], "jour pas encore connu", doubtful=False)
    return None


def _delay(one: Deadline, event: date | None, departement: str) -> Delai:
    last = None if event is None else one.last_day(event, departement)
    term = None if event is None else one.term(event)
    return Delai(
        cle=one.name,
        etape=one.label,
        delai=f"{one.value}{NBSP}{one.unit}",
        compte=_COUNTED[one.counted_from],
        precision=_free_words() if one.free else "",
        date_limite=last,
        terme=None if term == last else term,
        depuis=event,
        a_verifier=to_verify(one.source.confidence),
        source=of_sources((one.source,))[0],
    )


def _from_silence(delay: Delai) -> Delai:
    """Return a delay that counts from a silence, with the doubt of what says that it does."""
    row = after_silence()
    row.text("valeur", shown="Après un silence")
    if not to_verify(row.confidence):
        return delay
    doubt = f"sans réponse, {DOUBT[row.confidence]}"
    return delay.model_copy(update={"a_verifier": True, "doute": delay.doute or doubt})


def _before_meeting(delay: Delai, one: Deadline, question: RendezVousQuestion) -> Delai:
    """Return a delay before the meeting, and whether it is kept, its school holidays taken out.

    Where the holidays of the place are in no row, no last day is given, and nothing is said kept:
    a delay that is too short with them all the same is not.
    """
    notified, meeting = question.notification_le, question.rendez_vous_le
    if not one.outside or meeting is None:
        kept = None if notified is None or meeting is None else _is_kept(notified, delay)
        return delay.model_copy(update={"hors_vacances": one.outside, "tenu": kept})
    academie = question.academie or academie_of(question.departement)
    counted = days_outside_holidays(academie, notified or meeting, meeting, one.value)
    if counted is None:
        short = notified is not None and (meeting - notified).days < one.value
        unknown = {"date_limite": None, "terme": None, "a_verifier": True, "doute": _NO_CALENDAR}
        return delay.model_copy(
            update={"hors_vacances": True, "tenu": False if short else None, **unknown}
        )
    doubts = [DOUBT[one.confidence] for one in counted.sources if to_verify(one.confidence)]
    doubt = f"vacances scolaires, {doubts[0]}" if doubts else ""
    return delay.model_copy(
        update={
            "hors_vacances": True,
            "date_limite": counted.latest,
            "terme": None,
            "jours": None if notified is None else counted.days,
            "tenu": None if notified is None else notified <= counted.latest,
            "a_verifier": delay.a_verifier or bool(doubt),
            "doute": doubt,
            "vacances": of_sources(counted.sources),
        }
    )


def _is_kept(notified: date, delay: Delai) -> bool:
    return delay.date_limite is not None and notified <= delay.date_limite


def _noted_later(one: Delai, question: RendezVousQuestion, year: int) -> Delai:
    """Return the delay of the appreciation, where the rendez-vous was held at the next rentrée."""
    meeting = question.rendez_vous_le
    if meeting is None or meeting < rentree_day(year + 1):
        return one
    datum(_EVENTS["avant"], date_text(meeting))
    later, _ = aside(lambda: held_later(year + 1))
    if later is None:
        return one
    return one.model_copy(
        update={
            "delai": f"jusqu’au {date_text(later.notified_by)}",
            "compte": "après un rendez-vous reporté à la rentrée",
            "date_limite": later.notified_by,
            "a_verifier": to_verify(later.source.confidence),
            "source": of_sources((later.source,))[0],
        }
    )


def report_after(year: int) -> Report | None:
    """Return until when a rendez-vous missed in a school year may be held, at the next rentrée.

    None where no text provided for it yet.
    """
    later, _ = aside(lambda: held_later(year + 1))
    if later is None:
        return None
    return Report(
        tenu_avant=later.held_by,
        appreciation_avant=later.notified_by,
        a_verifier=to_verify(later.source.confidence),
        source=of_sources((later.source,))[0],
    )


def _free_words() -> str:
    """Return how a délai franc is counted, as the table says it."""
    counting = str(free_delay().values["valeur"])
    return f"{counting[0].upper()}{counting[1:]}."


def _delay_sources(delays: tuple[Delai, ...]) -> Iterator[Reference]:
    """Yield the texts of the delays, then of the way in which a délai franc is counted."""
    for delay in delays:
        yield from (delay.source, *delay.vacances)
    if any(delay.precision for delay in delays):
        yield from of_sources((free_delay().papers,))


def _doubts(delays: tuple[Delai, ...]) -> list[str]:
    return [
        f"{delay.etape} : {delay.doute or DOUBT[delay.source.confiance]}"
        for delay in delays
        if delay.a_verifier
    ]


def _project() -> str:
    fact = RULES.read(None, "projet_reforme")
    return f"Projet jamais adopté : {fact.text('valeur')}."


def _phrase(year: int, of_the_year: list[RendezVous], *, called: bool) -> str:
    when = school_year_text(year)
    if not of_the_year:
        return f"Aucun rendez-vous de carrière n’est prévu en {when}."
    (one,) = of_the_year[:1]
    what = f"Le rendez-vous n° {one.numero}, {at_echelon(one.echelon)},"
    if not called:
        return f"{what} de {when} est déjà tenu."
    return f"{what} est prévu en {when} ; l’administration convoque."


SUBJECT = Subject(
    name="rendez-vous",
    title="Dit quels rendez-vous de carrière sont prévus, quand, et leurs délais.",
    question=RendezVousQuestion,
    answer=RendezVousAnswer,
    one=answer,
)
