"""A value as a sentence says it: « 8 405 € », « 85,7 % », « 1 an 3 mois », « 6e échelon »."""

from __future__ import annotations

from datetime import date

from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.words import NBSP, echelon_label, euros_text, number_text
from iprof_kit.calculate.lessons.conditions import Comparable
from iprof_kit.calculate.lessons.model import Written

OF_UNITS: dict[str, Written] = {
    "euros": "euros",
    "euros par mois": "euros",
    "euros par an": "euros",
    "pour cent": "pour_cent",
    "mois": "mois",
    "années": "annees",
    "ans": "annees",
    "trimestres": "trimestres",
    "points": "points",
    "points d’indice majoré": "nombre",
    "jours de l’année de 360 jours": "duree",
    "échelon": "echelon",
}
UNITS: dict[Written, str] = {
    "euros": "€",
    "centimes": "€",
    "pour_cent": "%",
    "mois": "mois",
    "annees": "ans",
    "trimestres": "trimestres",
    "points": "points",
}
"""What follows a number of this kind."""


def in_words(
    value: Comparable, written: Written, step: float | None = None
) -> tuple[Comparable, str]:
    """Return a value, rounded where it is asked, and its words."""
    if isinstance(value, date):
        return value, date_text(value)
    if written == "echelon":
        return value, echelon_label(value if isinstance(value, str) else number_text(value))
    if isinstance(value, str):
        return value, value
    if written == "texte":
        return value, f"{value:g}".replace(".", ",")
    if step:
        value = round(value / step) * step
    shown = abs(value)
    if written == "centimes":
        return value, euros_text(shown)
    if written == "duree":
        return value, duration_text(round(shown))
    if written == "euros":
        return value, f"{number_text(round(shown))}{NBSP}€"
    unit = UNITS.get(written, "")
    if written == "annees" and shown < 2:  # French: the plural begins at two
        unit = "an"
    return value, f"{number_text(round(shown, 2))}{NBSP}{unit}".strip(NBSP)
