"""One question about supposed events, one answer: career, pay and pension of each scenario."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.explanation import explaining, unexplained
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.calculate.career.start import check
from iprof_kit.calculate.career.steps import euros
from iprof_kit.calculate.et_si.answer import (
    Couverture,
    EcartEtSi,
    Etape,
    EtSiAnswer,
    PensionEtSi,
    RefusEvenement,
    ScenarioCalcule,
    Tranche,
)
from iprof_kit.calculate.et_si.career import Numbered, Walked, walk
from iprof_kit.calculate.et_si.events import Bounds, sorted_out
from iprof_kit.calculate.et_si.gap import stretches, summed
from iprof_kit.calculate.et_si.pay import Post, Timeline, paid, paid_all, slip_of
from iprof_kit.calculate.et_si.pension import Career, pensions_of
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement, ScenarioEtSi
from iprof_kit.calculate.et_si.words import covered, papers_of
from iprof_kit.calculate.interface.bounds import refuse_beyond
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.law.tables.verified import verified_until

MOST_SCENARIOS = 4


def answer(question: EtSiQuestion) -> EtSiAnswer:
    """Compare one to four scenarios of dated events.

    Returns
    -------
    EtSiAnswer
        An event that cannot be applied is left out and said; amounts are constant euros, monthly
        net before income tax, primes by twelfths.

    Raises
    ------
    InputError
        The situation cannot be projected, or there are more than four scenarios.
    LawError
        The tables do not answer.
    """
    if len(question.scenarios) > MOST_SCENARIOS:
        raise InputError(
            f"un à {MOST_SCENARIOS} scénarios se comparent, pas {len(question.scenarios)}.",
            where="scenarios",
            remedy="Retirez-en un.",
        )
    alone = apart_from_scenarios(question)
    with unexplained():
        lived = _scenarios(alone, tuple(scenario.evenements for scenario in question.scenarios))
    scenarios = tuple(
        one.model_copy(update={"nom": scenario.nom})
        for one, scenario in zip(lived, question.scenarios, strict=True)
    )
    bounds = _bounds(alone)
    slip = slip_of if explaining() else paid
    today = slip(Post.of(question), question.aujourdhui)
    return EtSiAnswer(
        aujourdhui=question.aujourdhui,
        scenarios=scenarios,
        ecarts=tuple(_difference(scenarios, rank) for rank in range(1, len(scenarios))),
        depart_possible=bounds.opening,
        annee_euros=question.aujourdhui.year,
        non_calcules=(*today.non_calcules, *filter(None, (bounds.beyond,))),
        textes_verifies_le=verified_until(),
    )


def apart_from_scenarios(question: EtSiQuestion) -> EtSiQuestion:
    """Return what every scenario shares: the question that each is lived and kept with."""
    return question.model_copy(update={"scenarios": (ScenarioEtSi(),)})


_MOST_KEPT = 64
_Asked = tuple[EtSiQuestion, tuple[Evenement, ...]]
_kept: dict[_Asked, ScenarioCalcule] = {}
"""Scenarios already lived: a control of a screen changes one of four."""


@dataclass(frozen=True)
class Life:
    """One scenario before its pension: what is left of its events, its career, its pay."""

    events: tuple[Evenement, ...]
    kept: list[Numbered]
    refusals: list[RefusEvenement]
    walked: Walked
    departure: date


def _scenarios(
    question: EtSiQuestion, every: Sequence[tuple[Evenement, ...]]
) -> list[ScenarioCalcule]:
    """Live scenarios; those not kept yet are paid, and pensioned, in one pass over columns."""
    lacking = [events for events in dict.fromkeys(every) if (question, events) not in _kept]
    lives = [live(question, events) for events in lacking]
    _pay_ahead([_timeline(question, one) for one in lives])
    paid_lives = [paid_line(question, one) for one in lives]
    careers = [
        Career(one.walked.steps, pieces, one.departure)
        for one, (_, pieces, _) in zip(lives, paid_lives, strict=True)
    ]
    pensions = pensions_of(question, careers) if careers else []
    new = {
        (question, one.events): _scenario(question, one, paid_life, pension)
        for one, paid_life, pension in zip(lives, paid_lives, pensions, strict=True)
    }
    answered = [new.get((question, events)) or _kept[question, events] for events in every]
    _kept.update(new)
    while len(_kept) > _MOST_KEPT:
        del _kept[next(iter(_kept))]
    return answered


def live(question: EtSiQuestion, events: tuple[Evenement, ...]) -> Life:
    """Live the career of one scenario, not paid yet."""
    bounds = _bounds(question)
    kept, refused = sorted_out(question, events, bounds)
    departure = _chosen(kept, "retraite") or bounds.limit
    walked = walk(question.situation, kept, question.aujourdhui, departure)
    out = {refusal.rang for refusal in walked.refusals}
    left = [one for one in kept if one[0] not in out]
    return Life(events, left, [*refused, *walked.refusals], walked, departure)


def _scenario(
    question: EtSiQuestion, life: Life, paid_life: PaidLife, pension: PensionEtSi | None
) -> ScenarioCalcule:
    line, pieces, without = paid_life
    kept = [one for one in life.kept if one[0] not in {refusal.rang for refusal in without}]
    return ScenarioCalcule(
        nom="",
        evenements=life.events,
        refus=tuple(sorted((*life.refusals, *without), key=lambda refusal: refusal.rang)),
        couvertures=tuple(_coverage(question, line, one, pension) for one in dict(kept).items()),
        depart=life.departure,
        depart_choisi=_chosen(kept, "retraite") is not None,
        etapes=life.walked.steps,
        tranches=pieces,
        cumul_brut=_total(pieces, "brut"),
        cumul_net=_total(pieces, "net"),
        pension=pension,
    )


def _law_of(life: Life) -> Numbered | None:
    return next((one for one in life.kept if one[1].nature == "droit_du"), None)


def _timeline(question: EtSiQuestion, life: Life) -> Timeline:
    law = _law_of(life)
    day = (law[1].debut if law else None) or question.aujourdhui
    return Timeline(question, life.kept, life.walked.steps, life.departure, day)


def _pay_ahead(lines: Sequence[Timeline]) -> None:
    """Calculate together what several scenarios are paid; each says its own trouble later."""
    for law in {line.law for line in lines}:
        posts = [post for line in lines if line.law == law for post in line.paid_posts()]
        with suppress(KitError):
            paid_all(posts, law)


PaidLife = tuple[Timeline, tuple[Tranche, ...], list[RefusEvenement]]


def paid_line(question: EtSiQuestion, life: Life) -> PaidLife:
    """Return the pay piece by piece; a law of another day that does not know a later step is said.

    That law is tried on today's post before; a grade reached later may not be in its grid.
    """
    line, law = _timeline(question, life), _law_of(life)
    try:
        return line, line.pieces(), []
    except KitError as error:
        if law is None:
            raise
        rest = [one for one in life.kept if one is not law]
        line = replace(line, events=rest, law=question.aujourdhui)
        reason = f"{error.message} {error.remedy}".strip()
        return line, line.pieces(), [RefusEvenement(rang=law[0], motif=reason)]


def possible_departure(situation: Situation, today: date) -> date | None:
    """Return the first day on which a person may leave; None where her birth is not known."""
    with unexplained():
        start = check(CareerQuestion(situation=situation, aujourdhui=today))
    return None if start.retirement is None else start.retirement.date_ouverture


@lru_cache(maxsize=64)
def _bounds(question: EtSiQuestion) -> Bounds:
    """Return the days between which a departure may be chosen."""
    start = check(CareerQuestion(situation=question.situation, aujourdhui=question.aujourdhui))
    refuse_beyond(max(start.last, question.aujourdhui + timedelta(days=1)), "aujourdhui")
    opening = start.retirement.date_ouverture if start.retirement else None
    return Bounds(opening, start.last, start.beyond)


def _chosen(kept: Sequence[Numbered], nature: str) -> date | None:
    return next((event.debut for _, event in kept if event.nature == nature), None)


def _coverage(
    question: EtSiQuestion, line: Timeline, one: Numbered, pension: PensionEtSi | None
) -> Couverture:
    rank, event = one
    computed, left = covered(event, question.situation)
    sources = (*papers_of(event, question.situation), *_of_payslip(question, line, event))
    if event.nature == "retraite" and pension is not None:
        sources = pension.sources
    return Couverture(
        rang=rank,
        calcule=computed,
        non_couvert=left,
        hypothese=event.nature == "projet_durees",
        contrefactuel=_supposed_otherwise(event, line.steps),
        a_verifier=any(to_verify(source.confiance) for source in sources),
        sources=tuple(dict.fromkeys(sources)),
    )


def _supposed_otherwise(event: Evenement, steps: Sequence[Etape]) -> bool:
    """Tell whether an event gave a step whose decision is past."""
    past = [step for step in steps if step.contrefactuel]
    if event.nature == "bonification":
        after = str(int(event.echelon or 0) + 1)
        return any(step.nature == "bonification" and step.echelon == after for step in past)
    return any(step.nature == "grade" and step.grade == event.nature for step in past)


def _of_payslip(question: EtSiQuestion, line: Timeline, event: Evenement) -> tuple[Reference, ...]:
    """Return the texts of the lines that an event adds to the payslip of today's post."""
    if event.nature not in ("direction", "education_prioritaire", "mutation"):
        return ()
    post = Post.of(question)
    before = {row.code for row in paid(post, line.law).lignes if row.nature == "gain"}
    return tuple(
        Reference(texte=row.source, confiance=row.confiance)
        for row in paid(post.with_event(event), line.law).lignes
        if row.nature == "gain" and (row.code not in before or row.code == "IR")
    )


