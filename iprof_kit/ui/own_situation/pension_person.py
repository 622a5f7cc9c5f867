"""What a person says of herself for her pension: numbers, days, children, bonifications."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from iprof_kit.base.asked import Asked, Kind
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.calculate.pension.question import Enfant
from iprof_kit.ui.kit.fields import IN_MEMORY, chosen, read_day, read_numbers

Values = Mapping[str, str]
Numbers = Mapping[str, float | None]
CHILDREN = range(1, int(longest("enfants_a_l_ecran_retraite")) + 1)
ABROAD = {
    "hors_europe": "hors d’Europe",
    "hors_zone_origine": "hors de la zone d’origine",
    "afrique_du_nord": "ancienne Afrique du Nord",
}
WAYS = {
    "externe_experience": "externe, par l’expérience",
    "externe_diplome": "externe, par diplôme",
    "interne": "interne",
}
INVALIDITY, INVALIDITY_RATE, INCAPACITY = (
    "sensible_invalidite",
    "sensible_taux_invalidite",
    "sensible_incapacite",
)
"""Held in memory alone: see `iprof_kit.ui.kit.sensitive`."""
SERVICES = "instituteur_mois"
"""Her months as an instituteur: they may change the category of her pension."""
IN_CHARGE = "enfants_a_charge"
"""Her children in charge at the age limit: they put it off."""
LONG_CAREER = "cl_cotises"
"""Her quarters paid, without which no long career is looked at."""
AGES = (SERVICES, "instituteur_integration", "instituteur_option", IN_CHARGE)
"""What a career counts of what she told of her pension."""


def _number(
    name: str, label: str, hint: str, bounds: str, empty: str = "aucun", kind: Kind = "number"
) -> Asked:
    return Asked(name, label, kind, hint, most=int(longest(bounds)), empty=empty)


def _every() -> Iterator[Asked]:
    yield _number(
        "autres_trimestres",
        "Trimestres des autres régimes",
        "Ceux de votre relevé de carrière qui ne sont pas de fonctionnaire",
        "trimestres_d_une_vie",
    )
    yield _number(
        "enfants_nombre",
        "Nombre d’enfants",
        "Les champs de chacun suivent",
        "enfants_a_l_ecran_retraite",
    )
    yield _number(
        IN_CHARGE,
        "Enfants à charge à la limite d’âge",
        "Ils peuvent reculer cette limite",
        "enfants",
    )
    for n in CHILDREN:
        yield _number(
            f"enfant_{n}_interruption",
            f"Interruption d’activité, enfant {n}",
            "La plus longue, en mois : congé de maternité compris",
            "mois_interruption",
        )
    yield _number(
        SERVICES,
        "Services d’instituteur, en mois",
        "Ils ouvrent la catégorie active, selon leur durée",
        "mois_de_services",
    )
    yield _number(
        "sejour_mois",
        "Services civils hors d’Europe, en mois",
        "Bonification de dépaysement, congés hors du territoire déduits",
        "mois_de_services",
    )
    yield _number(
        "technique_mois",
        "Activité exigée par le concours, en mois",
        "Bonification de l’enseignement technique",
        "mois_technique",
    )
    rate = _number(
        INVALIDITY_RATE,
        "Taux de l’invalidité, en pour cent",
        f"S’il est reconnu : un minimum en dépend. {IN_MEMORY}",
        "part",
        "non indiqué",
    )
    unable = _number(
        INCAPACITY,
        "Incapacité permanente au départ, en pour cent",
        f"Le taux reconnu le jour du départ : assez élevé, il écarte la décote. {IN_MEMORY}",
        "part",
        "non indiquée",
    )
    yield from (replace(one, unit="%") for one in (rate, unable))
    yield _number(
        LONG_CAREER,
        "Carrière longue : trimestres cotisés",
        "Tous régimes ; ceux du début de carrière sont demandés ensuite",
        "trimestres_d_une_vie",
        "non",
    )
    for age in pension_choices.early_ages():
        yield _number(
            f"cl_{age}",
            f"Trimestres avant {age} ans",
            "Validés avant la fin de l’année civile de cet âge",
            "trimestres_avant_un_age",
        )
    yield _number(
        "cl_service_national",
        "Trimestres de service national",
        "Réputés cotisés, dans une limite",
        "trimestres_service_national",
    )
    yield _number(
        "rfr",
        "Revenu fiscal de référence",
        "De l’avant-dernière année : les prélèvements sociaux en dépendent",
        "euros_par_an",
        "non indiqué : CSG au taux plein",
        "decimal",
    )
    yield _number(
        "parts", "Parts fiscales", "1 si rien n’est écrit", "parts_fiscales", "1", "decimal"
    )
    yield _number(
        "rafp_points",
        "Points de RAFP",
        "RAFP : retraite additionnelle de la fonction publique",
        "points_rafp",
        "non indiqués",
    )


NUMBERS = {one.name: one for one in _every()}
"""Each number that she may type, by name: their bounds are those of the question."""


def pension_numbers(values: Values, errors: dict[str, KitError]) -> dict[str, float | None]:
    """Return every number of the form, None where nothing readable is typed."""
    return read_numbers(NUMBERS.values(), values, errors)


def read_optional_day(values: Values, name: str, errors: dict[str, KitError]) -> date | None:
    """Return the day typed in a field, None where nothing readable is."""
    typed = values.get(name, "")
    if not typed.strip():
        return None
    try:
        return read_day(typed)
    except InputError as error:
        errors[name] = error
        return None


def read_children(
    values: Values, numbers: Numbers, birth: date, today: date, errors: dict[str, KitError]
) -> tuple[Enfant, ...]:
    """Return the children whose birth is known; the others count for nothing, and are told."""
    children = []
    for n in CHILDREN[: int(numbers["enfants_nombre"] or 0)]:
        name = f"enfant_{n}_naissance"
        born = read_optional_day(values, name, errors)
        if born is None:
            continue
        if not birth < born <= today:
            errors[name] = InputError(
                "Cette naissance est impossible.", remedy="Indiquez une date passée."
            )
            continue
        children.append(
            Enfant(
                naissance=born,
                interruption_mois=int(numbers[f"enfant_{n}_interruption"] or 0),
                accouchement_apres_recrutement=values.get(f"enfant_{n}_accouchement") == "oui",
            )
        )
    return tuple(children)


def read_person(values: Values, numbers: Numbers, errors: dict[str, KitError]) -> dict[str, Any]:
    """Return what does not depend on the departure."""
    rfr, parts = numbers["rfr"], numbers["parts"] or 1
    if parts != round(parts * 4) / 4 or parts < 1:
        errors["parts"] = InputError(
            "Ce nombre de parts n’existe pas.", remedy="Recopiez celui de votre avis d’impôt."
        )
        rfr = None
    disabled = values.get(INVALIDITY) == "oui"
    typed = values.get("progressive", "")
    progressive = int(typed) if typed in progressive_shares() else None
    return {
        "trimestres_autres_regimes": _whole(numbers["autres_trimestres"]),
        "enfants_a_charge": _whole(numbers[IN_CHARGE]) or 0,
        "sejours": _abroad(values, numbers),
        "instituteur": _teacher(values, numbers, errors),
        "enseignement_technique": _technical(values, numbers, errors),
        "carriere_longue": _early(numbers),
        "foyer": None if rfr is None else {"rfr": rfr, "parts": parts},
        "rafp_points": _whole(numbers["rafp_points"]),
        "retraite_progressive_quotite": progressive,
        "rachat_etudes": values.get("rachat_etudes") == "oui",
        "invalidite": disabled,
        "taux_invalidite": numbers[INVALIDITY_RATE] if disabled else None,
        "incapacite": numbers[INCAPACITY],
    }


def progressive_shares() -> tuple[str, ...]:
    """Return the part-times of a retraite progressive, highest first."""
    return tuple(str(share) for share in law_facts.quotites() if share < 100)


def law_day(values: Values, today: date) -> date:
    """Return the day whose law is applied: today, or the last one of an earlier version."""
    for version in pension_choices.law_versions():
        if version.name == values.get("droit") and version.last_day:
            return version.last_day
    return today


def _whole(number: float | None) -> int | None:
    return None if number is None else int(number)


def _abroad(values: Values, numbers: Numbers) -> tuple[dict[str, Any], ...]:
    months = _whole(numbers["sejour_mois"])
    if not months:
        return ()
    zone = chosen(values, "sejour_zone", tuple(ABROAD))
    return ({"zone": zone, "duree_jours": pension_choices.days_of_months(months)},)


def _teacher(
    values: Values, numbers: Numbers, errors: dict[str, KitError]
) -> dict[str, Any] | None:
    months = _whole(numbers[SERVICES])
    if not months:
        return None
    return {
        "services_mois": months,
        "integration_pe_le": read_optional_day(values, "instituteur_integration", errors),
        "option_limite_age": values.get("instituteur_option") == "oui",
    }


def _technical(
    values: Values, numbers: Numbers, errors: dict[str, KitError]
) -> dict[str, Any] | None:
    months = _whole(numbers["technique_mois"])
    hired = read_optional_day(values, "technique_recrutement", errors)
    if not months:
        return None
    if hired is None:
        errors.setdefault(
            "technique_recrutement",
            InputError(
                "La date de recrutement manque.",
                remedy="Sans elle, la bonification n’est pas comptée.",
            ),
        )
        return None
    return {
        "recrutement": hired,
        "activite_exigee_mois": months,
        "voie": chosen(values, "technique_voie", tuple(WAYS)),
    }


def _early(numbers: Numbers) -> dict[str, int] | None:
    paid = _whole(numbers[LONG_CAREER])
    if paid is None:
        return None
    quarters = {"cotises": paid, "service_national": _whole(numbers["cl_service_national"]) or 0}
    for age in pension_choices.early_ages():
        quarters[f"avant_{age}_ans"] = _whole(numbers[f"cl_{age}"]) or 0
    return quarters
