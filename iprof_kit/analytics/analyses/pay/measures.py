"""What a measure costs: points of index for all, or promotions at a higher ratio (analysis 23)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from iprof_kit.analytics.analyses import drawing
from iprof_kit.analytics.analyses.drawing import code_label, number
from iprof_kit.analytics.analyses.model import Reponse, analyse, refuse_nobody
from iprof_kit.analytics.analyses.pay.reading import left_out, point_on, work, work_text
from iprof_kit.analytics.analyses.people import ALL, PER_CENT, in_order, observed, only, unknown
from iprof_kit.analytics.columns import require
from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.start import campagne
from iprof_kit.base.calendar import (
    YEAR,
    axis_of,
    date_text,
    duration_text,
    rentree_day,
    school_year_of,
)
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP
from iprof_kit.law.payroll.contributions import NOT_KNOWN, ON_PAY
from iprof_kit.law.payroll.residence import zone_fact
from iprof_kit.law.payroll.tables import RATES

_PENSION = "CAS_PENSION_EMPLOYEUR"
_PROMOTED = ("hors_classe", "classe_exceptionnelle")
_EUROS = ("traitement", "charges", "residence", "cout_annee_pleine", "cout_premiere_annee")
_DRAWN = {"cout_annee_pleine": "année pleine", "cout_premiere_annee": "première année"}


@dataclass(frozen=True)
class _Measure:
    """Whom a measure reaches: `corps`, `personnes`, `etp`, `points` (index × ETP)."""

    reached: pd.DataFrame
    hypotheses: tuple[str, ...]
    warnings: tuple[str, ...]
    details: Mapping[str, pd.DataFrame] = field(default_factory=dict)


@analyse
def cout_de_mesure(
    gens: pd.DataFrame,
    /,
    *,
    points: int = 0,
    taux: float = 0,
    corps: str = "",
    grade: str = "",
    date_effet: date | None = None,
    zone: int = 0,
    hors_cas: bool = False,
    fraction_payee: bool = False,
) -> Reponse:
    """Return what a measure costs, by corps: a full year, and the civil year of its effect.

    Cost = ETP × points × annual value of the point × (1 + charges of the employer on the
    traitement). The first year has the months that are left of it on the day of effect.

    Parameters
    ----------
    gens : DataFrame
        `corps`, `quotite` (per cent), and `grade` where one is asked. For a ratio, what
        `iprof_kit.campagne` reads: `numero`, `grade`, `echelon`, `date_effet` or
        `anciennete_jours`, then the criteria of the ranking (docs/analysts/tableaux.md).
    points : int
        Points of index given to each; one point where no measure is given.
    taux : float
        Instead: points of per cent added to the ratio of promotion. The cost is that of those
        proposed in addition, each at the gain of index of her reclassement.
    corps, grade : str
        Who is concerned; by default everybody. For a ratio, the grade of the promotion: by default
        « hors_classe ».
    date_effet : date, optional
        Day of effect; by default 1 September on or after the day of the table.
    zone : int
        Zone of the indemnité de résidence, the same for all; 0: not counted.
    hors_cas : bool
        Leave out the contribution to pensions (CAS Pensions).
    fraction_payee : bool
        Count the fraction paid of each quotité (six sevenths at 80 %) instead of the quotité.

    Returns
    -------
    Reponse
        Table `corps`, `personnes`, `etp`, `gain_moyen` (points), `traitement`, `charges`,
        `residence`, `cout_annee_pleine`, `cout_premiere_annee` (euros). Details: « charges », the
        rates with their source; for a ratio, « propositions », the proposed at both ratios.
    """
    if points and taux:
        raise InputError(
            "deux mesures sont données, des points et un taux.",
            where="points",
            remedy=f"Donnez l’une ou l’autre{NBSP}: le coût de chacune s’ajoute.",
        )
    day = date_effet or _next_rentree(observed(gens, None))
    gens = gens.assign(etp=work(gens, paid=fraction_payee))
    if taux:
        measure = _more_promotions(gens, taux, corps, grade or _PROMOTED[0], day)
    else:
        measure = _points_for_all(gens, points or 1, corps, grade)
    charges = _charges(day, hors_cas=hors_cas)
    point, point_text = point_on(day)
    left = (day.year + 1) * YEAR - axis_of(day)
    rates = float(charges["taux"].sum()), _residence_rate(zone, day)
    table = _costed(measure.reached, point, rates, left / YEAR)
    shown, unit = drawing.readable(table.set_index("corps")[[*_DRAWN]].rename(columns=_DRAWN))
    hypotheses = (
        *measure.hypotheses,
        point_text,
        f"effet au {date_text(day)} : {duration_text(left)} la première année",
        *_charges_text(charges, hors_cas=hors_cas),
        _residence_text(zone, rates[1]),
        work_text(paid=fraction_payee),
    )
    return Reponse(
        table,
        lambda: drawing.grouped(shown, unit=unit, decimals=drawing.precision(shown)),
        {"charges": charges, **measure.details},
        hypotheses,
        measure.warnings,
    )


def _next_rentree(day: date) -> date:
    """Return 1 September on or after a day."""
    return rentree_day(int(school_year_of(axis_of(day) - 1)) + 1)


def _points_for_all(gens: pd.DataFrame, points: int, corps: str, grade: str) -> _Measure:
    require(gens, ["grade"] if grade else [], where="cout_de_mesure")
    targeted = only(gens, corps=corps, grade=grade)
    known = targeted[
        targeted["etp"].notna() & targeted["corps"].notna() & (targeted["corps"] != "")
    ]
    refuse_nobody(known, "quotite")
    whole = known.groupby("corps")["etp"]
    reached = pd.DataFrame({"personnes": whole.size(), "etp": whole.sum()})
    return _Measure(
        reached.assign(points=reached["etp"] * points).reset_index(),
        (f"mesure : {points} point{'s' if abs(points) > 1 else ''} d’indice pour chaque personne",),
        (
            *unknown(targeted, "corps", "corps"),
            *left_out(int(targeted["etp"].isna().sum()), "sans quotité possible"),
        ),
    )


def _more_promotions(
    gens: pd.DataFrame, added: float, corps: str, grade: str, day: date
) -> _Measure:
    """Return those proposed in addition at a higher ratio, one list a corps.

    Raises
    ------
    InputError
        The grade is no promotion, the day no 1 September, or a column misses.
    LawError
        No corps has this promotion.
    """
    _refuse_promotion(grade, day)
    rows, refused = [], []
    supposed: dict[str, list[str]] = {}
    warned: dict[str, list[str]] = {}
    for name in [corps] if corps else in_order(gens["corps"], ()):
        try:
            before = campagne(gens, name, grade, day.year, suppose="dernier_connu")
            rows.append(_moved(gens, before, added))
        except LawError as error:
            refused.append(error)
            continue
        _note(supposed, before.hypotheses, name)
        _note(warned, before.provenance.avertissements, name)
    if not rows:
        raise refused[0]
    moved = pd.DataFrame(rows)
    unread = int(moved.pop("illisibles").sum())
    hypotheses = (
        f"mesure : {number(added, 2)} point de taux de plus ({code_label(grade)}, {day.year})",
        "une liste par corps pour toute la table, gain depuis l’indice du 31 août",
        "la suite de la carrière n’est pas comptée",
        *_noted(supposed),
    )
    warnings = (
        *_noted(warned),
        *left_out(unread, "proposées sans gain connu"),
        *(error.message.rstrip(".") for error in refused),
    )
    return _Measure(
        moved[["corps", "personnes", "etp", "points"]],
        hypotheses,
        warnings,
        {"propositions": moved.drop(columns=["etp", "points"])},
    )


def _note(noted: dict[str, list[str]], texts: tuple[str, ...], corps: str) -> None:
    for text in texts:
        noted.setdefault(text, []).append(code_label(corps))


def _noted(noted: dict[str, list[str]]) -> list[str]:
    return [f"{text} ({', '.join(corps)})" for text, corps in noted.items()]


def _refuse_promotion(grade: str, day: date) -> None:
    if grade not in _PROMOTED:
        raise InputError(
            f"le grade «{NBSP}{grade}{NBSP}» n’est pas celui d’une promotion au taux.",
            where="grade",
            remedy=f"Grades{NBSP}: {', '.join(_PROMOTED)}.",
        )
    if day != rentree_day(day.year):
        raise InputError(
            f"une promotion ne prend pas effet le {date_text(day)}.",
            where="date_effet",
            remedy=f"Choisissez le {date_text(rentree_day(day.year))}.",
        )


def _ratio(campaign: Campagne) -> float:
    """Return the ratio of a campaign, per cent; a year without one is refused when it is ranked."""
    return (campaign.reglages.share or 0) / PER_CENT


def _moved(gens: pd.DataFrame, before: Campagne, added: float) -> dict[str, object]:
    after = before.et_si(taux=round(_ratio(before) + added, 2))
    first, last = (_proposed(gens, one) for one in (before, after))
    more = last - first
    return {
        "corps": before.corps,
        "taux": _ratio(before),
        "taux_nouveau": _ratio(after),
        "proposes": int(first["personnes"]),
        "proposes_nouveau": int(last["personnes"]),
        "personnes": int(more["personnes"]),
        "etp": more["etp"],
        "points": more["points"],
        "illisibles": int(last["illisibles"]),
    }


def _proposed(gens: pd.DataFrame, campaign: Campagne) -> pd.Series:
    listed = campaign.tableau().set_index("numero")
    etp = gens.set_index("numero")["etp"].reindex(listed.index)
    points = listed["gain_points"].astype("Float64").astype(float) * etp
    return pd.Series(
        {
            "personnes": len(listed),
            "etp": etp.sum(),
            "points": points.sum(),
            "illisibles": points.isna().sum(),
        }
    )


def _charges(day: date, *, hors_cas: bool) -> pd.DataFrame:
    """Return the contributions of the employer on the traitement in force on a day."""
    facts = [
        (code, label, RATES.read(day, code))
        for code, label in ON_PAY
        if not (hors_cas and code == _PENSION)
    ]
    return pd.DataFrame(
        {
            "code": code,
            "libelle": label,
            "assiette": fact.text("assiette"),
            "taux": fact.number("taux_pct"),
            "source": fact.papers.text,
            "confiance": fact.confidence,
            "a_verifier": to_verify(fact.confidence),
        }
        for code, label, fact in facts
    )


def _charges_text(charges: pd.DataFrame, *, hors_cas: bool) -> tuple[str, ...]:
    lines = " ; ".join(
        f"{row['libelle']} {number(row['taux'], 2)} %, confiance {row['confiance']}"
        + ", à vérifier" * row["a_verifier"]
        for row in charges.to_dict("records")
    )
    total = number(float(charges["taux"].sum()), 2)
    without = ", hors CAS Pensions" * hors_cas
    return (
        f"charges de l’employeur sur le traitement : {total} %{without} ({lines})",
        NOT_KNOWN,
        "non comptés : retraite additionnelle (assise sur les primes), heures, supplément familial",
    )


def _residence_rate(zone: int, day: date) -> float:
    return zone_fact(zone, day).number("taux_pct") if zone else 0.0


def _residence_text(zone: int, rate: float) -> str:
    if not zone:
        return "indemnité de résidence non comptée"
    return f"indemnité de résidence : {number(rate, 2)} % du traitement, tous en zone {zone}"


def _costed(
    reached: pd.DataFrame, point: float, rates: tuple[float, float], first_year: float
) -> pd.DataFrame:
    """Return the costs by corps and of the whole, in euros; the whole is the sum of the corps."""
    pay = (reached["points"] * point).round(2)
    charges, residence = ((pay * rate / PER_CENT).round(2) for rate in rates)
    full = (pay + charges + residence).round(2)
    by_corps = reached.assign(
        traitement=pay,
        charges=charges,
        residence=residence,
        cout_annee_pleine=full,
        cout_premiere_annee=(full * first_year).round(2),
    )
    whole = by_corps.drop(columns="corps").sum().to_frame().T.assign(corps=ALL)
    table = pd.concat([by_corps, whole], ignore_index=True).astype({"personnes": int})
    table["gain_moyen"] = (table["points"] / table["etp"].where(table["etp"] != 0)).round(1)
    shown = table[["corps", "personnes", "etp", "gain_moyen", *_EUROS]]
    return shown.round({"etp": 2, **dict.fromkeys(_EUROS, 2)})
