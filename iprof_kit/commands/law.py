"""`iprof law pages`: the pages that a lawyer can read, from the registry and the tables."""

from __future__ import annotations

import inspect
import pkgutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pandas as pd
import yaml
from jinja2 import Environment, PackageLoader, StrictUndefined

import iprof_kit.law
from iprof_kit.base.calendar import date_text
from iprof_kit.law.rules import RULES, Variant
from iprof_kit.law.schemas import SCHEMAS
from iprof_kit.law.tables import table, verified_until

CHAPTERS = {
    "avancement": "Avancement d’échelon et entrée dans un corps",
    "rendez-vous": "Rendez-vous de carrière",
    "promotion": "Promotion de grade",
    "paie": "Paie",
    "mobilite": "Mobilité",
    "pension": "Pension",
    "parcours": "Autres parcours",
}
_HOMES = (
    ("iprof_kit.law.payroll", "paie"), ("iprof_kit.law.pay", "paie"),
    ("iprof_kit.law.mobility", "mobilite"), ("iprof_kit.law.pension", "pension"),
    ("iprof_kit.law.retirement", "pension"), ("iprof_kit.law.paths", "parcours"),
    ("iprof_kit.law.other_paths", "parcours"), ("iprof_kit.law.promotion", "promotion"),
    ("iprof_kit.law.ratios", "promotion"), ("iprof_kit.law.career_meetings", "rendez-vous"),
)  # fmt: skip
_FEW = 40
"""Rows of a table shown in full; of a longer one, the file is named and its rows are counted."""


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
    """Le droit tel que le kit l’applique."""


@law.command()
@click.option("--cases", type=click.Path(path_type=Path, exists=True), help="Dossier des cas.")
@click.option("--output", type=click.Path(path_type=Path), required=True)
def pages(cases: Path | None, output: Path) -> None:
    """Écrit une page par sujet : règles, sources, dates, valeurs, cas publiés."""
    output.mkdir(parents=True, exist_ok=True)
    for name, text in written(cases).items():
        (output / name).write_text(text, encoding="utf-8")
    click.echo(f"{len(CHAPTERS) + 1} pages écrites dans {output}.")


def written(cases: Path | None) -> dict[str, str]:
    """Return the pages, by file name.

    Parameters
    ----------
    cases : Path or None
        Folder of the published cases (`tests/law/cases`).
    """
    rules = every_rule()
    environment = Environment(
        loader=PackageLoader("iprof_kit.commands", "pages"), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,  # noqa: S701
    )  # fmt: skip
    environment.filters["date"] = date_text
    environment.filters["link"] = lambda name: f"[{name}](#table-{name})"
    environment.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    by_rule = _cases(cases)
    chapters = {
        chapter: [rule for rule in rules if _chapter(rule.function.__module__) == chapter]
        for chapter in CHAPTERS
    }
    found = {
        f"{chapter}.md": environment.get_template("chapter.md").render(
            title=CHAPTERS[chapter], rules=rules, cases=by_rule,
            tables=_tables(rules),
        )
        for chapter, rules in chapters.items()
    }  # fmt: skip
    found["README.md"] = environment.get_template("index.md").render(
        chapters=CHAPTERS, rules=chapters, verified=verified_until(), without=_without(by_rule)
    )
    return found


def every_rule() -> list[Variant]:
    """Return every wording of every rule: the rules of a file in its order, wordings by date."""
    for module in pkgutil.walk_packages(iprof_kit.law.__path__, "iprof_kit.law."):
        import_module(module.name)
    rules = sorted(RULES.values(), key=lambda wordings: _home(wordings[0]))
    return [one for wordings in rules for one in sorted(wordings, key=lambda w: w.since)]


def _home(wording: Variant) -> tuple[str, int]:
    """Return where a rule is written, whatever was imported first."""
    function = inspect.unwrap(wording.function)
    return function.__module__, function.__code__.co_firstlineno


def _chapter(module: str) -> str:
    return next((name for head, name in _HOMES if module.startswith(head)), "avancement")


def _tables(rules: list[Variant]) -> list[dict[str, Any]]:
    """Return the tables that the rules of a chapter read, with their rows where they are few."""
    names = sorted({name for rule in rules for name in rule.tables})
    return [_table(name) for name in names]


def _table(name: str) -> dict[str, Any]:
    frame = table(name)
    shown = list(dict.fromkeys((*SCHEMAS[name].columns, "confiance", "source")))
    shown = [column for column in shown if column in frame.columns]
    counts = frame["confiance"].value_counts().sort_index()
    rows = frame[shown].map(_text) if len(frame) <= _FEW else frame.head(0)
    return {
        "name": name, "count": len(frame), "columns": shown,
        "rows": rows.to_numpy().tolist(), "verified": verified_until(name),
        "confidences": ", ".join(f"{letter} {count}" for letter, count in counts.items()),
    }  # fmt: skip


def _text(value: object) -> str:
    if value is None or pd.isna(value):  # type: ignore[call-overload]
        return ""
    return value.date().isoformat() if isinstance(value, pd.Timestamp) else str(value)


def _cases(folder: Path | None) -> dict[str, list[Case]]:
    """Return the published cases of each rule, from the YAML tables of the tests."""
    found: dict[str, list[Case]] = {}
    for file in sorted(folder.glob("*.yml")) if folder else []:
        held = yaml.safe_load(file.read_text(encoding="utf-8"))
        lists = held.values() if isinstance(held, dict) else [held]
        for case in [case for cases in lists if isinstance(cases, list) for case in cases]:
            for rule in case.get("regles", []):
                found.setdefault(rule, []).append(_case(case))
    return found


def _case(case: dict[str, Any]) -> Case:
    expected = yaml.safe_dump(
        case["attendu"], allow_unicode=True, default_flow_style=True, width=10_000
    )
    told = expected.strip().removesuffix("...").strip()
    if "ecart" in case:
        told += f" (écart : {case['ecart']})"
    return Case(
        str(case["id"]), case.get("enonce", ""), told, case["source"],
        case.get("confiance", ""),
    )  # fmt: skip


def _without(by_rule: dict[str, list[Case]]) -> list[str]:
    return sorted(name for name in RULES if name not in by_rule)
