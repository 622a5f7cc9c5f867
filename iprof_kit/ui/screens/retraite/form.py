"""The fields of « Retraite »: dates to compare, and what no file says."""

from __future__ import annotations

from collections.abc import Iterable

from iprof_kit.base.reference import in_first_degree, those, unsure
from iprof_kit.calculate.pension import choices as pension_choices
from iprof_kit.ui.fields.forms import chosen
from iprof_kit.ui.fields.typed_fields import IN_MEMORY, FieldGroup, FieldMaker
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pension_person import (
    ABROAD,
    CHILDREN,
    INCAPACITY,
    INVALIDITY,
    INVALIDITY_RATE,
    WAYS,
    progressive_shares,
)
from iprof_kit.ui.own_situation.positions import unpaid_note
from iprof_kit.ui.screens.retraite.entry import (
    AS_TODAY,
    BY_SENIORITY,
    DEPARTURES,
    PensionEntry,
    Start,
    Values,
    quotites,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, joined, worded

_NO_LAW = "aujourdhui"
_DAY = "Jour, mois, année : 01/09/2050."


def pension_groups(values: Values, entry: PensionEntry, start: Start) -> tuple[FieldGroup, ...]:
    """Return the form, each field with what was typed and what is wrong."""
    made = FieldMaker(values, entry.errors)
    return (
        FieldGroup("Les dates à comparer", _dates_note(entry), tuple(_dates(made))),
        FieldGroup(
            "Votre fin de carrière",
            "La date de naissance, le corps et les positions viennent de votre dossier.",
            _career(made, start),
        ),
        FieldGroup(
            "Vos autres droits",
            "Rien n’est obligatoire ; sans les trimestres des autres régimes, la décote n’est pas "
            "calculée.",
            (*_rights(made), *_children(made)),
        ),
        FieldGroup(
            "Cas particuliers",
            "Laissez vide ce qui ne vous concerne pas.",
            (*_special(made, start), *_long_career(made)),
        ),
        FieldGroup("Invalidité ou incapacité", IN_MEMORY, tuple(_health(made))),
        FieldGroup("Du brut au net", "", _net(made)),
    )


def _dates_note(entry: PensionEntry) -> str:
    if not entry.proposed:
        return ""
    days = [
        figure(text.day(day), "departure.compared", day, letter)
        for letter, day in zip("ABCD", entry.departures.values(), strict=False)
    ]
    return worded("Tant que rien n’est saisi, le kit compare : {}.", joined(", ", days))


def _dates(made: FieldMaker) -> Iterable[Field]:
    hint = f"{_DAY} {pension_choices.rule_sentence('effect_date').rstrip('.')}"
    for number in DEPARTURES:
        yield made.typed(f"depart_{number}", f"Date de départ {'ABCD'[number - 1]}", hint)


def _career(made: FieldMaker, start: Start) -> tuple[Field, ...]:
    values = made.values
    ends = (
        (BY_SENIORITY, "par l’avancement"),
        (AS_TODAY, "aujourd’hui"),
    )
    shares = sorted(map(int, quotites(start)), reverse=True)
    versions = [(_NO_LAW, "celui d’aujourd’hui")] + [
        (v.name, f"celui connu le {text.day(v.last_day)}")
        for v in pension_choices.law_versions()
        if v.last_day and v.last_day < start.today
    ]
    return (
        made.listed(
            "fin",
            "Position au départ",
            ends,
            chosen(values, "fin", (BY_SENIORITY, AS_TODAY)),
            "Aucune promotion de grade n’est supposée",
        ),
        made.listed(
            "quotite",
            "Temps de travail d’ici au départ",
            ((str(s), f"{s} %") for s in shares),
            chosen(values, "quotite", quotites(start)),
            unpaid_note(start.dossier, start.today)
            or f"Votre dossier dit aujourd’hui : {start.quotite} %",
        ),
        made.listed(
            "droit",
            "Droit appliqué",
            versions,
            chosen(values, "droit", tuple(name for name, _ in versions)),
            "Un autre jour est une hypothèse : le droit d’alors, non celui qui vous sera appliqué",
        ),
    )


def _rights(made: FieldMaker) -> tuple[Field, ...]:
    return (
        made.typed(
            "autres_trimestres",
            "Trimestres des autres régimes",
            "Ceux de votre relevé de carrière qui ne sont pas de fonctionnaire",
        ),
        made.typed("enfants_nombre", "Nombre d’enfants", "Les champs de chacun suivent"),
        made.typed(
            "enfants_a_charge",
            "Enfants à charge à la limite d’âge",
            "Ils peuvent reculer cette limite",
        ),
    )


def _children(made: FieldMaker) -> Iterable[Field]:
    typed = made.values.get("enfants_nombre", "").strip()
    count = int(typed) if typed.isdecimal() and len(typed) < 3 else 0
    for n in CHILDREN[:count]:
        yield made.typed(
            f"enfant_{n}_naissance", f"Naissance, enfant {n}", "Jour, mois, année ; ou adoption"
        )
        yield made.typed(
            f"enfant_{n}_interruption",
            f"Interruption d’activité, enfant {n}",
            "La plus longue, en mois : congé de maternité compris",
        )
        current = made.values.get(f"enfant_{n}_accouchement") == "oui"
        yield made.yes_no(
            f"enfant_{n}_accouchement",
            f"Accouchement après recrutement, enfant {n}",
            current,
            "« oui » pour la mère, recrutée avant la naissance",
        )


def _special(made: FieldMaker, start: Start) -> Iterable[Field]:
    values = made.values
    if in_first_degree(start.dossier.corps):
        yield made.typed(
            "instituteur_mois",
            "Services d’instituteur, en mois",
            "Ils ouvrent la catégorie active, selon leur durée",
        )
        if values.get("instituteur_mois", "").strip():
            yield made.typed(
                "instituteur_integration",
                "Intégration, professeurs des écoles",
                "Jour, mois, année",
            )
            yield made.yes_no(
                "instituteur_option",
                "Option pour la limite d’âge des instituteurs",
                values.get("instituteur_option") == "oui",
            )
    yield made.typed(
        "sejour_mois",
        "Services civils hors d’Europe, en mois",
        "Bonification de dépaysement, congés hors du territoire déduits",
    )
    if values.get("sejour_mois", "").strip():
        yield made.listed(
            "sejour_zone", "Où", ABROAD.items(), chosen(values, "sejour_zone", tuple(ABROAD))
        )
    if start.dossier.corps in those("enseignement_technique"):
        yield made.typed(
            "technique_mois",
            "Activité exigée par le concours, en mois",
            "Bonification de l’enseignement technique"
            + (", à vérifier" if unsure("enseignement_technique", start.dossier.corps) else ""),
        )
        if values.get("technique_mois", "").strip():
            yield made.typed("technique_recrutement", "Date de recrutement", "Jour, mois, année")
            yield made.listed(
                "technique_voie",
                "Concours",
                WAYS.items(),
                chosen(values, "technique_voie", tuple(WAYS)),
            )


def _health(made: FieldMaker) -> Iterable[Field]:
    """Yield what is held in memory alone: nothing of it is kept."""
    disabled = made.values.get(INVALIDITY) == "oui"
    yield made.yes_no(
        INVALIDITY,
        "Retraite pour invalidité",
        disabled,
        f"Prononcée après l’avis du conseil médical. {IN_MEMORY}",
    )
    if disabled:
        yield made.typed(
            INVALIDITY_RATE,
            "Taux de l’invalidité, en pour cent",
            f"S’il est reconnu : un minimum en dépend. {IN_MEMORY}",
        )
    yield made.typed(
        INCAPACITY,
        "Incapacité permanente au départ, en pour cent",
        f"Le taux reconnu le jour du départ : assez élevé, il écarte la décote. {IN_MEMORY}",
    )


def _long_career(made: FieldMaker) -> Iterable[Field]:
    yield made.typed(
        "cl_cotises",
        "Carrière longue : trimestres cotisés",
        "Tous régimes ; ceux du début de carrière sont demandés ensuite",
    )
    if made.values.get("cl_cotises", "").strip():
        for age in pension_choices.early_ages():
            yield made.typed(
                f"cl_{age}",
                f"Trimestres avant {age} ans",
                "Validés avant la fin de l’année civile de cet âge",
            )
        yield made.typed(
            "cl_service_national",
            "Trimestres de service national",
            "Réputés cotisés, dans une limite",
        )
    shares = [("", "non"), *((s, f"à {s} %") for s in progressive_shares())]
    yield made.listed(
        "progressive",
        "Retraite progressive à ces dates",
        shares,
        made.values.get("progressive", ""),
        "Une part de la pension avec un temps partiel",
    )
    yield made.yes_no(
        "rachat_etudes",
        "Rachat d’années d’études envisagé",
        made.values.get("rachat_etudes") == "oui",
        "Son coût et son effet ne sont pas calculés : le kit dit à qui les demander",
    )


def _net(made: FieldMaker) -> tuple[Field, ...]:
    return (
        made.typed(
            "rfr",
            "Revenu fiscal de référence",
            "De l’avant-dernière année : les prélèvements sociaux en dépendent",
            decimal=True,
        ),
        made.typed("parts", "Parts fiscales", "1 si rien n’est écrit", decimal=True),
        made.typed(
            "rafp_points",
            "Points de RAFP",
            "RAFP : retraite additionnelle de la fonction publique",
        ),
    )
