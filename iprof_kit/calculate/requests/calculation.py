"""Subject « demande »: the answer in one sentence, the steps and their days, who decides, where."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.base.calendar import (
    date_text,
    rentree_day,
    school_year,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.papers import DOUBT, of_sources
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.paths.calculation import eligibility
from iprof_kit.calculate.paths.people import opening_day
from iprof_kit.calculate.paths.question import PathAnswer
from iprof_kit.calculate.requests.question import (
    DemandeAnswer,
    DemandeQuestion,
    EtapeDemande,
    Etat,
)
from iprof_kit.calculate.requests.words import filled, start_wanted, step_words
from iprof_kit.law.requests.clock import ASIDE, DONE, MISSED, NOW, Noted, Timed, clock
from iprof_kit.law.requests.delays import oldest_claim
from iprof_kit.law.requests.files import request_of
from iprof_kit.law.requests.model import AGREEMENT, ANSWER, MARK, START, Already, Request

FULL = 100
"""Per cent of a full service."""
_NOT_BEGUN = ("possible", "depend", "ferme", "passe")
_BEST = ("ouvert", "a_partir_du", "depend", "jamais")
"""States of a path, from the one that opens most."""


def answer(question: DemandeQuestion) -> DemandeAnswer:
    """Return where a request stands for a person.

    Raises
    ------
    InputError
        A noted day is of no step, is to come, or precedes the step that it follows.
    LawError
        The tables do not cover the day from which a delay runs.

    Examples
    --------
    A refusal is born of two months of silence (CE, 3 décembre 2018, n° 417292).

    >>> from iprof_kit.calculate import ask
    >>> asked = {"demande": "reclamation_paie", "aujourdhui": "2026-03-01"}
    >>> steps = ask("demande", asked | {"dates": {"demande": "2026-02-23"}}).etapes
    >>> next(str(one.avant_le) for one in steps if one.cle == "silence")
    '2026-04-23'
    """
    request, today = request_of(question.demande), question.aujourdhui
    timed = timed_of(request, question)
    paths = _paths(request, question)
    state = _state(request, question, timed, paths)
    steps = tuple(map(_step, timed))
    doubts = tuple(dict.fromkeys(_doubts(timed)))
    sentence, detail = _sentence(request, state, timed, paths, question)
    already = _already(request, question)
    if already and state in _NOT_BEGUN:
        quotite = f"{question.quotite} %"
        words = already.sentence.replace("{quotite}", quotite)
        sentence, state = filled(words, timed, today), "possible"
    return DemandeAnswer(
        demande=request.id,
        titre=request.title,
        etat=state,
        phrase=sentence,
        precision=detail,
        prochaine=_next(steps, today) if state != "ferme" else None,
        etapes=steps,
        parcours=paths,
        decide_par=request.decides or (paths[0].decide_par if paths else ""),
        lieu=request.place.name,
        lieu_precision=request.place.detail,
        inconnu=filled(request.unknown, timed, today),
        a_verifier=bool(doubts) or any(one.a_verifier for one in paths),
        motifs=doubts,
        sources=_sources(request, timed),
    )


def _already(request: Request, question: DemandeQuestion) -> Already | None:
    """Return what is said to who has already what is requested."""
    already, position = request.already, question.situation and question.situation.position
    if already is None or already.situation == "temps_partiel":
        return already if 0 < question.quotite < FULL else None
    return already if already.situation == position else None


def timed_of(request: Request, question: DemandeQuestion) -> tuple[Timed, ...]:
    """Return the steps of a request with their days; a day that cannot be is refused."""
    _check(request, question)
    noted = Noted(question.dates, question.reponse)
    timed = clock(request, noted, _defaults(request, question), question.aujourdhui)
    for one in timed:
        if one.start and one.step.key in question.dates and _is_too_early(one):
            raise InputError(
                f"« {one.step.title} » ne peut pas venir avant le {date_text(one.start)}.",
                where=one.step.key,
                remedy="Vérifiez les deux dates.",
            )
    return timed


def _is_too_early(one: Timed) -> bool:
    """Tell whether a step was noted before the day from which its delay runs."""
    if one.start is None or one.day is None or one.delay is None:
        return False
    return one.day < one.start and one.delay.counted_from != "avant"


def _check(request: Request, question: DemandeQuestion) -> None:
    asked = {one.key: one for one in request.steps if one.asks}
    latest: tuple[str, date] | None = None
    for key, noted in question.dates.items():
        if key not in asked:
            raise InputError(
                f"l’étape « {key} » n’est pas de cette demande.",
                where="dates",
                remedy=f"Étapes : {', '.join(asked)}.",
            )
        if asked[key].kind != START and noted > question.aujourdhui:
            raise InputError(
                f"le {date_text(noted)} est à venir.",
                where=key,
                remedy="Notez ce qui est fait, au jour où cela s’est fait.",
            )
    for key, kind in ((one.key, one.kind) for one in request.steps if one.asks):
        if kind == START:
            continue
        day = question.dates.get(key)
        if day is not None and latest is not None and day < latest[1]:
            raise InputError(
                f"« {asked[key].title} » ne peut pas précéder "
                f"« {asked[latest[0]].title} », "
                f"le {date_text(latest[1])}.",
                where=key,
                remedy="Vérifiez les deux dates.",
            )
        if day is not None and kind != ANSWER:  # an answer may come after anything that she did
            latest = key, day


def _defaults(request: Request, question: DemandeQuestion) -> dict[str, date]:
    """Return the days that are supposed where a « depart » is not noted."""
    today, named = question.aujourdhui, {one.default for one in request.steps}
    days: dict[str, date] = {}
    if "rentree" in named:
        days["rentree"] = rentree_day(school_year(today) + 1)
    if question.fin_position is not None and _already(request, question):
        days["fin_position"] = question.fin_position
    if "plus_ancienne" in named:
        days["plus_ancienne"] = claimed_from(oldest_claim(today), question)
    if "recrutement" in named and question.premier_jour is not None:
        days["recrutement"] = question.premier_jour
    opens = _pension_opens(question) if "ouverture_pension" in named else None
    if opens is not None and opens > today:
        days["ouverture_pension"] = opens
    return days


def claimed_from(oldest: date, question: DemandeQuestion) -> date:
    """Return the first day of a claim: nobody claims what was due before her first service."""
    first = question.premier_jour
    return oldest if first is None or first > question.aujourdhui else max(oldest, first)


def _pension_opens(question: DemandeQuestion) -> date | None:
    situation = question.situation
    born = situation.date_naissance if situation else None
    if situation is None or born is None:
        return None
    opens, _ = aside(lambda: opening_day(situation, born))
    return opens


def _paths(request: Request, question: DemandeQuestion) -> tuple[PathAnswer, ...]:
    situation = question.situation
    if situation is None:
        return ()
    asked = (situation.model_copy(update={"parcours": code}) for code in request.paths)
    answers = [path for one in asked for path in eligibility(one).parcours]
    return tuple(sorted(answers, key=lambda one: _BEST.index(one.etat)))


def _state(
    request: Request,
    question: DemandeQuestion,
    timed: tuple[Timed, ...],
    paths: tuple[PathAnswer, ...],
) -> Etat:
    began = any(one.step.key in question.dates for one in timed if one.step.kind != START)
    if began:
        if any(one.state == NOW for one in timed):
            return "en_cours"
        return "passe" if any(one.state == MISSED for one in timed) else "fini"
    if question.statut is not None and question.statut not in request.statuses:
        return "ferme"
    if paths and paths[0].etat == "jamais":
        return "ferme"
    if any(one.state == MISSED for one in timed):
        return "passe"
    return "depend" if paths and paths[0].etat == "depend" else "possible"


def _sentence(
    request: Request,
    state: Etat,
    timed: tuple[Timed, ...],
    paths: tuple[PathAnswer, ...],
    question: DemandeQuestion,
) -> tuple[str, str]:
    """Return the answer, and what completes it; whom a status closes it to reads why first."""
    today = question.aujourdhui
    if state == "ferme":
        blocked = bool(paths) and paths[0].etat == "jamais"
        ours = question.statut is None or question.statut in request.statuses
        return (paths[0].phrase, request.others) if blocked and ours else (request.others, "")
    now = next((one for one in timed if one.state == NOW), None)
    missed = next((one for one in timed if one.state == MISSED), None)
    began = any(one.state == DONE and one.step.kind not in (START, MARK) for one in timed)
    if not began and state != "passe":
        undated = start_wanted(request.opening, timed)
        return undated or filled(request.opening, timed, today) or request.unknown, ""
    extinct = next((one for one in timed if one.extinct), None)
    if extinct is not None:
        return filled(extinct.step.extinct, timed, today), filled(extinct.step.note, timed, today)
    if now is not None:
        return step_words(now, timed, today)
    if missed is not None:
        return step_words(missed, timed, today)
    agreed = next((one for one in timed if one.worth == AGREEMENT and one.day), None)
    if agreed is not None and agreed.day is not None:
        return (
            f"Sans réponse, la demande vaut acceptée depuis le {date_text(agreed.day)}.",
            agreed.step.note,
        )
    last = max((one for one in timed if one.day and one.state == DONE), key=_when, default=None)
    if last is None or last.day is None:
        return request.opening, ""
    return f"Rien à faire : {last.step.title}, le {date_text(last.day)}.", ""


def _when(one: Timed) -> date:
    return one.day or date.min


def _step(one: Timed) -> EtapeDemande:
    delay = one.delay
    return EtapeDemande(
        cle=one.step.key,
        genre=one.step.kind,
        titre=one.title,
        etat=one.state,
        le=one.day,
        avant_le=one.due,
        depuis_le=one.start,
        delai=delay.text if delay else "",
        franc=bool(delay and delay.free),
        vaut=one.worth,
        doute=one.doubt,
        plus_tot=one.step.earlier,
        interrompu=one.waiting,
        suppose=one.assumed,
        note=one.step.note,
        a_verifier=bool(one.doubt or (delay and to_verify(delay.source.confidence))),
    )


def _next(steps: tuple[EtapeDemande, ...], today: date) -> EtapeDemande | None:
    """Return the next step that has a day: the present one, else the first to come."""
    dated = [
        one
        for one in steps
        if one.avant_le is not None and one.avant_le >= today and one.etat not in (DONE, ASIDE)
    ]
    present = [one for one in dated if one.etat == NOW]
    return next(iter(present or sorted(dated, key=lambda one: one.avant_le or today)), None)


def _doubts(timed: tuple[Timed, ...]) -> Iterator[str]:
    for one in timed:
        if one.delay and to_verify(one.delay.source.confidence):
            yield f"{one.delay.label} : {DOUBT[one.delay.source.confidence]}"
        if one.doubt:
            yield f"{one.title} : {one.doubt}"


def _sources(request: Request, timed: tuple[Timed, ...]) -> tuple[Reference, ...]:
    papers: list[Source] = [one.delay.source for one in timed if one.delay]
    return of_sources(tuple(dict.fromkeys((*papers, request.place.papers))))


SUBJECT = Subject(
    "demande",
    "Une demande à l’administration : quand, à qui, les délais qui suivent.",
    DemandeQuestion,
    DemandeAnswer,
    answer,
)
