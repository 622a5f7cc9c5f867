"""What a report holds, read from YAML: sections, each a table of a campaign or an analysis."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from iprof_kit.analytics.analyses.model import usage
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import REPORTS
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.marks import Marks, mark_of, place, read_checked
from iprof_kit.law.tables.written import Filled, Once, Some, SomeOnce, Written, schema_of

USUAL = "campagne"
"""The report of the kit: data/rapports/campagne.yml."""
PROMOUVABLES: Literal["promouvables"] = "promouvables"
CORPS: Literal["corps"] = "corps"
Text = Annotated[str, StringConstraints(strip_whitespace=True)]


class Published(Written):
    """What an aggregated report shows of a section: people counted by columns, under secrecy."""

    par: Once[str]
    mesures: SomeOnce[str] = ()
    """As `publier` takes them."""
    croise: bool = False
    """The last column goes across the table."""
    figure: Literal["", "barres", "empilees", "pyramide"] = ""


class Section(Written):
    """A section: either a table of the campaign, or an analysis."""

    titre: Filled
    texte: Text = ""
    campagne: Literal["", "contingent", "tableau", "equilibre", "etapes"] = ""
    analyse: int | None = None
    options: dict[str, Any] = Field(default_factory=dict)
    """Of the analysis."""
    gens: Literal["promouvables", "corps"] = PROMOUVABLES
    """Whom it looks at."""
    grades: SomeOnce[Literal["hors_classe", "classe_exceptionnelle", "avancement_accelere"]] = ()
    """Promotions that it is for; empty: all."""
    colonnes: SomeOnce[str] = ()
    """Columns that an internal report shows; empty: all."""
    publie: Published | None = None
    """What an aggregated report shows; None: nothing, but for the campaign's own tables."""


class Plan(Written):
    """The sections of a report, in their order."""

    model_config = ConfigDict(title="Plan d’un rapport de campagne")
    titre: Filled
    introduction: Text = ""
    sections: Some[Section]

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
    return Plan.model_validate(
        read_checked(plan_file(given), schema_of(Plan), "du plan de rapport", _other_errors)
    )


def plan_file(given: str | Path | None = None) -> Path:
    """Return the file of a plan: the one given, else that of the kit."""
    return Path(given) if given else REPORTS / f"{USUAL}.yml"


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
