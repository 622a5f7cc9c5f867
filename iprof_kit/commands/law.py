"""`iprof law`: the pages that a lawyer can read, from the registry and the tables; what changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import pandas as pd
import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

from iprof_kit.base.calendar import date_text
from iprof_kit.base.paths import REFERENCE
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import hard_spaces
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.calculate.guides.coverage import rules_covered, tables_covered
from iprof_kit.calculate.guides.examples import declared
from iprof_kit.calculate.guides.law.pages import (
    CHAPTERS,
    FEW,
    TableText,
    chapters,
    law_verified,
    rules,
)
from iprof_kit.calculate.guides.law.rows import RowGroup, groups_of
from iprof_kit.commands.decree.corps import corps
from iprof_kit.commands.decree.diff import diff
from iprof_kit.commands.decree.tests_of_rules import files_holding
from iprof_kit.commands.saying import say
from iprof_kit.law.campaigns.files import known_campaigns
from iprof_kit.law.campaigns.model import Campaign
from iprof_kit.law.promotion.procedures.files import known_procedures

PROCEDURES_TABLE = "procedures_classement"
CALENDAR_TABLE = "mouvement_calendrier"


@dataclass(frozen=True)
class Case:
    """A published case, as the tests replay it."""

    id: str
    enonce: str
    attendu: str
    source: str
    confiance: str


@click.group()
def law() -> None:
    """Montrer le droit tel que le kit l’applique."""


law.add_command(diff)
law.add_command(corps)


@law.command()
@click.option("--cases", type=click.Path(path_type=Path, exists=True), help="Dossier des cas.")
@click.option("--tests", type=click.Path(path_type=Path, exists=True), help="Dossier des tests.")
@click.option("--output", type=click.Path(path_type=Path), required=True, help="Dossier des pages.")
def pages(cases: Path | None, tests: Path | None, output: Path) -> None:
    """Écrire une page par sujet, et les périodes couvertes.

    Chacune dit règles, sources, dates, valeurs, cas publiés.
    """
    output.mkdir(parents=True, exist_ok=True)
    texts = written(cases, tests)
    for name, text in texts.items():
        (output / name).write_text(hard_spaces(text), encoding="utf-8")
    say(f"{len(texts)} pages écrites dans {output}.")


@law.command()
def procedures() -> None:
    """Écrire la table des procédures de classement. Elle suit data/procedures."""
    file = REFERENCE / f"{PROCEDURES_TABLE}.csv"
    file.write_text(procedures_csv(), encoding="utf-8")
    say(f"{len(known_procedures())} procédures écrites dans {file.name}.")


@law.command()
def campagnes() -> None:
    """Écrire la table du calendrier des mouvements. Elle suit data/campagnes."""
    file = REFERENCE / f"{CALENDAR_TABLE}.csv"
    file.write_text(calendar_csv(), encoding="utf-8")
    say(f"{len(known_campaigns())} campagnes écrites dans {file.name}.")


def calendar_csv() -> str:
    """Return the calendar of the movements: the rows of each campaign that has a file are its own.

    Those of older campaigns, and of no one year, stay as they are.
    """
    kept = written_rows(CALENDAR_TABLE)
    of_files = {
        (one.service.degree, one.service.phase, str(one.year)): one
        for one in known_campaigns()
        if one.service.promotion is None and not one.service.competitions
    }
    rows, done = [], set()
    for row in kept:
        key = (row["degre"], row["phase"], row["campagne"])
        if key not in of_files:
            rows.append(row)
        elif key not in done:
            rows += _calendar_rows(of_files[key])
            done.add(key)
    new = [one for key, one in of_files.items() if key not in done]
    rows += [row for one in new for row in _calendar_rows(one)]
    return pd.DataFrame(rows, columns=list(kept[0])).to_csv(index=False, lineterminator="\n")


def _calendar_rows(campaign: Campaign) -> list[dict[str, str]]:
    service = campaign.service
    head = {"degre": service.degree, "phase": service.phase, "campagne": str(campaign.year)}
    rows = [
        {
            **head,
            "etape": one.step,
            "date_debut": one.first.isoformat() if one.first else "",
            "date_fin": one.last.isoformat() if one.last else "",
            "heure_fin": one.last_hour,
            "portee": one.scope,
            "note": one.note,
            "source": one.source.text,
            "confiance": one.source.confidence,
        }
        for one in campaign.windows
    ]
    if (undated := campaign.undated) is not None:
        whole = {
            "etape": "toutes",
            "portee": "national",
            "note": undated.note,
            "source": undated.source.text,
            "confiance": undated.source.confidence,
            "note_jusqu_au": undated.until.isoformat() if undated.until else "",
            "note_ensuite": undated.then,
        }
        rows.append(head | whole)
    return rows


def procedures_csv() -> str:
    """Return the procedures of data/procedures as one flat table, a row a file."""
    rows = [
        {
            "id": one.id,
            "autorite": one.authority,
            "operation": one.operation,
            "corps": ";".join(one.corps),
            "campagne_du": one.campaigns.since,
            "campagne_au": one.campaigns.until,
            "classement": " > ".join(one.criteria),
            "etapes": one.steps_text,
            "source": one.source.text,
            "confiance": one.source.confidence,
        }
        for one in known_procedures()
    ]
    frame = pd.DataFrame(rows).astype({"campagne_au": "Int64"})
    return frame.to_csv(index=False, lineterminator="\n")


def written(cases: Path | None, tests: Path | None = None) -> dict[str, str]:
    """Return the pages, by file name.

    Parameters
    ----------
    cases : Path or None
        Folder of the published cases (`tests/law/cases`).
    tests : Path or None
        Folder of the tests: each rule then names the files that hold it.
    """
    environment = Environment(
        loader=PackageLoader("iprof_kit.commands", "pages"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    environment.filters["date"] = date_text
    environment.filters["since"] = lambda day: (
        "toujours" if day in (None, date.min) else date_text(day)
    )
    environment.filters["until"] = lambda day: "en vigueur" if day is None else date_text(day)
    environment.filters["link"] = lambda name: f"[{name}](#table-{name})"
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    by_rule = _cases(cases)
    holding = files_holding(tests) if tests else {}
    pages = {
        f"{name}.md": environment.get_template("chapter.md").render(
            title=chapter.title,
            rules=chapter.rules,
            cases=by_rule,
            tests=holding,
            tables=chapter.tables,
            groups={one.name: _groups(one) for one in chapter.tables},
        )
        for name, chapter in chapters().items()
    }
    pages["README.md"] = environment.get_template("index.md").render(
        chapters=CHAPTERS,
        verified=law_verified(),
        without=_without(by_rule),
        examples=declared(),
        rules={name: chapter.rules for name, chapter in chapters().items()},
    )
    pages["couverture.md"] = environment.get_template("coverage.md").render(
        tables=tables_covered(), rules=rules_covered()
    )
    return pages


def _groups(one: TableText) -> tuple[RowGroup, ...]:
    """Return the groups of a table that is too long to be shown, where they are few."""
    groups = () if one.rows else groups_of(one.name)
    return groups if len(groups) <= FEW else ()


def _cases(folder: Path | None) -> dict[str, list[Case]]:
    """Return the published cases of each rule, from the YAML tables of the tests."""
    by_rule: dict[str, list[Case]] = {}
    for file in sorted(folder.glob("*.yml")) if folder else []:
        document = read_yaml(file.read_text(encoding="utf-8"))
        lists = document.values() if isinstance(document, dict) else [document]
        for case in [case for cases in lists if isinstance(cases, list) for case in cases]:
            for rule in case.get("regles", []):
                by_rule.setdefault(rule, []).append(_case(case))
    return by_rule


def _case(case: dict[str, Any]) -> Case:
    expected = yaml.safe_dump(
        case["attendu"], allow_unicode=True, default_flow_style=True, width=10_000
    )
    wording = expected.strip().removesuffix("...").strip()
    if "ecart" in case:
        wording += f" (écart : {case['ecart']})"
    return Case(
        str(case["id"]), case.get("enonce", ""), wording, case["source"], case.get("confiance", "")
    )


def _without(by_rule: dict[str, list[Case]]) -> list[str]:
    return sorted(name for name in rules() if name not in by_rule)
