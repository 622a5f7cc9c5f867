"""Primes and indemnités: which row of the table applies to whom, and what falls due this month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

import numpy as np

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import Words, explaining, record
from iprof_kit.base.money import share_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros, gross_monthly, point_value
from iprof_kit.law.payroll.residence import residence_base, residence_indemnity
from iprof_kit.law.payroll.tables import DUE_MONTHS, YES, parameter
from iprof_kit.law.tables.cells import CELLS, Cell
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.reading import one_euros
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_ROWS = Facts("primes", ("code", "parametres"))
_OF_A_CODE = Facts("primes", ("code",))
_USUAL = Facts("primes_usuelles", ("code", "usage"))
INCLUDED, TO_SAY, NOT_COMPUTED = "comprise", "a_indiquer", "non_calculee"
TO_SPECIFY = "a_preciser"
"""Everybody of the corps receives it, and its amount depends on what the person alone tells."""
ATTRACTIVITY = "PRIME_ATTRACTIVITE"
INSTALLATION = "PRIME_SPECIALE_INSTALLATION"
DAILY = "journalier"
REP_CODES = {"REP": "REP", "REP+": "REP_PLUS_FIXE"}
BONUS_INDEX = ("DIR_BI", "BI_SEGPA")
BONUS_NEW = ("DIR_NBI", "NBI_ULIS_ECOLE")
NOT_ALLOWANCES = ("ELEVE_FONCTIONNAIRE_M1", "STAGIAIRE_M2")
"""Rows of primes.csv that are a whole pay, not a prime."""


@dataclass(frozen=True)
class Due:
    """What a periodicity pays: the share of the annual amount of a month, and how sure.

    `months` are those of payment, in the order of the table; empty where the texts do not say them
    and nobody did: nothing is then placed.
    """

    numerator: int
    denominator: int
    months: tuple[int, ...]
    fact: Fact
    moved: bool = False
    """The month asked is the one of payment, instead of the table's."""


@cache
def allowance_codes() -> tuple[str, ...]:
    """Return the codes that may be asked for, in the order of the table."""
    codes = dict.fromkeys(table("primes")["code"])
    return tuple(code for code in codes if code not in NOT_ALLOWANCES)


@cache
def variants(code: str, on: date) -> dict[str, str]:
    """Return the variants of a code on a day: what a person writes → key of the row.

    A variant is written as in the table: « 3e,2nde,1re annee CAP,bac pro », « haut », « 4-9 »; the
    only row without one is named by what its label says in brackets.
    """
    rows = [row for row in _ROWS.in_force(on) if row.values["code"] == code]
    return {_written(row): str(row.values["parametres"]) for row in rows}


def begun(code: str, on: date) -> bool:
    """Tell whether a code has a row on a day or before it."""
    first = _first_days().get(code)
    return first is not None and first <= on


@cache
def _first_days() -> dict[str, date]:
    """Return the first day of each code of the table that has one."""
    firsts = table("primes").groupby("code")["valide_du"].min().dropna()
    return {str(code): moment.date() for code, moment in firsts.items()}


def _written(row: Fact) -> str:
    words = str(row.values["parametres"])
    if words:
        return words.split("=", 1)[1].split(" (")[0]
    label = str(row.values["libelle"])
    return label.split("(")[1].rstrip(")") if "(" in label else ""


def find_allowance(code: str, variant: str | None, corps: str | None, on: date) -> Fact:
    """Return the row of a prime.

    Parameters
    ----------
    variant : str, optional
        Needed where the code has several.
    corps : str, optional
        Corps of the person; None: not checked.

    Raises
    ------
    InputError
        Unknown code or variant (the message lists the known ones), corps not concerned.
    PeriodNotCovered
        The code has no amount on that day.
    """
    if code not in allowance_codes():
        raise InputError(
            f"la prime « {code} » n’est pas connue.",
            where="primes",
            remedy=f"Codes connus : {', '.join(allowance_codes())}.",
        )
    known = variants(code, on)
    if not known:
        raise PeriodNotCovered(
            f"période non couverte : aucune valeur de « {code} » à cette date.",
            where="primes",
        )
    wanted = next(iter(known)) if len(known) == 1 and not variant else variant
    if wanted not in known:
        raise InputError(
            f"« {code} » dépend d’une précision.",
            where="primes",
            remedy=f"Précisions possibles : {' ; '.join(known)}.",
        )
    row = _ROWS.read(on, code, known[wanted], label=f"{code} {wanted}".strip())
    _refuse_corps(row, code, corps)
    return row


def _refuse_corps(row: Fact, code: str, corps: str | None) -> None:
    concerned = str(row.values["corps"]).split(";")
    if corps is not None and corps not in concerned:
        raise InputError(
            f"« {code} » n’est pas versée à ce corps ({corps}).",
            where="primes",
            remedy=f"Corps concernés : {', '.join(concerned)}.",
        )


