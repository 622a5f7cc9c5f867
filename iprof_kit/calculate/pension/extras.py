"""Around the pension: net, RAFP, retraite progressive, cumul, age limit of one departure date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from iprof_kit.base.calendar import MONTH, add_months_civil, axis_of, date_text
from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.pension.answer import (
    CumulEmploi,
    Prelevements,
    Rafp,
    RetraiteProgressive,
    Surcotisation,
)
from iprof_kit.calculate.pension.question import Foyer, PensionQuestion
from iprof_kit.calculate.pension.rows import DepartureRow, heavy
from iprof_kit.law.payroll.deductions import EMPLOYER, surcotisation_rate
from iprof_kit.law.pension import early, levies, limits
from iprof_kit.law.pension.additional import rafp_benefit, rafp_points
from iprof_kit.law.pension.cumul import Worker, cumul_ceiling, cumul_deduction, full_cumul
from iprof_kit.law.pension.dates import complete_months, days
from iprof_kit.law.pension.generations import SEDENTAIRE
from iprof_kit.law.pension.parameters import find, percent_text, whole
from iprof_kit.law.pension.surcotisation import surcotisation_ceiling
from iprof_kit.law.tables.rules import RULES

_NO_RFR = "non calculé : revenu fiscal de référence manquant"
_OVERSEAS = "non calculé : seuils de CSG des départements d’outre-mer non relevés"


@dataclass(frozen=True)
class Computed:
    """What the columns found for one departure date; None where they did not."""

    pension: float | None
    """Gross, a month, minimum garanti and increase included."""
    hors_decision: float | None
    """The same as if the person could leave on that day (retraite progressive)."""
    insured: int | None
    required: int
    legal_months: int
    """Legal age of the sédentaires."""
    limit_months: int


def net(row: DepartureRow, computed: Computed) -> tuple[Prelevements | None, str]:
    """Return the levies on the pension, or why they are not computed."""
    home = row.question.foyer
    if home is None:
        return None, _NO_RFR
    pension = computed.pension
    if pension is None:
        return None, "non calculé : pension non calculée"
    if home.outre_mer:
        return None, _OVERSEAS
    return aside(lambda: _levied(row, home, pension))


def _levied(row: DepartureRow, home: Foyer, pension: float) -> Prelevements:
    try:
        band = levies.csg_band(home.rfr, home.parts, home.rfr_precedent, row.effet)
    except PeriodNotCovered as error:
        raise LawError(
            "les seuils de CSG (contribution sociale généralisée) de l’année ne sont pas connus."
        ) from error
    doubt(row, "csg_seuil_rfr_1", "seuils de CSG")
    taken = levies.levies(pension, band, row.effet)
    return Prelevements(
        taux=band,
        csg=taken.csg,
        csg_deductible=taken.csg_deductible,
        crds=taken.crds,
        casa=taken.casa,
        net=taken.net,
    )


def doubt(row: DepartureRow, code: str, what: str) -> None:
    """Mark a row whose parameter comes from one source, or is only the last one known."""
    parameter = find(code, row.effet)
    if parameter is None:
        return
    if to_verify(parameter.confidence):
        row.doubts.append(f"{what} : une seule source, ou valeur déduite")
    if parameter.late(row.effet):
        row.doubts.append(f"{what} : dernière valeur connue")


def rafp(row: DepartureRow, computed: Computed) -> Rafp | None:
    """Return the additional pension, None where no contribution was given.

    Raises
    ------
    InputError
        A year of contribution that the tables do not cover.
    """
    asked = row.question
    if asked.rafp_points is None and not asked.rafp_cotisations:
        return None
    points = (asked.rafp_points or 0) + _points(row)
    opens = max(row.effet, _legal_day(row, computed))
    age = int(complete_months(days(asked.naissance), days(opens))[0]) // 12
    paid = rafp_benefit(points, age, opens)
    doubt(row, "rafp_valeur_service", "valeur de service du point RAFP")
    return Rafp(
        points=points,
        ouverture=opens,
        nature=paid.nature,
        coefficient_age=paid.coefficient,
        rente_annuelle=paid.annual if paid.nature == "rente" else None,
        capital=paid.capital,
        premiere_fraction=paid.first_fraction,
        manque=paid.missing,
    )


def _points(row: DepartureRow) -> int:
    years = [line.annee for line in row.question.rafp_cotisations]
    points = rafp_points([line.montant for line in row.question.rafp_cotisations], years)
    for year, count in zip(years, points, strict=True):
        if count < 0:
            raise InputError(
                f"aucune valeur du point RAFP pour {year}.",
                where="rafp_cotisations",
                remedy="La RAFP commence en 2005.",
            )
    if years:
        doubt(row, "rafp_valeur_acquisition", "valeur d’acquisition du point RAFP")
    return int(points.sum())


def _legal_day(row: DepartureRow, computed: Computed) -> date:
    """Return the first day of a month from which the legal age is reached."""
    reached = add_months_civil(row.question.naissance, computed.legal_months)
    return reached if reached.day == 1 else add_months_civil(reached.replace(day=1), 1)


def progressive(row: DepartureRow, computed: Computed) -> RetraiteProgressive | None:
    """Return the partial pension at the departure date, None where it was not asked."""
    quotite = row.question.retraite_progressive_quotite
    if quotite is None:
        return None
    age = float(early.progressive_age(days(row.effet), [computed.legal_months])[0])
    if np.isnan(age):
        return RetraiteProgressive(
            age_minimal_mois=None,
            trimestres_exiges=None,
            possible=False,
            fraction_pct=None,
            montant=None,
            motif="La retraite progressive n’existe pour les fonctionnaires que depuis le "
            f"{date_text(RULES['progressive_age'][0].since)}.",
        )
    needed = early.progressive_quarters(row.effet)
    share = float(early.progressive_fraction([quotite], row.effet)[0])
    lacks = _lacks(row, computed, int(age), needed, share)
    open_ = None if computed.insured is None and not lacks else not lacks
    amount = None
    if open_ and computed.hors_decision is not None:
        left = round((100 - quotite) * 100)
        amount = float(share_in_euros(computed.hors_decision, left, 1, 100 * 100)[()])
        row.doubts.append("décote d’une retraite progressive prise avant l’âge légal")
    return RetraiteProgressive(
        age_minimal_mois=int(age),
        trimestres_exiges=needed,
        possible=open_,
        fraction_pct=None if np.isnan(share) else round(share * 100, 2),
        montant=amount,
        motif=lacks or ("" if open_ else "durée tous régimes inconnue"),
    )


def _lacks(row: DepartureRow, computed: Computed, age: int, needed: int, share: float) -> str:
    if np.isnan(share):
        low, high = map(percent_text, early.progressive_bounds(row.effet))
        return f"le temps partiel doit être compris entre {low} et {high}"
    if complete_months(days(row.question.naissance), days(row.effet))[0] < age:
        return f"l’âge minimal est de {age // 12} ans"
    if computed.insured is not None and computed.insured < needed:
        return f"{computed.insured} trimestres, {needed} exigés"
    return ""


def cumul(row: DepartureRow, computed: Computed) -> CumulEmploi | None:
    """Return what an income takes from the pension, None where it was not asked."""
    asked = row.question.cumul
    if asked is None:
        return None
    if computed.pension is None or computed.insured is None:
        return CumulEmploi(
            integral=None,
            plafond_annuel=None,
            deduction_annuelle=None,
            motif="non calculé : pension ou durée inconnue",
        )
    age = complete_months(days(row.question.naissance), days(row.effet)).astype(np.float64)
    legal = np.array([float(computed.legal_months)])
    annual = np.array([round(computed.pension * 12, 2)])
    full = full_cumul(
        age,
        legal,
        [computed.insured >= computed.required],
        [asked.toutes_pensions_liquidees],
        row.effet,
    )
    worker = Worker(annual, np.array([asked.revenu_annuel]), age, legal, full)
    try:
        taken = float(cumul_deduction(worker, row.effet, day=axis_of(row.effet))[0])
    except PeriodNotCovered:
        reason = "non calculé : plafond connu depuis 2026 seulement"
        return CumulEmploi(
            integral=None, plafond_annuel=None, deduction_annuelle=None, motif=reason
        )
    if find("cumul_2027_seuil_revenu", row.effet) is not None:
        row.doubts.append("seuil du cumul emploi-retraite de 2027 : fixé par un décret à paraître")
        return CumulEmploi(integral=taken == 0, plafond_annuel=None, deduction_annuelle=taken)
    return CumulEmploi(
        integral=bool(full[0]),
        deduction_annuelle=taken,
        plafond_annuel=None if full[0] else float(cumul_ceiling(annual, row.effet)[0]),
    )


def age_limit(row: DepartureRow, computed: Computed) -> tuple[int, int, int | None]:
    """Return the age limit with children, with a prolongation, with an authorisation (months)."""
    day, more = _law_day(row), postponement(row)
    if more is None:
        return computed.limit_months, computed.limit_months, None
    missing = 0 if computed.insured is None else computed.required - computed.insured
    own = int(limits.last_possible_age(computed.limit_months, more, missing, day))
    kept = limits.kept_until(day) if _may_be_kept(row, day) else None
    return computed.limit_months + more, own, kept


def postponement(row: DepartureRow) -> int | None:
    """Return the months by which children put off the age limit, None where it is not known."""
    asked = row.question
    try:
        return int(
            limits.limit_postponement(
                asked.enfants_a_charge, asked.trois_enfants_a_50_ans, _law_day(row)
            )
        )
    except PeriodNotCovered:
        return None


def _law_day(row: DepartureRow) -> date:
    return max(row.effet, row.question.aujourdhui)


def _may_be_kept(row: DepartureRow, day: date) -> bool:
    begun = find("maintien_au_dela_limite_age_max", day) is not None
    return begun and row.categorie == SEDENTAIRE


def surcotisation(question: PensionQuestion) -> Surcotisation | None:
    """Return what a surcotisation would cost and bring, None where it was not asked."""
    asked = question.surcotisation
    if asked is None:
        return None
    most = int(surcotisation_ceiling(heavy(question, asked.demande), asked.demande))
    rate = float(surcotisation_rate([asked.quotite], asked.demande)[0])
    days_a_month = MONTH * (100 - asked.quotite)
    needed = most * whole("jours_par_trimestre_liquidation", asked.demande) * 100
    employer_rate = find(EMPLOYER, asked.demande)
    return Surcotisation(
        taux_pct=round(rate * 100, 2 + 1),
        plafond_trimestres=most,
        mois_pour_le_plafond=-int(needed // -days_a_month),
        a_verifier=employer_rate is None or employer_rate.late(asked.demande),
    )
