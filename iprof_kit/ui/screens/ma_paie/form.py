"""The fields of « Ma paie »: what the file says, what only the person knows, with hints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from iprof_kit.base.asked import Asked, Group
from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.errors import KitError
from iprof_kit.base.reference import in_first_degree
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.ui.kit.fields import (
    FieldGroup,
    SupposedView,
    field_groups,
    fields_of,
    supposed_view,
    yes_or_no,
)
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.own_situation.pay.entry import (
    PayEntry,
    Values,
    month_of,
    part_times,
    quotites,
    years,
    zones,
)
from iprof_kit.ui.own_situation.pay.fields import HALF_PAY, LINES, SICK, STRIKE, WAITING
from iprof_kit.ui.own_situation.pay.start import PayStart
from iprof_kit.ui.screens.ma_paie.unsaid import unsaid
from iprof_kit.ui.shared import text

_FILE = "D’après votre dossier"
_PART_TIMES = {"sur_autorisation": "sur autorisation", "de_droit": "de droit"}


def pay_groups(
    values: Values, entry: PayEntry, start: PayStart, today: date
) -> tuple[FieldGroup, ...]:
    """Return the form of the situation, each field with what was typed and what is wrong."""
    asked = entry.question
    groups = (
        Group("Le mois et votre position", tuple(_place(entry, start, today)), _said(start)),
        Group(
            "Ce que votre dossier ne dit pas",
            tuple(unsaid(values, start)),
            "Rien n’est obligatoire : ce que vous laissez vide n’est pas compté.",
        ),
    )
    counted = {
        **_shown_month(values, today),
        "grade": str(asked.grade),
        "echelon": str(asked.echelon),
        "chevron": asked.chevron or "",
        "quotite": f"{asked.quotite:g}",
        "temps_partiel": asked.type_temps_partiel,
        "surcotisation": "oui" if asked.surcotisation else "non",
        "zone": str(asked.zone),
        "education_prioritaire": asked.education_prioritaire,
    }
    return field_groups(groups, {**values, **counted}, entry.errors)


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
    shown = _shown_month(values, today, suffix)
    return fields_of(_month(today, suffix), shown, errors)


def _shown_month(values: Values, today: date, suffix: str = "") -> dict[str, str]:
    shown = month_of(values, today, suffix)
    return {f"mois{suffix}": str(shown.month), f"annee{suffix}": str(shown.year)}


def _month(today: date, suffix: str = "") -> Iterator[Asked]:
    known = years(today)
    labels = ("Autre mois", "Année de l’autre mois") if suffix else ("Mois", "Année")
    hints = ("", "") if suffix else ("Celui de la paie à calculer", f"De {known[0]} à {known[-1]}")
    months = tuple((str(number), name) for number, name in enumerate(MONTHS, 1))
    yield Asked(f"mois{suffix}", labels[0], hint=hints[0], choices=months)
    listed = tuple((str(year), str(year)) for year in known)
    yield Asked(f"annee{suffix}", labels[1], hint=hints[1], choices=listed)


def bulletin_fields(values: Values, errors: Mapping[str, KitError]) -> tuple[Field, ...]:
    """Return the lines of the real payslip that may be typed."""
    return fields_of(LINES.values(), values, errors)


def _place(entry: PayEntry, start: PayStart, today: date) -> Iterator[Asked]:
    asked, own = entry.question, start.standing
    corps, grade, echelon = own.corps, str(asked.grade), str(asked.echelon)

    def hint(name: str, in_file: str) -> str:
        same = (getattr(own, name) or "") == (getattr(asked, name) or "")
        return _FILE if same else f"Votre dossier dit : {in_file}"

    yield from _month(today)
    yield Asked(
        "grade",
        "Grade",
        hint=hint("grade", text.grade_words(own.grade)),
        choices=tuple((g, text.grade_words(g) or "grade unique") for g in law_facts.grades(corps)),
    )
    yield Asked(
        "echelon",
        "Échelon",
        hint=hint("echelon", text.echelon_label(own.echelon)),
        choices=tuple((e, text.echelon_label(e)) for e in law_facts.echelons(corps, grade)),
    )
    if chevrons := law_facts.chevrons(corps, grade, echelon):
        in_file = hint("chevron", own.chevron or "aucun chevron")
        yield Asked("chevron", "Chevron", hint=in_file, choices=tuple((c, c) for c in chevrons))
    shares = sorted(map(float, quotites(start)), reverse=True)
    same = f"{asked.quotite:g}" == str(start.quotite)
    yield Asked(
        "quotite",
        "Temps de travail",
        hint=_FILE if same else f"Votre dossier dit : {start.quotite} %",
        choices=tuple((f"{share:g}", text.percent(share)) for share in shares),
    )
    if asked.quotite >= 100:
        return
    yield Asked(
        "temps_partiel",
        "Nature du temps partiel",
        hint=_FILE if asked.type_temps_partiel == start.part_time else "Changé par vous",
        choices=tuple((k, _PART_TIMES[k]) for k in sorted(part_times(start), reverse=True)),
    )
    yield yes_or_no(
        "surcotisation",
        "Surcotisation pour la pension",
        "Retenue de plus, demandée avec le temps partiel",
    )
    if asked.surcotisation:
        yield Asked(
            "surcotisation_demande",
            "Demande de surcotisation",
            "day",
            "Jour, mois, année : le taux de l’employeur est celui de ce jour ; à défaut, "
            "celui du mois",
            empty="non indiquée",
        )


def months_around(shown: date, today: date) -> tuple[date | None, date | None]:
    """Return the months before and after the one shown, where they may be calculated."""
    before, after = _moved(shown, -1), _moved(shown, 1)
    known = years(today)
    return before if before.year in known else None, after if after.year in known else None


def month_fields_of(value: str, today: date) -> dict[str, str]:
    """Return the fields of a month that a switch names; {} where it names none."""
    year, _, month = value.partition("-")
    known = month.isdecimal() and year in map(str, years(today)) and 1 <= int(month) <= 12
    return {"mois": str(int(month)), "annee": year} if known else {}


def _moved(month: date, by: int) -> date:
    count = month.year * 12 + month.month - 1 + by
    return date(count // 12, count % 12 + 1, 1)


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
        return ""

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