def band_of(code: str, number: int, on: date) -> str:
    """Return the variant of a code for a number of classes: « 4-9 » for 5.

    Raises
    ------
    InputError
        No band holds the number.
    """
    for written in variants(code, on):
        low, _, high = written.rstrip("+").partition("-")
        last = number if written.endswith("+") else int(high or low)
        if int(low) <= number <= last:
            return written
    raise InputError(
        f"le nombre de classes {number} est impossible.",
        where="direction_classes",
        remedy=f"Tranches : {', '.join(variants(code, on))}.",
    )


@rule(
    sentence="La prime d’attractivité dépend de l’échelon de la classe normale ; elle diminue "
    "quand l’échelon monte et cesse aux derniers échelons et dans les autres grades.",
    source="décret 2021-276 ; arrêté du 12/03/2021 modifié",
    since="2021-05-01",
    tables=("primes",),
)
def attractivity(cell: Cell, on: date) -> Euros:
    """Return the annual amount of the prime d'attractivité of each position.

    Returns
    -------
    array of float64
        Euros a year at full time; 0 where the position has none.
    """
    rows, amounts = _attractivity(on)
    annual: Euros = amounts[cell]
    for code in set(cell.tolist()):
        if code in rows:
            rows[code].number("montant_annuel_brut", "montant de cet échelon", "euros par an")
    return annual


def attractivity_fact(cell: int, on: date) -> Fact | None:
    """Return the row of the prime d'attractivité of a position, None where it has none."""
    return _attractivity(on)[0].get(cell)


@cache
def _attractivity(on: date) -> tuple[dict[int, Fact], Euros]:
    rows: dict[int, Fact] = {}
    amounts = np.zeros(CELLS.count)
    for row in _ROWS.in_force(on):
        if row.values["code"] != ATTRACTIVITY:
            continue
        words = dict(pair.split("=") for pair in str(row.values["parametres"]).split(";"))
        paid = np.isin(CELLS.corps.astype(str), str(row.values["corps"]).split(";"))
        paid &= (CELLS.grade == words["grade"]) & (CELLS.echelon == words["echelon"])
        for cell in np.flatnonzero(paid):
            rows[int(cell)], amounts[cell] = row, float(row.values["montant_annuel_brut"])
    return rows, amounts


@rule(
    sentence="Le montant d’une prime, ou le nombre de points d’une bonification, est celui de son "
    "texte.",
    source="texte de chaque prime (primes.csv)",
    since="1983-02-01",
    tables=("primes",),
)
def written_amount(row: Fact) -> float:
    """Return what the row of a prime gives.

    Parameters
    ----------
    row : Fact
        See `find_allowance`.

    Returns
    -------
    float
        Euros a year; euros a day where it is paid by day; points of a bonification.
    """
    if row.has("points_indice"):
        return row.number("points_indice", "points d’indice", "points")
    if row.has("montant_annuel_brut"):
        return row.number("montant_annuel_brut", "montant annuel du texte", "euros par an")
    return row.number("montant_mensuel", "montant du jour", "euros")


@rule(
    sentence="Une prime annuelle est versée par parts égales, chaque mois ou d’octobre à juin "
    "({scolaires} parts), ou en totalité au mois de son échéance, ou au mois où la personne l’a "
    "reçue.",
    source="notes de calcul de la paie, ordre de calcul, 5, et texte de chaque prime",
    since="1984-01-12",
    tables=("echeances_paie",),
    values={
        "scolaires": value("echeances_paie", "fractions", periodicite="neuvieme_oct_juin"),
    },
)
def due_share(periodicity: str, on: date, *, smoothed: bool, month: int | None = None) -> Due:
    """Return the share of an annual amount that falls due in a month.

    Parameters
    ----------
    periodicity : str
        As in the table: « mensuel », « annuel_janvier » …
    on : date
        A day of the month.
    smoothed : bool
        One twelfth each month, whatever the periodicity (published tables).
    month : int, optional
        Month of payment of what is paid at once; without effect where the texts share it between
        several months.
    """
    row = DUE_MONTHS.read(on, periodicity)
    written = row.text("mois", f"mois de versement ({periodicity})", untold=True)
    months = tuple(int(number) for number in written.split(";") if number)
    fractions = row.whole("fractions", "parts égales dans l’année")
    moved = month is not None and fractions == 1 and months != (month,)
    if month is not None and fractions == 1:
        months = (month,)
    if smoothed:
        return Due(1, 12, months, row, moved)
    return Due(int(on.month in months), fractions, months, row, moved)


def _due_read(given: Mapping[str, Any], result: Any) -> tuple[Words, ...]:
    """Write the annual amount, the share that falls due, and the fraction that is paid of it."""
    del result
    due = given["due"]
    lines = [
        ("Montant annuel", one_euros(given["annual"])),
        ("Part due ce mois", str(Fraction(due.numerator, due.denominator))),
    ]
    paid = Fraction(int(given["num"][0]), int(given["den"][0]))
    if given["follows"] and paid != 1:
        lines.append(("Fraction payée", str(paid)))
    return tuple(lines)


