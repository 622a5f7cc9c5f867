"""Les congés qui se demandent: pay of the congé de formation and of the congé de naissance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.words import NBSP
from iprof_kit.law.career import traitement
from iprof_kit.law.career.traitement import gross_monthly, part_time_fraction, possible_quotites
from iprof_kit.law.paths.rows import PARAMETERS
from iprof_kit.law.tables.rules import rule

KINDS = {"TP_AUTORISATION": "sur_autorisation", "TP_DROIT": "de_droit"}


@dataclass(frozen=True)
class Paid:
    """A quotité, the fraction of full pay it is paid, and the amount where the pay is known."""

    quotite: int
    numerator: int
    denominator: int
    amount: float | None


@rule(
    name="part_time_offers",
    sentence="Chaque quotité possible est payée selon la fraction fixée par la loi.",
    source="CGFP L612-1, L612-3 et L612-5",
    since="1984-01-12",
    tables=("temps_partiel",),
)
def part_time_offers(code: str, indice: int | None, point: float | None) -> tuple[Paid, ...]:
    """Return what each quotité of a kind of part-time would be paid, lowest last.

    Parameters
    ----------
    code : str
        « TP_AUTORISATION » or « TP_DROIT »; any other path has none.
    indice, point : int and float, optional
        Indice majoré and annual value of the point; without them, no amount.
    """
    kind = KINDS.get(code)
    if kind is None:
        return ()
    offers = []
    for quotite in possible_quotites(kind)[1:]:
        top, bottom = part_time_fraction(quotite, kind)
        amount = None
        if indice is not None and point is not None:
            amount = float(gross_monthly(indice, point, top, bottom))
        offers.append(Paid(quotite, int(top), int(bottom), amount))
    return tuple(offers)


Euros = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
PRIORITY = "prioritaire"


@dataclass(frozen=True)
class Allowance:
    """Monthly allowance in euros, and whether it is sure to lie under its cap."""

    amount: Euros
    under_cap: Bools


@rule(
    name="training_leave_allowance",
    sentence="Le congé de formation professionnelle est indemnisé à {cfp_taux:%} du traitement "
    "brut et de l’indemnité de résidence, dans la limite de ceux de l’indice brut "
    "{cfp_plafond_indice_brut} à Paris.",
    source="décret 2007-1470, art. 25",
    since="2007-10-15",
    tables=("parametres_parcours", "grilles", "point_indice"),
)
def training_leave_allowance(
    gross: npt.ArrayLike, residence: npt.ArrayLike, day: date
) -> Allowance:
    """Return the monthly allowance before its cap, and whether the cap is out of reach.

    No table gives the indice majoré of the indice brut of the cap: an allowance is under the cap
    for sure where it does not exceed the pay of the highest index that the grids hold up to it.

    Parameters
    ----------
    gross, residence : arrays of float
        Traitement brut and indemnité de résidence, euros a month.
    day : date
        Start of the leave.
    """
    rate = PARAMETERS.read(day, "cfp_taux", label="taux de l’indemnité").whole("valeur")
    base = np.asarray(gross, np.float64) + np.asarray(residence, np.float64)
    amount = share_in_euros(base, rate, 1, 100)
    return Allowance(amount, amount <= _surely_below_cap(day))


def _surely_below_cap(day: date) -> float:
    cap = PARAMETERS.read(day, "cfp_plafond_indice_brut", label="plafond").whole("valeur")
    axis = axis_of(day)
    period = int(traitement.INDICES.period(axis))
    brut = traitement.INDICES.column("brut", -1)[period]
    majore = traitement.INDICES.column("indice_majore", -1)[period]
    below = (traitement.INDICES.rows[period] >= 0) & (brut > 0) & (brut <= cap) & (majore > 0)
    highest = int(majore[below].max(initial=0))
    return float(traitement.gross_monthly(highest, traitement.point_value(axis)))


@rule(
    name="training_leave_commitment",
    sentence="Qui a été indemnisé doit rester au service de l’État {cfp_engagement_multiple} fois "
    "la durée indemnisée.",
    source="décret 2007-1470",
    since="2007-10-15",
    tables=("parametres_parcours",),
)
def training_leave_commitment(months: npt.ArrayLike, day: date) -> npt.NDArray[np.int64]:
    """Return the months of service owed after paid months of leave."""
    times = PARAMETERS.read(day, "cfp_engagement_multiple", label="engagement").whole("valeur")
    return np.asarray(months, np.int64) * times


@rule(
    name="training_leave_paid_months",
    sentence="Le congé de formation est indemnisé {cfp_mois_indemnises:mois} dans la carrière, "
    "{cfp_prioritaire_mois_indemnises:mois} pour les publics prioritaires.",
    source="décret 2007-1470 ; décret 2022-1043",
    since="2007-10-15",
    tables=("parametres_parcours",),
)
def training_leave_paid_months(priority: bool, day: date) -> int:
    """Return how many months of training leave may be paid over a career."""
    key = "cfp_prioritaire_mois_indemnises" if priority else "cfp_mois_indemnises"
    return PARAMETERS.read(day, key, label="mois indemnisés").whole("valeur")


@rule(
    name="training_leave_rate",
    sentence="Pour les publics prioritaires, les {cfp_prioritaire_mois_taux_plein} premiers mois "
    "sont payés à {cfp_prioritaire_taux_plein:%}, les suivants à {cfp_taux:%}, jusqu’au "
    "{cfp_prioritaire_mois_indemnises}e.",
    source="décret 2022-1043 ; CGFP L422-3",
    since="2007-10-15",
    tables=("parametres_parcours",),
)
def training_leave_rate(month: npt.ArrayLike, priority: bool, day: date) -> npt.NDArray[np.int64]:
    """Return the percentage paid in each month of leave (1 for the first), 0 once unpaid."""
    rank = np.asarray(month, np.int64)
    rate = PARAMETERS.read(day, "cfp_taux", label="taux de l’indemnité").whole("valeur")
    paid = np.where(rank <= training_leave_paid_months(priority, day), rate, 0)
    if not priority:
        return paid
    full = PARAMETERS.read(day, "cfp_prioritaire_taux_plein", label="taux plein").whole("valeur")
    first = PARAMETERS.read(day, "cfp_prioritaire_mois_taux_plein").whole("valeur")
    return np.where(rank <= first, full, paid)


@rule(
    name="birth_leave_pay",
    sentence="Le congé supplémentaire de naissance est payé à {naissance_taux_mois_1:%} du "
    "traitement le premier mois, à {naissance_taux_mois_2:%} le second.",
    source="loi 2025-1403, art. 99 ; décrets 2026-427 et 2026-428",
    since="2026-07-01",
    tables=("parametres_parcours",),
)
def birth_leave_pay(gross: npt.ArrayLike, month: int, day: date) -> Euros:
    """Return what a month of the leave is paid, euros.

    Raises
    ------
    InputError
        The leave has no such month.
    PeriodNotCovered
        Before the leave exists.
    """
    longest = PARAMETERS.read(day, "naissance_mois_max", label="mois de congé").whole("valeur")
    if not 1 <= month <= longest:
        raise InputError(
            f"le congé dure {longest}{NBSP}mois au plus.",
            where="mois",
            remedy=f"Mois possibles : de 1 à {longest}.",
        )
    rate = PARAMETERS.read(day, f"naissance_taux_mois_{month}", label="taux").whole("valeur")
    return share_in_euros(gross, rate, 1, 100)
