"""The tables of pay, read by key and month."""

from __future__ import annotations

from datetime import date
from functools import cache

from iprof_kit.base.explanation import explaining
from iprof_kit.base.sources import Confidence
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table

RATES = Facts("cotisations", ("code",))
PARAMETERS = Facts("parametres_paie", ("cle",))
DUE_MONTHS = Facts("echeances_paie", ("periodicite",))
BASES = Facts("assiettes_paie", ("famille",))
ABSENCES = Facts("absences_paie", ("absence", "famille"))
_EACH_MONTH = ("traitement", "residence", "sft", "prime")
PENSIONS = Facts("retraite_parametres", ("code",))
LABELS = Facts("libelles_paie", ("code",))
GRIDS = Facts("grilles", ("corps", "grade", "echelon", "chevron"))
POINT = Facts("point_indice", ())
YES, NO = "oui", "non"
_MATRIX = ("rafp", "csg", "impot", "tpp", "ces_seuil", "indemnite")


def parameter(on: date, key: str) -> float:
    """Return a number of parametres_paie in force on a day."""
    return PARAMETERS.read(on, key).number("valeur", parameter_label(key) if explaining() else "")


def rate(on: date, code: str) -> float:
    """Return a rate of cotisations, in per cent, in force on a day."""
    row = RATES.read(on, code)
    return row.number("taux_pct", f"Taux : {row.values['libelle']}" if explaining() else "")


def parameter_label(key: str) -> str:
    """Return what a person reads for a number of parametres_paie; its key where none is written."""
    words = LABELS.find(None, key)
    return key if words is None else str(words.values["libelle"])


def line_label(code: str) -> str:
    """Return what a person reads for a line of the tables.

    The words of libelles_paie where it has some; a prime is otherwise called as in primes.csv.
    """
    if LABELS.find(None, code) is None and code in _prime_labels():
        return _prime_labels()[code]
    return str(LABELS.read(None, code).values["libelle"])


def variant_label(code: str, variant: str) -> str:
    """Return what a person reads for a variant of a prime: « moins de 400 élèves » for « <400 »."""
    words = LABELS.find(None, f"{code}:{variant}")
    return variant if words is None else str(words.values["libelle"])


def enters(family: str, base: str) -> bool:
    """Tell whether a family of lines enters a base (a column of assiettes_paie) of a payslip."""
    if explaining():
        return BASES.read(None, family).text(base, f"{family}, dans cette base", untold=True) != NO
    if (family, base) not in _matrix():
        BASES.read(None, family)  # refuses it, its table named
    return _matrix()[family, base]


def absence_fact(absence: str, family: str) -> Fact:
    """Return the row that says whether an absence takes a part of a family of gains."""
    return ABSENCES.read(None, absence, family)


def takes(absence: str, family: str) -> bool:
    """Tell whether an absence takes a part of a family of gains."""
    return absence_fact(absence, family).text("retenue", untold=True) != NO


def kept_whole(absence: str) -> bool:
    """Tell whether an absence takes nothing of what is paid each month: traitement to primes.

    Examples
    --------
    >>> kept_whole("maternite"), kept_whole("maladie")
    (True, False)
    """
    return not any(takes(absence, family) for family in _EACH_MONTH)


def base_confidence(family: str) -> Confidence:
    """Return how sure our reading of the bases of a family is."""
    return BASES.read(None, family).confidence


def family_of(code: str) -> str:
    """Return the family of a code in the matrix of bases: an ordinary prime by default."""
    return _families().get(code, "prime")


@cache
def _prime_labels() -> dict[str, str]:
    """Return the label of the newest row of each prime."""
    frame = table("primes").sort_values("valide_du", kind="stable")
    return dict(zip(frame["code"], frame["libelle"], strict=True))


@cache
def _matrix() -> dict[tuple[str, str], bool]:
    frame = table("assiettes_paie")
    return {
        (row["famille"], base): row[base] != NO
        for row in frame.to_dict("records")
        for base in _MATRIX
    }


@cache
def _families() -> dict[str, str]:
    frame = table("assiettes_paie")
    return {
        code: family
        for family, codes in zip(frame["famille"], frame["codes"], strict=True)
        for code in codes.split(";")
        if code
    }
