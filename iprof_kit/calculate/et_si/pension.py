"""The pension of the State at the departure that a scenario supposes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.answer import Etape, PensionEtSi, Tranche
from iprof_kit.calculate.et_si.question import EtSiQuestion
from iprof_kit.calculate.pension.calculation import answer
from iprof_kit.calculate.pension.question import PensionQuestion, PeriodeService

_A_DAY = timedelta(days=1)
_NO_SERVICES = "Vos services passés ne sont pas connus : la pension n’est pas calculée."


def pension_of(
    question: EtSiQuestion, steps: Sequence[Etape], pieces: Sequence[Tranche], departure: date
) -> PensionEtSi | None:
    """Return the pension at a departure; None without date of birth."""
    birth = question.situation.date_naissance
    if birth is None:
        return None
    if not question.services:
        return PensionEtSi(date_cessation=departure, motif=_NO_SERVICES)
    last, before = _last_indices(steps)
    try:
        found = answer(
            PensionQuestion(
                naissance=birth,
                aujourdhui=question.aujourdhui,
                departs=(departure,),
                corps=last.corps,
                grade=last.grade,
                echelon=last.echelon,
                chevron=last.chevron,
                indice_depuis=last.date,
                indice_precedent=before,
                periodes=(*_past(question), *_future(pieces)),
            )
        )
    except KitError as error:
        return PensionEtSi(date_cessation=departure, motif=f"{error.message} {error.remedy}")
    line = found.departs[0]
    bounds = line.fourchette
    return PensionEtSi(
        date_cessation=departure,
        brute=line.pension_brute,
        basse=bounds.sans_autre_trimestre if bounds else None,
        haute=bounds.duree_atteinte if bounds else None,
        motif=line.motif,
        a_verifier=line.a_verifier,
        motif_a_verifier=" ; ".join(line.motifs),
        sources=found.sources,
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


def _future(pieces: Sequence[Tranche]) -> list[PeriodeService]:
    """Return the services supposed; what is not worked is outside them."""
    found: list[PeriodeService] = []
    for piece in pieces:
        paid = piece.quotite > 0
        period = PeriodeService(
            debut=piece.debut,
            fin=piece.fin,
            nature="activite" if paid else "hors_services",
            quotite=piece.quotite if paid else 100,
        )
        last = found[-1] if found else None
        if last is not None and (last.nature, last.quotite) == (period.nature, period.quotite):
            found[-1] = last.model_copy(update={"fin": period.fin})
        else:
            found.append(period)
    return found
