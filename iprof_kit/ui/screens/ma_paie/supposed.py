"""What the calculation of a pay supposes: which lines matter to whom, and their words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.ui.kit.fields import SupposedView, supposed_view
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pay_entry import (
    ABSENCES,
    HALF_PAY,
    SICK,
    STRIKE,
    WAITING,
    zones,
)
from iprof_kit.ui.own_situation.pay_start import PayStart
from iprof_kit.ui.shared import text

_NO_VALUE = {
    "taux_pas": "non indiqué",
    "brut_2017": "non indiquée",
    "ces_2017": "non indiquée",
    "brut_premier_mois": "non indiqué",
    "naissances_enfants": "non indiquées",
    "surcotisation_demande": "non indiquée",
    "psc_retenue": "non indiquée",
    "pacte": "aucune",
    "hsa": "aucune",
    "hse": "aucune",
    "direction_classes": "aucune",
    **dict.fromkeys(ABSENCES, "aucun"),
}
"""What is written where nothing is typed; « aucun » for the others."""
_UNITS = {"taux_pas": "%", "abonnement_transport": "€", "psc_retenue": "€", "brut_2017": "€"}
_SHORT = {
    "direction_classes": "direction",
    "pacte": "Pacte",
    "hsa": "HSA",
    "hse": "HSE",
    "nbi": "NBI",
    "prime_1": "autres primes",
    "abonnement_transport": "transports",
    "education_prioritaire": "éducation prioritaire",
    "nomme_avant_2018": "en poste avant 2018",
    STRIKE: "grève",
    WAITING: "carence",
    SICK: "maladie",
    HALF_PAY: "traitement réduit",
}


def pay_supposed(
    fields: Iterable[Field], question: PayQuestion, start: PayStart, today: date
) -> SupposedView:
    """Return what is supposed: the same six lines for a file, whatever is typed."""

    def words(name: str, value: str) -> str:
        if name == "echelon":
            return text.position_label(str(question.grade), str(question.echelon), question.chevron)
        if name == "enfants" and not value and question.naissances_enfants:
            return f"{len(question.naissances_enfants)}, d’après leurs naissances"
        if name == "direction_classes" and not value and start.head:
            return "à indiquer"
        if not value:
            return _NO_VALUE.get(name, "")
        number = value.replace(",", "").replace(".", "").isdecimal()
        return f"{value} {_UNITS[name]}" if number and name in _UNITS else ""

    return supposed_view(fields, _by_relevance(start), _as_filed(start, today), words, _SHORT)


def _by_relevance(start: PayStart) -> tuple[str, ...]:
    """Return names of fields, the ones that most often change this person's pay first."""
    corps, known = start.standing.corps, start.priority != "aucune"
    ranked = (
        ("direction_classes", start.head),
        ("education_prioritaire", known or in_first_degree(corps)),
        ("hsa", not in_first_degree(corps)),
        ("psc", True),
        ("education_prioritaire", True),
    )
    first, *others = dict.fromkeys(name for name, wanted in ranked if wanted)
    return ("echelon", "quotite", "zone", "enfants", first, "taux_pas", *others)


def _as_filed(start: PayStart, today: date) -> Mapping[str, str]:
    own = start.standing
    return {
        "mois": str(today.month),
        "annee": str(today.year),
        "grade": own.grade,
        "echelon": own.echelon,
        "chevron": own.chevron or "",
        "quotite": f"{start.quotite:g}",
        "temps_partiel": start.part_time,
        "surcotisation": "non",
        "zone": zones(start)[0],
        "education_prioritaire": start.priority,
        "primes_usuelles": "oui",
        "direction_interim": "non",
        "psc": "oui",
        "nomme_avant_2018": "oui" if start.before_2018 else "non",
    }
