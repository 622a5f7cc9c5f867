"""What the calculation of a pension supposes: the one question, the levers, the lines."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from iprof_kit.ui.kit.fields import SupposedView, supposed_view
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pension_person import INCAPACITY, INVALIDITY, INVALIDITY_RATE
from iprof_kit.ui.screens.retraite.entry import DEPARTURES, PensionEntry
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure

ASKED = "autres_trimestres"
"""The only thing that no file says and that every amount needs."""
LEVERS = ("quotite", "fin")
_FIRST = ("depart_1", "depart_2", "depart_3", "enfants_nombre", "rfr", "cl_cotises")
_NO_VALUE = {
    "rfr": "non indiqué : CSG au taux plein",
    "cl_cotises": "non",
    "parts": "1",
    "rafp_points": "non indiqués",
    INVALIDITY_RATE: "non indiqué",
    INCAPACITY: "non indiquée",
}
_AS_FILED = {
    "droit": "aujourdhui",
    "progressive": "",
    "rachat_etudes": "non",
    "instituteur_option": "non",
    INVALIDITY: "non",
}
_SHORT = {
    "depart_4": "quatrième date",
    "droit": "droit appliqué",
    "sejour_mois": "services hors d’Europe",
    "rafp_points": "points de RAFP",
    "progressive": "retraite progressive",
    "instituteur_mois": "services d’instituteur",
    "technique_mois": "enseignement technique",
    INVALIDITY: "invalidité",
    INVALIDITY_RATE: "taux d’invalidité",
    INCAPACITY: "incapacité",
}


@dataclass(frozen=True)
class Levers:
    """The question that is missing, and the two choices that are tried most."""

    asked: Field
    answered: bool
    quotite: Field
    end: Field


def levers_of(fields: Iterable[Field]) -> Levers:
    """Return what stands beside the figure."""
    named = {field.name: field for field in fields}
    asked = named[ASKED]
    return Levers(asked, bool(asked.value.strip()), named["quotite"], named["fin"])


def pension_supposed(fields: Iterable[Field], entry: PensionEntry) -> SupposedView:
    """Return the lines: the dates, the family, the tax, an early career; the rest in a drawer."""
    dates = {f"depart_{number}" for number in DEPARTURES}
    beside = {ASKED, *LEVERS}

    def words(name: str, typed: str) -> str:
        if name in dates and not typed:
            day = entry.departures.get(name)
            letter = "ABCD"[int(name[-1]) - 1]
            return figure(text.day(day), "departure.compared", day, letter) if day else "aucune"
        if name == "instituteur_mois" and not typed and entry.by_file:
            return "d’après votre dossier"
        if not typed:
            return _NO_VALUE.get(name, "")
        if name in (INVALIDITY_RATE, INCAPACITY) and typed.isdecimal():
            return f"{typed} %"
        return ""

    others = [field for field in fields if field.name not in beside]
    return supposed_view(others, _FIRST, _AS_FILED, words, _SHORT)
