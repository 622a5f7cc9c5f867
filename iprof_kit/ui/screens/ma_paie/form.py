"""The fields of « Ma paie »: what the file says, what only the person knows, with hints."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.errors import KitError
from iprof_kit.calculate.guides import law_facts
from iprof_kit.ui.fields.typed_fields import FieldGroup, FieldMaker
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pay_entry import (
    PayEntry,
    Values,
    month_of,
    part_times,
    quotites,
    years,
)
from iprof_kit.ui.own_situation.pay_start import PayStart
from iprof_kit.ui.screens.ma_paie.unsaid import unsaid_fields
from iprof_kit.ui.shared import text

_FILE = "D’après votre dossier"
_PART_TIMES = {"sur_autorisation": "sur autorisation", "de_droit": "de droit"}
BULLETIN_FIELDS = (
    ("traitement", "Traitement brut", "La première ligne de la colonne « à payer »"),
    ("brut", "Total brut", "Le total de la colonne « à payer »"),
    ("net", "Net à payer avant impôt sur le revenu", "La ligne qui précède l’impôt"),
    ("paye", "Net à payer", "Ce qui a été viré, une fois l’impôt prélevé"),
)


def pay_groups(
    values: Values, entry: PayEntry, start: PayStart, today: date
) -> tuple[FieldGroup, ...]:
    """Return the form of the situation, each field with what was typed and what is wrong."""
    made = FieldMaker(values, entry.errors)
    return (
        FieldGroup("Le mois et votre position", _said(start), _place(made, entry, start, today)),
        FieldGroup(
            "Ce que votre dossier ne dit pas",
            "Rien n’est obligatoire : ce que vous laissez vide n’est pas compté.",
            unsaid_fields(made, entry, start),
        ),
    )


def _said(start: PayStart) -> str:
    if start.coming:
        return (
            "Mois à venir : la position est celle que donne l’avancement d’échelon de plein droit."
        )
    return f"Préremplis d’après votre dossier, pour {text.month(start.month)}."


def month_fields(
    values: Values, today: date, errors: Mapping[str, KitError], suffix: str = ""
) -> tuple[Field, ...]:
    """Return the two lists of a month."""
    shown = month_of(values, today, suffix)
    made, known = FieldMaker(values, errors), years(today)
    labels = ("Autre mois", "Année de l’autre mois") if suffix else ("Mois", "Année")
    hints = ("", "") if suffix else ("Celui de la paie à calculer", f"De {known[0]} à {known[-1]}")
    months = ((str(number), name) for number, name in enumerate(MONTHS, 1))
    listed = ((str(year), str(year)) for year in known)
    return (
        made.listed(f"mois{suffix}", labels[0], months, str(shown.month), hints[0]),
        made.listed(f"annee{suffix}", labels[1], listed, str(shown.year), hints[1]),
    )


def bulletin_fields(values: Values, errors: Mapping[str, KitError]) -> tuple[Field, ...]:
    """Return the lines of the real payslip that may be typed."""
    made = FieldMaker(values, errors)
    return tuple(
        made.typed(f"lu_{name}", label, hint, decimal=True) for name, label, hint in BULLETIN_FIELDS
    )


def _place(made: FieldMaker, entry: PayEntry, start: PayStart, today: date) -> tuple[Field, ...]:
    asked, own = entry.question, start.standing
    corps, grade, echelon = own.corps, str(asked.grade), str(asked.echelon)
    kept = {"grade": own.grade, "echelon": own.echelon, "chevron": own.chevron or ""}
    grades = ((g, text.grade_words(g) or "grade unique") for g in law_facts.grades(corps))
    echelons = ((e, text.echelon_label(e)) for e in law_facts.echelons(corps, grade))
    chevrons = law_facts.chevrons(corps, grade, echelon)
    hints = {
        name: _FILE
        if kept[name] == (getattr(asked, name) or "")
        else f"Votre dossier dit : {in_file}"
        for name, in_file in (
            ("grade", text.grade_words(own.grade)),
            ("echelon", text.echelon_label(own.echelon)),
            ("chevron", own.chevron or "aucun chevron"),
        )
    }
    fields = [
        *month_fields(made.values, today, made.errors),
        made.listed("grade", "Grade", grades, grade, hints["grade"]),
        made.listed("echelon", "Échelon", echelons, echelon, hints["echelon"]),
    ]
    if chevrons:
        pairs = ((c, c) for c in chevrons)
        fields.append(
            made.listed("chevron", "Chevron", pairs, asked.chevron or "", hints["chevron"])
        )
    shares = sorted(map(float, quotites(start)), reverse=True)
    pairs = ((f"{share:g}", text.percent(share)) for share in shares)
    share = f"{asked.quotite:g}"
    in_file = _FILE if share == str(start.quotite) else f"Votre dossier dit : {start.quotite} %"
    fields.append(made.listed("quotite", "Temps de travail", pairs, share, in_file))
    if asked.quotite < 100:
        kinds = ((kind, _PART_TIMES[kind]) for kind in sorted(part_times(start), reverse=True))
        fields.append(
            made.listed(
                "temps_partiel",
                "Nature du temps partiel",
                kinds,
                asked.type_temps_partiel,
                _FILE if asked.type_temps_partiel == start.part_time else "Changé par vous",
            )
        )
        fields.append(
            made.yes_no(
                "surcotisation",
                "Surcotisation pour la pension",
                asked.surcotisation,
                "Retenue de plus, demandée avec le temps partiel",
            )
        )
        if asked.surcotisation:
            fields.append(
                made.typed(
                    "surcotisation_demande",
                    "Demande de surcotisation",
                    "Jour, mois, année : le taux de l’employeur est celui de ce jour ; à défaut, "
                    "celui du mois",
                )
            )
    return tuple(fields)