@rule(
    sentence="Le montant du mois est la part due du montant annuel, arrondie au centime ; à "
    "temps partiel, il est réduit à la fraction payée quand la prime suit la quotité.",
    source="notes de calcul de la paie, ordre de calcul, 5 ; décret 2010-997",
    since="1984-01-12",
    tables=("primes",),
    reads=_due_read,
)
def due_amount(annual: Euros, due: Due, num: Cell, den: Cell, *, follows: bool) -> Euros:
    """Return what falls due in the month of an annual amount.

    Parameters
    ----------
    annual : array of float64
        Euros a year, at full time.
    num, den : arrays of int
        Fraction paid.
    follows : bool
        The prime follows the quotité.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    month = share_in_euros(annual, 1, due.numerator, due.denominator)
    return share_in_euros(month, 1, num, den) if follows else month


@rule(
    sentence="L’indemnité de direction d’école est majorée en éducation prioritaire (REP, REP+), "
    "et pour un intérim dont la durée dépasse {direction_interim_mois:mois}.",
    source="décret 83-644 ; arrêté du 12/09/2008",
    since="2014-09-01",
    tables=("parametres_paie",),
)
def direction_coefficient(priority: str, on: date, *, interim: bool) -> float:
    """Return the coefficient of the two parts of the indemnité of a school head."""
    coefficient = 1.0
    if priority == "REP":
        coefficient = parameter(on, "direction_coefficient_rep")
    elif priority == "REP+":
        coefficient = parameter(on, "direction_coefficient_rep_plus")
    return coefficient * (parameter(on, "direction_coefficient_interim") if interim else 1.0)


@rule(
    sentence="La prime spéciale d’installation est la somme du traitement brut mensuel et de "
    "l’indemnité de résidence d’un indice fixé par décret ; elle est versée une fois, entière "
    "quelle que soit la quotité.",
    source="décret 89-259, art. 1 à 8",
    since="2017-02-01",
    tables=("primes", "indemnite_residence"),
)
def installation_bonus(row: Fact, zone: Cell, on: date) -> Euros:
    """Return the prime spéciale d'installation.

    Parameters
    ----------
    row : Fact
        See `find_allowance`.
    zone : array of int
        Zone of the post.
    on : date
        When the post is taken up.

    Returns
    -------
    array of float64
        Euros, once.
    """
    words = dict(pair.split("=") for pair in row.text("parametres", "indice majoré").split(";"))
    one = np.ones(len(zone), np.int64)
    pay = gross_monthly(one * int(words["indice_majore"]), point_value(axis_of(on)))
    base = residence_base(pay, zone, on, one, one)
    return sum_in_euros(pay, residence_indemnity(base, zone, on))


def follows_part_time(row: Fact) -> bool:
    """Tell whether a prime follows the quotité."""
    return row.text("proratise_quotite", "suit la quotité") == YES


def paid_to(code: str, corps: str, on: date) -> bool:
    """Tell whether a prime has a row for a corps on a day."""
    return any(corps in str(row["corps"]).split(";") for row in _OF_A_CODE.every(on, code))


@cache
def knows_primes_of(corps: str) -> bool:
    """Tell whether the table says, on some day, which primes a corps receives."""
    return any(corps in str(cell).split(";") for cell in table("primes_usuelles")["corps"])


def usual_codes(corps: str, on: date) -> tuple[str, ...]:
    """Return the primes that everybody of a corps receives in an ordinary post on a day."""
    return _usual(corps, (INCLUDED,), on)


def codes_to_say(corps: str, on: date) -> tuple[str, ...]:
    """Return the primes that a corps may receive by the post or the beginning of a career.

    They are counted only where the person says that she receives them.
    """
    return _usual(corps, (TO_SAY, TO_SPECIFY), on)


def unspecified_primes(corps: str, on: date) -> tuple[Fact, ...]:
    """Return the primes that everybody of a corps receives, each by what the person must tell."""
    return tuple(row for row in _USUAL.in_force(on) if _is_usual(row, corps, (TO_SPECIFY,)))


def note_as_usual(code: str, corps: str, on: date) -> None:
    """Record, for who asks why, that a prime is supposed: everybody of the corps receives it."""
    if not explaining():
        return
    for row in _USUAL.in_force(on):
        if row.values["code"] == code and _is_usual(row, corps, (INCLUDED,)):
            record(
                rule="hypothese",
                source=row.papers.text,
                kind="hypothese",
                words=(("Prime supposée versée", "comme à tout le corps"),),
                confidence=row.confidence,
            )


def missing_primes(corps: str, on: date) -> tuple[Fact, ...]:
    """Return the primes that a corps may receive and whose amounts no table holds."""
    return tuple(row for row in _USUAL.in_force(on) if _is_usual(row, corps, (NOT_COMPUTED,)))


@lru_cache
def _usual(corps: str, usages: tuple[str, ...], on: date) -> tuple[str, ...]:
    return tuple(row.values["code"] for row in _USUAL.in_force(on) if _is_usual(row, corps, usages))


def _is_usual(row: Fact, corps: str, usages: tuple[str, ...]) -> bool:
    return row.values["usage"] in usages and corps in str(row.values["corps"]).split(";")