def _total(pieces: Sequence[Tranche], what: str, until: date = date.max) -> float:
    """Return what is paid by the pieces before a day, arrears with them, in constant euros."""
    monthly = euros(sum(days * cents for _, days, cents in _paid_days(pieces, what, until)))
    arrears = [float(getattr(piece, f"rappel_{what}")) for piece in pieces if piece.debut < until]
    return round(monthly + sum(arrears), 2)


def _paid_days(pieces: Sequence[Tranche], what: str, until: date) -> list[tuple[date, int, int]]:
    """Return (first day, days of a month of 30, cents a month) of each piece before a day."""
    paid = []
    ends = [*(piece.debut for piece in pieces[1:]), date.max]
    for piece, after in zip(pieces, ends, strict=True):
        last = min(after, until)
        if last == date.max:
            last = _next(piece.fin)
        if piece.debut < last:
            days = axis_of(last) - axis_of(piece.debut)
            paid.append((piece.debut, days, round(getattr(piece, what) * 100)))
    return paid


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _difference(scenarios: Sequence[ScenarioCalcule], rank: int) -> EcartEtSi:
    """Compare a scenario with the first, up to the first of their two departures.

    Time that one of them does not calculate parts nothing.
    """
    first, second = scenarios[0], scenarios[rank]
    until = min(first.depart, second.depart)
    cuts = sorted(
        {piece.debut for one in (first, second) for piece in one.tranches if piece.debut < until}
    )
    gaps = [
        (day, _cents(second, day) - _cents(first, day))
        for day in cuts
        if not _unknown(first, second, day)
    ]
    differing = [(day, gap) for day, gap in gaps if gap]
    cumul = round(_total(second.tranches, "net", until) * 100) - round(
        _total(first.tranches, "net", until) * 100
    )
    if any(_unknown(first, second, day) for day in cuts):
        cumul = round(summed(stretches(second, first, until)).net * 100)
    return EcartEtSi(
        scenario=rank,
        jusqu_au=until,
        debut=differing[0][0] if differing else None,
        cumul_net=cumul / 100,
        ecart_premier=differing[0][1] / 100 if differing else 0.0,
        ecart_dernier=gaps[-1][1] / 100 if gaps else 0.0,
        pension=_pension_gap(first, second),
    )


