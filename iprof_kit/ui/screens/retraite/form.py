"""The fields of « Retraite »: dates to compare, and what no file says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from iprof_kit.base.asked import Asked, Group
from iprof_kit.base.reference import in_first_degree, those, unsure
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.ui.kit.fields import (
    IN_MEMORY,
    FieldGroup,
    SupposedView,
    field_groups,
    supposed_view,
    yes_or_no,
)
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pension_person import (
    ABROAD,
    CHILDREN,
    IN_CHARGE,
    INCAPACITY,
    INVALIDITY,
    INVALIDITY_RATE,
    LONG_CAREER,
    NUMBERS,
    SERVICES,
    WAYS,
    progressive_shares,
)
from iprof_kit.ui.own_situation.positions import resumption, unpaid_note
from iprof_kit.ui.screens.retraite.entry import (
    AS_TODAY,
    BY_SENIORITY,
    DEPARTURES,
    PensionEntry,
    PensionStart,
    Values,
    quotites,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded

_NO_LAW = "aujourdhui"
_DAY = "Jour, mois, année : 01/09/2050."


def pension_groups(
    values: Values, entry: PensionEntry, start: PensionStart
) -> tuple[FieldGroup, ...]:
    """Return the form, each field with what was typed and what is wrong."""
    groups = (
        Group("Les dates à comparer", tuple(_dates()), _dates_note(entry)),
        Group(
            "Votre fin de carrière",
            tuple(_career(start)),
            "La date de naissance, le corps et les positions viennent de votre dossier.",
        ),
        Group(
            "Vos autres droits",
            (*_RIGHTS, *_children(values)),
            "Rien n’est obligatoire ; sans les trimestres des autres régimes, la décote n’est pas "
            "calculée.",
        ),
        Group(
            "Cas particuliers",
            (*_special(values, start), *_long_career(values)),
            "Laissez vide ce qui ne vous concerne pas.",
        ),
        Group("Invalidité ou incapacité", tuple(_health(values)), IN_MEMORY),
        Group("Du brut au net", _NET),
    )
    return field_groups(groups, values, entry.errors)


def _dates_note(entry: PensionEntry) -> str:
    if not entry.proposed:
        return ""
    days = [
        figure(text.day(day), "departure.compared", day, letter)
        for letter, day in zip("ABCD", entry.departures.values(), strict=False)
    ]
    return worded("Tant que rien n’est saisi, le kit compare : {}.", joined(", ", days))


def _dates() -> Iterator[Asked]:
    hint = f"{_DAY} {pension_choices.rule_sentence('effect_date').rstrip('.')}"
    for number in DEPARTURES:
        yield Asked(f"depart_{number}", f"Date de départ {'ABCD'[number - 1]}", "day", hint)


def _career(start: PensionStart) -> Iterator[Asked]:
    yield Asked(
        "fin",
        "Position au départ",
        hint="Aucune promotion de grade n’est supposée",
        choices=((BY_SENIORITY, "par l’avancement"), (AS_TODAY, "aujourd’hui")),
    )
    yield Asked(
        "quotite",
        "Temps de travail d’ici au départ",
        hint=unpaid_note(start.dossier, start.today)
        or resumption(start.dossier, start.today)
        or f"Votre dossier dit aujourd’hui : {start.quotite} %",
        choices=tuple((f"{s}", f"{s} %") for s in sorted(map(int, quotites(start)), reverse=True)),
        default=quotites(start)[0],
    )
    versions = (
        (v.name, f"celui connu le {text.day(v.last_day)}")
        for v in pension_choices.law_versions()
        if v.last_day and v.last_day < start.today
    )
    yield Asked(
        "droit",
        "Droit appliqué",
        hint="Un autre jour est une hypothèse : le droit d’alors, non celui qui vous sera appliqué",
        choices=((_NO_LAW, "celui d’aujourd’hui"), *versions),
    )


_RIGHTS = tuple(NUMBERS[name] for name in ("autres_trimestres", "enfants_nombre", IN_CHARGE))
_NET = tuple(NUMBERS[name] for name in ("rfr", "parts", "rafp_points"))


def _children(values: Values) -> Iterator[Asked]:
    typed = values.get("enfants_nombre", "").strip()
    count = int(typed) if typed.isdecimal() and len(typed) < 3 else 0
    for n in CHILDREN[:count]:
        yield Asked(
            f"enfant_{n}_naissance",
            f"Naissance, enfant {n}",
            "day",
            "Jour, mois, année ; ou adoption",
        )
        yield NUMBERS[f"enfant_{n}_interruption"]
        yield yes_or_no(
            f"enfant_{n}_accouchement",
            f"Accouchement après recrutement, enfant {n}",
            "« oui » pour la mère, recrutée avant la naissance",
        )


def _special(values: Values, start: PensionStart) -> Iterator[Asked]:
    if in_first_degree(start.dossier.corps):
        yield NUMBERS[SERVICES]
        if values.get("instituteur_mois", "").strip():
            yield Asked(
                "instituteur_integration",
                "Intégration, professeurs des écoles",
                "day",
                "Jour, mois, année",
            )
            yield yes_or_no("instituteur_option", "Option pour la limite d’âge des instituteurs")
    yield NUMBERS["sejour_mois"]
    if values.get("sejour_mois", "").strip():
        yield Asked("sejour_zone", "Où", choices=tuple(ABROAD.items()))
    if start.dossier.corps in those("enseignement_technique"):
        asked = NUMBERS["technique_mois"]
        if unsure("enseignement_technique", start.dossier.corps):
            asked = replace(asked, hint=f"{asked.hint}, à vérifier")
        yield asked
        if values.get("technique_mois", "").strip():
            yield Asked("technique_recrutement", "Date de recrutement", "day", "Jour, mois, année")
            yield Asked("technique_voie", "Concours", choices=tuple(WAYS.items()))


def _health(values: Values) -> Iterator[Asked]:
    """Yield what is held in memory alone: nothing of it is kept."""
    yield yes_or_no(
        INVALIDITY,
        "Retraite pour invalidité",
        f"Prononcée après l’avis du conseil médical. {IN_MEMORY}",
    )
    if values.get(INVALIDITY) == "oui":
        yield NUMBERS[INVALIDITY_RATE]
    yield NUMBERS[INCAPACITY]


def _long_career(values: Values) -> Iterator[Asked]:
    yield NUMBERS[LONG_CAREER]
    if values.get("cl_cotises", "").strip():
        for age in pension_choices.early_ages():
            yield NUMBERS[f"cl_{age}"]
        yield NUMBERS["cl_service_national"]
    yield Asked(
        "progressive",
        "Retraite progressive à ces dates",
        hint="Une part de la pension avec un temps partiel",
        choices=(("", "non"), *((s, f"à {s} %") for s in progressive_shares())),
    )
    yield yes_or_no(
        "rachat_etudes",
        "Rachat d’années d’études envisagé",
        "Son coût et son effet ne sont pas calculés : le kit dit à qui les demander",
    )


ASKED = "autres_trimestres"
"""The only thing that no file says and that every amount needs."""
LEVERS = ("quotite", "fin")
_FIRST = ("depart_1", "depart_2", "depart_3", "enfants_nombre", "rfr", "cl_cotises")
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
        return ""

    others = [field for field in fields if field.name not in beside]
    return supposed_view(others, _FIRST, _AS_FILED, words, _SHORT)
