"""What a pension takes from the file and what it supposes, told beside the rules of its trace."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from iprof_kit.base.calendar import MONTH, date_text, duration_text
from iprof_kit.base.explanation import datum, explaining, hypothesis
from iprof_kit.base.words import NBSP, euros_text, number_text
from iprof_kit.calculate.pension.question import CarriereLongue, PensionQuestion
from iprof_kit.calculate.pension.rows import DepartureRow
from iprof_kit.law.pension.parameters import quarters_text
from iprof_kit.law.pension.services import FULL
from iprof_kit.law.pension.services import Services as Worked
from iprof_kit.law.tables.cells import CELLS


def person(questions: Sequence[PensionQuestion]) -> None:
    """Record the births of those who ask, and the salary given instead of an index."""
    if not explaining():
        return
    for asked in questions:
        datum("Date de naissance", date_text(asked.naissance))
        if asked.traitement_annuel is not None:
            datum("Traitement donné, par an", euros_text(asked.traitement_annuel))


def services(rows: Sequence[DepartureRow], worked: Worked) -> None:
    """Record the services of each departure, those supposed until then, and other schemes."""
    if not explaining():
        return
    for place, row in enumerate(rows):
        paid, insured = int(worked.liquidation[place]), int(worked.assurance[place])
        datum("Services au départ, pour le montant", duration_text(paid))
        if paid != insured:
            datum("Services au départ, pour la durée", duration_text(insured))
        _until_then(row)
        others = row.question.trimestres_autres_regimes
        if others is not None:
            datum("Trimestres des autres régimes", quarters_text(others))
        if row.question.enfants:
            datum("Enfants", str(len(row.question.enfants)))
        _health(row.question)


def _health(asked: PensionQuestion) -> None:
    if asked.invalidite:
        datum("Motif du départ", "invalidité")
    for label, rate in (
        ("Taux de l’invalidité", asked.taux_invalidite),
        ("Incapacité permanente au départ", asked.incapacite),
    ):
        if rate is not None:
            datum(label, f"{number_text(rate)}{NBSP}%")


def _until_then(row: DepartureRow) -> None:
    asked = row.question
    if row.cessation <= asked.aujourdhui:
        return
    later = [
        "aucun" if period.nature == "hors_services" else _share(period.quotite)
        for period in asked.periodes
        if period.fin is None or period.fin > asked.aujourdhui
    ]
    if asked.totaux is not None:
        later = [_share(asked.totaux.quotite_ensuite)]
    if later:
        words = ", puis ".join(one for one, _ in groupby(later))
        hypothesis("Travail d’ici au départ", words, doubtful=False)


def _share(quotite: float) -> str:
    return "à temps plein" if quotite == FULL else f"à {number_text(quotite)}{NBSP}%"


def place(row: DepartureRow, cell: int) -> None:
    """Record the position from which the pension is computed: supposed, where it is to come."""
    if explaining():
        note = hypothesis if row.cessation > row.question.aujourdhui else _datum
        note("Position au départ", CELLS.label(cell), doubtful=False)


def _datum(label: str, value: str, *, doubtful: bool) -> None:
    datum(label, value, doubtful=doubtful)


def long_career(asked: CarriereLongue) -> None:
    """Record the quarters that a carrière longue asks for."""
    if not explaining():
        return
    for name, count in asked:
        if not count:
            continue
        kind, _, rest = name.partition("_")
        if kind == "avant":
            datum(f"Trimestres avant {rest.replace('_', ' ')}", quarters_text(count))
        elif name == "cotises":
            datum("Trimestres cotisés, tous régimes", quarters_text(count))


def as_instituteur(months: int) -> None:
    """Record the services of an instituteur, which open the active category."""
    if explaining():
        datum("Services d’instituteur", duration_text(months * MONTH))
