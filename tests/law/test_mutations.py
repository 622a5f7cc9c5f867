"""The tests see the law change: rows altered one at a time, in a copy of the project.

A run of the behavioural tests must fail for most of them; the survivors are listed. Tests of form
(shapes of tables, written pages) do not count and are not run.
"""

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from iprof_kit.base.paths import REFERENCE, ROOT
from iprof_kit.calculate.guides.law.pages import every_rule
from iprof_kit.law.tables.shapes import SCHEMAS

SEED = 2026
DRAWN = 20
AT_LEAST = 16
BEHAVIOUR = ("tests/law", "tests/careers", "tests/calculate")
FORM = ("test_tables.py", "test_mutations.py", "test_no_legal_number.py", "test_cases.py")
COPIED = ("iprof_kit", "data", "tests", "docs", "pyproject.toml")
READ = 60
"""Altered rows, in force today, with which the worked examples are answered again."""
CHANGED_AT_LEAST = 5
ANSWERS = """
import json, re, sys
from pathlib import Path
from iprof_kit.base.explanation import explain
from iprof_kit.calculate import ask
page = Path("docs/calculations.md").read_text("utf-8")
found = {}
for name, text in re.findall(r"^## (\\S+)\\n(.*?)(?=^## |\\Z)", page, re.M | re.S):
    question = re.search(r"^```json\\n(.*?)^```", text, re.M | re.S)[1]
    try:
        with explain() as trace:
            answer = ask(name, question).model_dump_json()
    except Exception as error:
        answer = str(error)
    read = [p.source for step in trace.steps for p in step.parameters]
    found[name] = [answer, sorted({*read, *(step.source for step in trace.steps)})]
json.dump(found, sys.stdout)
"""


@dataclass(frozen=True)
class Mutation:
    """One number of one row of one table, a little larger."""

    table: str
    line: int
    column: str
    before: str
    after: str


def numbers(name):
    """The columns of a table that rules read as numbers, in the order of its shape."""
    schema = SCHEMAS[name]
    keys = {*schema.key, *(schema.interval or ()), "annee", "campagne"}
    return [c for c in schema.columns if c in {*schema.numbers, *schema.integers} - keys]


def draw(count=DRAWN, seed=SEED, admitted=lambda row: True):
    """Rows of the tables that rules read: each table is as likely, then each row admitted."""
    chance = random.Random(seed)
    tables = sorted({name for rule in every_rule() for name in rule.tables if numbers(name)})
    found = []
    while len(found) < count:
        name = chance.choice(tables)
        with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        line = chance.randrange(len(rows))
        column = chance.choice(numbers(name))
        before = rows[line][column]
        if (
            before
            and admitted(rows[line])
            and (name, line) not in {(one.table, one.line) for one in found}
        ):
            found.append(Mutation(name, line, column, before, larger(before)))
    return found


def larger(text):
    """A number one unit of its last digit… ten times that where it is not whole."""
    if "." not in text:
        return str(int(text) + 1)
    digits = len(text.split(".")[1])
    return f"{float(text) + 10 ** (1 - digits):.{digits}f}"


def copy_of_the_project(folder, mutation):
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    file = folder / "data" / "reference" / f"{mutation.table}.csv"
    with file.open(encoding="utf-8", newline="") as reading:
        rows = list(csv.reader(reading))
    rows[mutation.line + 1][rows[0].index(mutation.column)] = mutation.after
    with file.open("w", encoding="utf-8", newline="") as writing:
        csv.writer(writing).writerows(rows)


def caught(folder, mutation):
    copy_of_the_project(folder, mutation)
    ignored = [f"--ignore-glob=*/{name}" for name in FORM]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-q", "-m", "not soak", *BEHAVIOUR, *ignored],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode in (0, 1), run.stdout[-2000:] + run.stderr[-2000:]
    shutil.rmtree(folder)
    return run.returncode == 1


def answers(folder):
    """The worked examples answered in a copy of the project: answer, sources of what was read."""
    run = subprocess.run(
        [sys.executable, "-c", ANSWERS],
        cwd=folder,
        check=True,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
    )
    return json.loads(run.stdout)


def source_of(mutation):
    with (REFERENCE / f"{mutation.table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))[mutation.line]["source"]


@pytest.mark.soak
def test_a_row_that_changes_an_answer_is_in_its_explanation(tmp_path):
    before, changed = answers(ROOT), 0
    in_force = draw(READ, SEED + 1, admitted=lambda row: not row.get("valide_au"))
    for number, mutation in enumerate(in_force):
        folder = tmp_path / str(number)
        folder.mkdir()
        copy_of_the_project(folder, mutation)
        for name, (answer, sources) in answers(folder).items():
            if answer != before[name][0] and not answer.startswith("{"):
                continue
            if answer != before[name][0]:
                changed += 1
                source = source_of(mutation)
                assert any(source in one or one in source for one in sources), (name, mutation)
        shutil.rmtree(folder)
    assert changed >= CHANGED_AT_LEAST


@pytest.mark.soak
def test_most_altered_rows_are_caught(tmp_path):
    mutations = draw()
    folders = [tmp_path / str(number) for number in range(len(mutations))]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(caught, folders, mutations))
    survivors = [one for one, seen in zip(mutations, results, strict=True) if not seen]
    print("\nSurvivants :", *survivors, sep="\n  ")
    assert len(mutations) - len(survivors) >= AT_LEAST, survivors


def test_the_copy_is_altered_in_one_place(tmp_path):
    mutation = draw()[0]
    copy_of_the_project(tmp_path, mutation)
    name = f"{mutation.table}.csv"
    before = list(csv.reader((REFERENCE / name).open(encoding="utf-8", newline="")))
    after = list(
        csv.reader((tmp_path / "data/reference" / name).open(encoding="utf-8", newline=""))
    )
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert len(changed) == 1
    assert Path(tmp_path / "iprof_kit").is_dir()