def _unknown(first: ScenarioCalcule, second: ScenarioCalcule, day: date) -> bool:
    """Tell whether the pay of a day is not calculated in one of two scenarios."""
    return _piece(first, day).non_calculee or _piece(second, day).non_calculee


def _cents(one: ScenarioCalcule, day: date) -> int:
    return round(_piece(one, day).net * 100)


def _piece(one: ScenarioCalcule, day: date) -> Tranche:
    return [piece for piece in one.tranches if piece.debut <= day][-1]


def _pension_gap(first: ScenarioCalcule, second: ScenarioCalcule) -> tuple[float, ...]:
    """Return the difference of two pensions, or of their two bounds; () where one is unknown."""
    one, two = first.pension, second.pension
    if one is None or two is None:
        return ()
    if one.brute is not None and two.brute is not None:
        return (round(two.brute - one.brute, 2),)
    bounds = [(one.basse, two.basse), (one.haute, two.haute)]
    if any(left is None or right is None for left, right in bounds):
        return ()
    return tuple(round((right or 0) - (left or 0), 2) for left, right in bounds)


SUBJECT = Subject(
    name="et-si",
    title="Suppose des événements datés et compare carrière, paie et pension.",
    question=EtSiQuestion,
    answer=EtSiAnswer,
    one=answer,
)
