"""Overseas: what is added to the traitement, and the annual allowance of Corsica."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.base.money import percent_in_euros, sum_in_euros
from iprof_kit.law.career.traitement import Euros
from iprof_kit.law.payroll.tables import DUE_MONTHS
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.reading import in_euros
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_ROWS = Facts("outre_mer", ("code", "territoire", "element"))
_CORSICA, _PARTNER, _CHILD = (
    "indemnite compensatoire pour frais de transport",
    "idem, conjoint ou partenaire ne percevant pas l indemnite",
    "majoration par enfant ouvrant droit au SFT",
)
_KINDS = ("MAJORATION_TRAITEMENT", "INDEX_CORRECTION", "COEFFICIENT_MAJORATION", "ICFT_CORSE")


def territories() -> tuple[str, ...]:
    """Return the territories that change a payslip, as the table writes them."""
    return tuple(dict.fromkeys(str(key[1]) for key in _ROWS.keys() if key[0] in _KINDS))  # noqa: SIM118


def overseas_fact(code: str, territory: str, on: date) -> Fact | None:
    """Return the row of a territory (its first element), None where it has none.

    Raises
    ------
    InputError
        Unknown territory; the message lists the known ones.
    PeriodNotCovered
        The territory is known, and the day is before its first row.
    """
    if territory not in territories():
        raise InputError(
            f"le territoire « {territory} » n’est pas connu.",
            where="territoire",
            remedy=f"Territoires : {' ; '.join(territories())}.",
        )
    keys = [key for key in _ROWS.keys() if key[:2] == (code, territory)]  # noqa: SIM118
    return _ROWS.read(on, *keys[0], label=f"{code}, {territory}") if keys else None


def increase_lost(territory: str) -> bool:
    """Tell whether a territory has a correction of its majoration, and no majoration to correct.

    Examples
    --------
    >>> increase_lost("La Reunion")
    False
    """
    codes = {key[0] for key in _ROWS.keys() if key[1] == territory}  # noqa: SIM118
    return "INDEX_CORRECTION" in codes and "MAJORATION_TRAITEMENT" not in codes


@rule(
    sentence="Outre-mer, le traitement (sans la NBI) est majoré d’un pourcentage ; la majoration "
    "n’est pas soumise à la retenue pour pension.",
    source="CGFP, art. L741-1 ; décrets 53-1266, 57-87, 57-333 et 2013-964",
    since="1957-01-28",
    tables=("outre_mer",),
    reads=in_euros(pay="Traitement payé"),
)
def overseas_increase(pay: Euros, row: Fact) -> Euros:
    """Return the majoration of traitement.

    Parameters
    ----------
    pay : array of float64
        Traitement indiciaire as paid, euros of the month.
    row : Fact
        See `overseas_fact`.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    return percent_in_euros(pay, row.number("taux_pct", "majoration"))


@rule(
    sentence="À La Réunion, le traitement majoré est multiplié par un index de correction.",
    source="outre_mer.csv, INDEX_CORRECTION",
    since="1979-01-01",
    tables=("outre_mer",),
    reads=in_euros(increased="Traitement majoré"),
)
def correction_index(increased: Euros, row: Fact) -> Euros:
    """Return what the index adds to the increased traitement, euros of the month."""
    return percent_in_euros(increased, (row.number("coefficient", "index") - 1) * 100)


@rule(
    sentence="Dans les collectivités du Pacifique, la rémunération (traitement net de retenue "
    "pour pension, et accessoires) est multipliée par un coefficient.",
    source="outre_mer.csv, COEFFICIENT_MAJORATION",
    since="1984-01-12",
    tables=("outre_mer",),
    reads=in_euros(
        pay="Traitement, BI et NBI payés",
        pension="Retenue pour pension",
        accessories="Indemnité de résidence et supplément familial",
    ),
)
def pay_coefficient(pay: Euros, pension: Euros, accessories: Euros, row: Fact) -> Euros:
    """Return what the coefficient adds.

    Parameters
    ----------
    pay, pension, accessories : arrays of float64
        Traitement + BI + NBI, its retenue pour pension, indemnité de résidence and supplément
        familial, euros of the month.

    Returns
    -------
    array of float64
        Euros of the month.
    """
    base = sum_in_euros(pay, accessories, -pension)
    return percent_in_euros(base, (row.number("coefficient", "coefficient") - 1) * 100)


@rule(
    sentence="En Corse, l’indemnité pour frais de transport est versée en {fractions} fois ; elle "
    "est entière dès le mi-temps, et augmente avec les enfants.",
    source="décret 89-251 ; arrêté du 02/11/2011",
    since="2012-01-01",
    tables=("outre_mer", "echeances_paie"),
    values={"fractions": value("echeances_paie", "fractions", periodicite="icft_corse")},
)
def corsica_transport(territory: str, children: int, on: date, *, partner: bool) -> float:
    """Return the annual indemnité compensatoire pour frais de transport.

    Parameters
    ----------
    children : int
        Children for the supplément familial.
    partner : bool
        A spouse or partner who does not receive it.

    Returns
    -------
    float
        Euros a year.
    """
    DUE_MONTHS.read(on, "icft_corse").text("mois", "mois de versement")
    element = _PARTNER if partner else _CORSICA
    first, child = (_ROWS.read(on, "ICFT_CORSE", territory, name) for name in (element, _CHILD))
    return _yearly(first) + children * _yearly(child)


def _yearly(row: Fact) -> float:
    return float(row.text("montant", "montant annuel").split(" ")[0])
