"""The pension of the State at the departure of each scenario, all in one pass over columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.base.explanation import unexplained
from iprof_kit.base.reference import those
from iprof_kit.calculate.et_si.answer import Etape, PensionEtSi, ScenarioCalcule, Tranche
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.pension.answer import Fourchette, PensionAnswer
from iprof_kit.calculate.pension.calculation import answers as answer_pensions
from iprof_kit.calculate.pension.question import Instituteur, PensionQuestion, PeriodeService
from iprof_kit.calculate.pension.why import explain_gross

_A_DAY = timedelta(days=1)
_NO_SERVICES = "Les services passés ne sont pas connus : la pension n’est pas calculée."


@dataclass(frozen=True)
class Career:
    """What a pension rests on: steps and pay up to the departure."""

    steps: Sequence[Etape]
    pieces: Sequence[Tranche]
    departure: date


def pensions_of(question: EtSiQuestion, careers: Sequence[Career]) -> list[PensionEtSi | None]:
    """Return the pension of each career; None without date of birth."""
    if question.situation.date_naissance is None:
        return [None] * len(careers)
    if not _past(question):
        return [PensionEtSi(date_cessation=one.departure, motif=_NO_SERVICES) for one in careers]
    try:
        asked = [_asked(question, one) for one in careers]
        together = answer_pensions(asked)
    except KitError as error:
        if len(careers) > 1:  # one of them alone stops: each says its own reason
            return [pension for one in careers for pension in pensions_of(question, [one])]
        reason = f"{error.message} {error.remedy}"
        return [PensionEtSi(date_cessation=careers[0].departure, motif=reason)]
    return [_shown(one.departure, pension) for one, pension in zip(careers, together, strict=True)]


def explain_pension(question: EtSiQuestion, scenario: ScenarioCalcule) -> Explanation | None:
    """Explain the pension of a scenario, or its two bounds; None where it has no amount.

    Parameters
    ----------
    question : EtSiQuestion
        The one that was answered.
    scenario : ScenarioCalcule
        One of its scenarios, as it was answered. Another amount than its own refuses the reason.
    """
    shown = scenario.pension
    if shown is None or (shown.brute, shown.basse) == (None, None):
        return None
    asked = _asked(question, Career(scenario.etapes, scenario.tranches, scenario.depart))
    with unexplained():
        (depart,) = answer_pensions([asked])[0].departs
    bounds = depart.fourchette or Fourchette(sans_autre_trimestre=None, duree_atteinte=None)
    own = bounds.model_copy(
        update={"sans_autre_trimestre": shown.basse, "duree_atteinte": shown.haute}
    )
    return explain_gross(
        asked, depart.model_copy(update={"pension_brute": shown.brute, "fourchette": own})
    )


def _asked(question: EtSiQuestion, career: Career) -> PensionQuestion:
    last, before = _last_indices(career.steps)
    asked: dict[str, Any] = {}
    if question.pension is not None:
        asked = {name: getattr(question.pension, name) for name in PensionQuestion.model_fields}
    own = {
        "naissance": question.situation.date_naissance,
        "aujourdhui": question.aujourdhui,
        "departs": (career.departure,),
        "corps": last.corps,
        "grade": last.grade,
        "echelon": last.echelon,
        "chevron": last.chevron,
        "indice_depuis": last.date,
        "indice_precedent": before,
        "instituteur": _as_instituteur(question),
        "periodes": (*_past(question), *_future(question, career.pieces)),
    }
    return question_of(PensionQuestion, asked | own)


def _as_instituteur(question: EtSiQuestion) -> Instituteur | None:
    """Return the services of somebody who is still an instituteur: they open the right earlier."""
    given = question.instituteur or (question.pension.instituteur if question.pension else None)
    start = question.situation
    if given is not None or start.corps not in those("services_actifs"):
        return given
    since = start.instituteur_depuis or min(period.debut for period in question.services)
    return Instituteur(depuis=since, option_limite_age=start.categorie_retraite == "active")


def _shown(departure: date, pension: PensionAnswer) -> PensionEtSi:
    line = pension.departs[0]
    bounds = line.fourchette
    return PensionEtSi(
        date_cessation=departure,
        brute=line.pension_brute,
        basse=bounds.sans_autre_trimestre if bounds else None,
        haute=bounds.duree_atteinte if bounds else None,
        motif=line.motif,
        a_verifier=line.a_verifier,
        motif_a_verifier=" ; ".join(line.motifs),
        sources=pension.sources,
    )


def _last_indices(steps: Sequence[Etape]) -> tuple[Etape, int | None]:
    """Return the first step at the last index held, and the index before."""
    last = steps[-1]
    first = last
    for step in reversed(steps):
        if step.indice_majore != last.indice_majore:
            return first, step.indice_majore
        first = step
    return first, None


def _past(question: EtSiQuestion) -> list[PeriodeService]:
    """Return the services done, ended on the eve of today."""
    eve = question.aujourdhui - _A_DAY
    return [
        period.model_copy(update={"fin": min(period.fin or eve, eve)})
        for period in question.services
        if period.debut <= eve
    ]


def _future(question: EtSiQuestion, pieces: Sequence[Tranche]) -> list[PeriodeService]:
    """Return the services supposed; what is not worked is outside them.

    The position of today goes on as the services say it, where no event interrupts it.
    """
    periods: list[PeriodeService] = []
    for piece in pieces:
        paid = piece.quotite > 0
        period = PeriodeService(
            debut=piece.debut,
            fin=piece.fin,
            nature="activite" if paid else "hors_services",
            quotite=piece.quotite if paid else 100,
        )
        if question.position is not None and not paid and not piece.evenements:
            period = _as_held(question, piece) or period
        last = periods[-1] if periods else None
        same = last is not None and (
            (last.nature, last.quotite, last.enfant)
            == (period.nature, period.quotite, period.enfant)
        )
        if last is not None and same:
            periods[-1] = last.model_copy(update={"fin": period.fin})
        else:
            periods.append(period)
    return periods


def _as_held(question: EtSiQuestion, piece: Tranche) -> PeriodeService | None:
    """Return the service of the file that goes on after today, over the days of a piece."""
    for period in question.services:
        if period.debut <= piece.debut and (period.fin is None or piece.fin <= period.fin):
            return period.model_copy(update={"debut": piece.debut, "fin": piece.fin})
    return None
