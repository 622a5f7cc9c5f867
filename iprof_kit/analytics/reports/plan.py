"""What a report holds, read from YAML: sections, each a table of a campaign or an analysis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from iprof_kit.analytics.analyses.model import usage
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REPORTS
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.marks import Marks, mark_of, place, read_checked

USUAL = "campagne"
"""The report of the kit: data/rapports/campagne.yml."""
PROMOUVABLES, CORPS = "promouvables", "corps"


@dataclass(frozen=True)
class Published:
    """What an aggregated report shows of a section: people counted by columns, under secrecy.

    Attributes
    ----------
    par, mesures : tuples of str
        As `publier` takes them.
    croise : bool
        The last column goes across the table.
    figure : {"", "barres", "empilees", "pyramide"}
    """

    par: tuple[str, ...]
    mesures: tuple[str, ...] = ()
    croise: bool = False
    figure: str = ""


@dataclass(frozen=True)
class Section:
    """A section: either a table of the campaign, or an analysis.

    Attributes
    ----------
    titre, texte : str
    campagne : str
        « contingent », « tableau », « equilibre », « etapes », or "".
    analyse : int, optional
    options : mapping
        Of the analysis.
    gens : {"promouvables", "corps"}
        Whom it looks at.
    grades : tuple of str
        Promotions that it is for; empty: all.
    colonnes : tuple of str
        Columns that an internal report shows; empty: all.
    publie : Published, optional
        What an aggregated report shows; None: nothing, but for the campaign's own tables.
    """

    titre: str
    texte: str = ""
    campagne: str = ""
    analyse: int | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    gens: str = PROMOUVABLES
    grades: tuple[str, ...] = ()
    colonnes: tuple[str, ...] = ()
    publie: Published | None = None


@dataclass(frozen=True)
class Plan:
    """The sections of a report, in their order."""

    titre: str
    introduction: str
    sections: tuple[Section, ...]

    def sections_of(self, grade: str) -> tuple[Section, ...]:
        """Return the sections of a promotion."""
        return tuple(one for one in self.sections if not one.grades or grade in one.grades)


def read_plan(given: str | Path | None = None) -> Plan:
    """Read the plan of a report; by default, that of the kit.

    Raises
    ------
    InputError
        The file cannot be read, or is wrong: every error with line and column.
    """
    plan = read_checked(plan_file(given), _schema(), "du plan de rapport", _other_errors)
    sections = tuple(_section(one) for one in plan["sections"])
    return Plan(plan["titre"], plan.get("introduction", "").strip(), sections)


def plan_file(given: str | Path | None = None) -> Path:
    """Return the file of a plan: the one given, else that of the kit."""
    return Path(given) if given else REPORTS / f"{USUAL}.yml"


def _section(entry: dict[str, Any]) -> Section:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in entry.items()
        if name != "publie"
    }
    shown = entry.get("publie")
    if shown is not None:
        fields["publie"] = Published(
            tuple(shown["par"]),
            tuple(shown.get("mesures", ())),
            shown.get("croise", False),
            shown.get("figure", ""),
        )
    fields["texte"] = entry.get("texte", "").strip()
    return Section(**fields)


def _other_errors(value: dict[str, Any], marks: Marks) -> list[str]:
    """Return what a schema cannot say: two subjects or none, an analysis that does not exist."""
    errors = []
    for number, one in enumerate(value["sections"]):
        path = ("sections", number)
        if ("campagne" in one) == ("analyse" in one):
            errors.append(
                f"{place(mark_of(marks, path))} : une section a «{NBSP}campagne{NBSP}» "
                f"ou «{NBSP}analyse{NBSP}», l’une des deux."
            )
        if "analyse" in one:
            try:
                usage(one["analyse"])
            except InputError as error:
                where = place(mark_of(marks, (*path, "analyse")))
                errors.append(f"{where} : {error.message}")
        shown = one.get("publie", {})
        if shown.get("croise") and "mesures" in shown:
            where = place(mark_of(marks, (*path, "publie", "?mesures")))
            errors.append(f"{where} : un tableau croisé ne montre que des effectifs.")
        if shown.get("croise") and len(shown["par"]) < 2:
            where = place(mark_of(marks, (*path, "publie", "par")))
            errors.append(f"{where} : un tableau croisé demande deux colonnes.")
        if shown.get("figure") in ("pyramide", "empilees") and not shown.get("croise"):
            where = place(mark_of(marks, (*path, "publie", "figure")))
            errors.append(f"{where} : cette figure demande «{NBSP}croise: true{NBSP}».")
    return errors


@cache
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((REPORTS / "schema.json").read_text(encoding="utf-8"))
    return schema
