"""The form of one supposed event, read with its errors; what every scenario starts from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from iprof_kit.base.asked import Asked, Choices, Kind
from iprof_kit.base.calendar import axis_of, rentree, rentree_day
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.base.reference import those
from iprof_kit.calculate.et_si.events import PROMOTIONS
from iprof_kit.calculate.et_si.naming import NATURES
from iprof_kit.calculate.et_si.question import FIELDS, EtSiQuestion, Evenement
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.bounds import bounds
from iprof_kit.ui.kit.fields import read_day, shown
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.screens.et_si.essais import MOST_CHILDREN, ZONES
from iprof_kit.ui.shared import text

CHANGE = "changement_corps"
_YEARS_OFFERED = 30
_ZONES = tuple((str(zone), f"Zone {zone}") for zone in ZONES)
_DATE = "jj/mm/aaaa, par exemple 01/09/2028"
_BEGIN = {
    "retraite": ("Date de départ", "Premier jour qui n’est plus en activité, jj/mm/aaaa"),
    "droit_du": ("Droit en vigueur le", "Une date passée, jj/mm/aaaa"),
    "projet_durees": ("Dès le", _DATE),
    CHANGE: ("Date du changement", _DATE),
    "mutation": ("Dès le", _DATE),
}


def fields_of(
    values: Mapping[str, str],
    errors: Mapping[str, KitError],
    corps: str,
    today: date,
    since: date | None = None,
) -> tuple[Field, ...]:
    """Return the form of an event: its nature, then what that nature needs.

    `since` is the day from which a past promotion may be supposed otherwise.
    """
    nature = nature_of(values)
    fields = [
        Field("nature", "Quoi", choices=tuple(NATURES.items()), value=nature),
        *(
            _year(values, today, since)
            if name == "debut" and nature in PROMOTIONS
            else _field(name, nature, values, errors, corps)
            for name in FIELDS[nature]
        ),
    ]
    return tuple(fields)


def changes_of(corps: str) -> dict[str, str]:
    """Return the other corps that the kit knows, by code, with their names."""
    return {code: name for code, name in law_facts.corps_names().items() if code != corps}


def nature_of(values: Mapping[str, str]) -> str:
    """Return the nature chosen; the first one where it is none."""
    nature = values.get("nature", "")
    return nature if nature in NATURES else next(iter(NATURES))


def values_of(event: Evenement) -> dict[str, str]:
    """Return what the form shows of an event."""
    shown = {
        "nature": event.nature,
        "debut": text.typed_day(event.debut),
        "fin": text.typed_day(event.fin),
    }
    for name in ("quotite", "classes", "reseau", "corps", "zone", "echelon"):
        value = getattr(event, name)
        if value is not None:
            shown[name] = str(value)
    if event.nature in PROMOTIONS and event.debut is not None:
        shown["annee"] = str(event.debut.year)
    return shown


def read_event(
    values: Mapping[str, str], corps: str, today: date, since: date | None = None
) -> tuple[Evenement | None, dict[str, KitError]]:
    """Return the event typed, or None and what is wrong with each field."""
    nature = nature_of(values)
    read: dict[str, Any] = {"nature": nature}
    errors: dict[str, KitError] = {}
    for name in FIELDS[nature]:
        try:
            if name == "debut" and nature in PROMOTIONS:
                read[name] = _september(values, today, since)
            else:
                read[name] = _value(name, values, corps)
        except InputError as error:
            errors["annee" if name == "debut" and nature in PROMOTIONS else name] = error
    begin, end = read.get("debut"), read.get("fin")
    if begin is not None and end is not None and end < begin:
        errors["fin"] = InputError(
            f"Le {text.day(end)} vient avant le premier jour.",
            remedy="Corrigez l’une des deux dates.",
        )
    return (None, errors) if errors else (Evenement(**read), {})


def _september(values: Mapping[str, str], today: date, since: date | None) -> date:
    year = values.get("annee", "")
    known = year.isdigit() and int(year) in _years(today, since)
    return rentree_day(int(year) if known else today.year + 1)


def _value(name: str, values: Mapping[str, str], corps: str) -> date | int | str | None:
    typed = values.get(name, "").strip()
    if name == "debut":
        return read_day(typed)
    if name == "fin":
        return read_day(typed) if typed else None
    if name == "classes":
        return _classes(typed)
    known = [code for code, _ in _choices(name, corps)]
    if not known:
        raise InputError(
            "Les tables ne disent rien de tel pour votre corps.",
            remedy="Choisissez un autre événement.",
        )
    chosen_value = typed if typed in known else known[0]
    return int(chosen_value) if name in ("quotite", "zone") else chosen_value


def _classes(typed: str) -> int:
    least, most = bounds("classes")
    if not typed.isdecimal() or not least <= int(typed) <= most:
        raise InputError(
            "Le nombre de classes n’est pas lisible.", remedy="Écrivez un nombre, par exemple 6."
        )
    return int(typed)


def _year(values: Mapping[str, str], today: date, since: date | None) -> Field:
    """Return the year of a promotion; a past one is a decision supposed otherwise."""
    years = tuple(
        (str(year), f"1er sept. {year}{' (passée)' if _past(year, today) else ''}")
        for year in _years(today, since)
    )
    chosen = values.get("annee") or str(today.year + 1)
    return Field("annee", "Dès le", choices=years, value=chosen)


def _field(
    name: str, nature: str, values: Mapping[str, str], errors: Mapping[str, KitError], corps: str
) -> Field:
    if name in ("debut", "fin", "classes"):
        return _typed(name, nature, values, errors)
    labels = {
        "quotite": "Temps de travail", "reseau": "Réseau", "corps": "Corps d’accueil",
        "zone": "Zone d’indemnité de résidence", "echelon": "Échelon",
    }  # fmt: skip
    return Field(
        name,
        labels[name],
        hint=_ZONE_HINT if name == "zone" else "",
        choices=_choices(name, corps),
        default=_proposed(name),
        value=values.get(name, ""),
    )


_ZONE_HINT = "La zone 1 donne le plus, la zone 3 ne donne rien. Le bulletin de paie la dit."


def _typed(
    name: str, nature: str, values: Mapping[str, str], errors: Mapping[str, KitError]
) -> Field:
    label, hint = {
        "debut": _BEGIN.get(nature, ("Dès le", _DATE)),
        "fin": ("Dernier jour", "Sans date : jusqu’au départ"),
        "classes": ("Nombre de classes de l’école", ""),
    }[name]
    kind: Kind = "number" if name == "classes" else "text"
    asked = Asked(name, label, kind, hint, needed=name != "fin")
    return shown(asked, values.get(name, ""), errors.get(name))


def _proposed(name: str) -> str:
    """Return what a list shows before anything is chosen; "" for its first choice."""
    if name == "corps":
        return next(iter(those("changement_propose")))
    return "80" if name == "quotite" else ""


def _choices(name: str, corps: str) -> Choices:
    match name:
        case "quotite":
            return tuple((str(q), f"{q}{text.NBSP}%") for q in law_facts.quotites(corps))
        case "reseau":
            return (("REP", "REP"), ("REP+", "REP+"))
        case "corps":
            return tuple(changes_of(corps).items())
        case "zone":
            return _ZONES
        case _:
            shortened = law_facts.shortened_echelons(corps)
            return tuple((one, text.echelon_label(one)) for one in shortened)


def _years(today: date, since: date | None) -> range:
    """Return the years of a promotion: those to come, and those past since the échelon held."""
    first = today.year + 1
    if since is not None:
        first = min(first, since.year + int(axis_of(since) >= rentree(since.year)))
    return range(first, today.year + 1 + _YEARS_OFFERED)


def _past(year: int, today: date) -> bool:
    return rentree(year) <= axis_of(today)


def base_fields(asked: EtSiQuestion) -> tuple[Field, ...]:
    """Return what the file does not say: zone and children."""
    children = ((str(n), "Aucun" if n == 0 else str(n)) for n in range(MOST_CHILDREN + 1))
    return (
        Field(
            "zone",
            "Votre zone d’indemnité de résidence aujourd’hui",
            hint="Votre bulletin de paie la dit ; en zone 3, il n’y a pas d’indemnité.",
            choices=_ZONES,
            value=str(asked.zone),
        ),
        Field(
            "enfants",
            "Enfants ouvrant droit au supplément familial",
            choices=tuple(children),
            value=str(asked.enfants),
        ),
    )


def base_words(asked: EtSiQuestion) -> str:
    """Return « zone 3, sans enfant à charge »."""
    many = asked.enfants
    children = f"{many} enfant{'s' if many > 1 else ''}" if many else "sans enfant"
    return f"zone {asked.zone}, {children} à charge"


def base_told(asked: EtSiQuestion, where: str) -> str:
    """Return what today’s pay has besides, by the file or by what she told; "" for nothing."""
    paid = asked.paie
    counted = []
    if asked.outre_mer:
        counted.append(f"la majoration de votre poste ({asked.outre_mer.partition(' (')[0]})")
    if paid is not None and paid.education_prioritaire != "aucune":
        counted.append(f"l’indemnité {paid.education_prioritaire}")
    if paid is not None and paid.direction_classes:
        counted.append(f"la direction d’une école de {paid.direction_classes} classes")
    sentences = [f"Comptés aujourd’hui : {', '.join(counted)}."] if counted else []
    if where:
        sentences.append(f"Ce que vous avez indiqué dans {where} est compté, et se change là-bas.")
    return " ".join(sentences)
