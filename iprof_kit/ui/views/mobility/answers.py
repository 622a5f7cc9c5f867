"""What the file gives and what is asked: facts with their papers, fields with their errors."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from iprof_kit.base.errors import KitError
from iprof_kit.calculate import mobility_places
from iprof_kit.ui import text
from iprof_kit.ui.mobility.fields import Asked, groups
from iprof_kit.ui.mobility.start import Start
from iprof_kit.ui.views.parts import Fact, Field, Option


@dataclass(frozen=True)
class FieldGroup:
    """Fields of one subject, under one legend."""

    title: str
    fields: tuple[Field, ...]


def field_groups(
    start: Start, answers: Mapping[str, str], errors: Mapping[str, KitError]
) -> tuple[FieldGroup, ...]:
    """Return the fields that matter, with what was typed and what is wrong with it."""
    return tuple(
        FieldGroup(group.title, tuple(_field(f, answers, errors.get(f.name)) for f in group.fields))
        for group in groups(start, answers)
    )


def _field(asked: Asked, answers: Mapping[str, str], error: KitError | None) -> Field:
    typed = answers.get(asked.name, "")
    optional = asked.hint == "Facultatif"
    return Field(
        asked.name, text.french(asked.label), typed,
        "" if optional else _hint(asked),
        tuple(Option(value, label, value == typed) for value, label in asked.choices),
        text.sentence(error.message) if error else "",
        text.french(error.remedy) if error else "",
        optional, asked.kind != "choice",
    )  # fmt: skip


def _hint(asked: Asked) -> str:
    form = "jj/mm/aaaa" if asked.kind == "day" else ""
    return text.french(". ".join(filter(None, (asked.hint, form))))


def facts_of(start: Start, place: str) -> tuple[Fact, ...]:
    """Return what is read in the file, with the day on which the campaign looks at it."""
    read = f"{start.source}, lu le {text.day(start.lu_le)}"
    seen = mobility_places.echelon_day(start.campagne)
    eve = text.day(seen - timedelta(1))
    label = f"Échelon détenu au {eve}"
    if start.echelon is None:
        echelon = Fact(label, None, source=read)
    else:
        held = start.echelon
        echelon = Fact(
            label, text.standing(held.grade, held.echelon, held.chevron),
            since=(f"depuis le {text.day(held.date_effet)}",), source=read,
            note=f"Pris par classement ou reclassement : vu au {text.day(seen)}."
            if start.echelon_par == "classement" else "",
        )  # fmt: skip
    end = mobility_places.seniority_day(start.degre, start.campagne) - timedelta(1)
    where = "Département" if start.degre == "1d" else "Académie"
    facts = [
        Fact(f"{where} actuel" + ("le" if start.degre == "2d" else ""), place or None, source=read),
        echelon,
        Fact("Ancienneté comptée jusqu’au", text.day(end), source="Règle du mouvement"),
    ]
    facts += [
        Fact(
            absence.libelle, f"du {text.day(absence.debut)}"
            + (f" au {text.day(absence.fin)}" if absence.fin else ", en cours"), source=read,
        )
        for absence in start.absences
        if start.degre == "1d"
    ]  # fmt: skip
    return tuple(facts)
