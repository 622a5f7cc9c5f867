"""The pages of the law are those that the registry and the tables give today."""

import csv
import re

import pytest

from iprof_kit.base.paths import REFERENCE, ROOT
from iprof_kit.base.words import hard_spaces
from iprof_kit.commands.decree.tests_of_rules import files_holding
from iprof_kit.commands.law import CHAPTERS, written


def test_the_pages_of_the_law_are_current():
    pages = written(ROOT / "tests" / "law" / "cases", ROOT / "tests")
    folder = ROOT / "docs" / "law"
    assert {path.name for path in folder.glob("*.md")} == set(pages)
    old = [name for name, text in pages.items()
           if (folder / name).read_text("utf-8") != hard_spaces(text)]  # fmt: skip
    assert old == [], "iprof law pages --cases tests/law/cases --tests tests --output docs/law"


def test_each_rule_is_on_a_page_with_its_source_and_dates():
    pages = written(None)
    for chapter in CHAPTERS:
        text = pages[f"{chapter}.md"]
        assert text.count("- Source : ") == text.count("- En vigueur : ") > 0


def tables_and_readers():
    """What « How to update the law » says: the tables of each of its rows, and what reads them."""
    for row in (ROOT / "docs" / "update-the-law.md").read_text(encoding="utf-8").splitlines():
        cells = row.split(" | ")
        if row.startswith("| ") and len(cells) == 3:
            named = re.findall(r"`([\w*]+)\.csv`", cells[1])
            yield [path.stem for name in named for path in REFERENCE.glob(f"{name}.csv")], cells[2]


def texts_of(readers):
    for name in re.findall(r"`([\w/.]+)`", readers):
        path = ROOT / "iprof_kit" / name
        files = path.rglob("*.py") if path.is_dir() else [path]
        yield from (file.read_text(encoding="utf-8") for file in files)


@pytest.mark.parametrize(("tables", "readers"), [*tables_and_readers()])
def test_what_is_said_to_read_a_table_reads_it(tables, readers):
    text = "\n".join(texts_of(readers))
    assert [name for name in tables if not re.search(rf"\b{name}\b", text)] == []


def test_every_table_has_its_place_in_the_page_on_updating_the_law():
    placed = {name for tables, _ in tables_and_readers() for name in tables}
    assert {path.stem for path in REFERENCE.glob("*.csv")} == placed


def test_a_rule_names_the_files_that_call_it_and_not_those_that_say_its_word(tmp_path):
    calling = "from iprof_kit.law.career.traitement import point_value\n"
    (tmp_path / "test_calling.py").write_text(calling)
    through = "from iprof_kit.law.career import traitement\nx = traitement.point_value(1)\n"
    (tmp_path / "test_through.py").write_text(through)
    (tmp_path / "test_saying.py").write_text("point_value = 1\n")
    holding = files_holding(tmp_path)["point_value"]
    assert [name.split("/")[-1] for name in holding] == ["test_calling.py", "test_through.py"]


def linked_lines():
    """What the pages of the law say of the lines of a file: table, what they share, the lines."""
    for path in sorted((ROOT / "docs" / "law").glob("*.md")):
        for row in path.read_text(encoding="utf-8").splitlines():
            for name, first, last in re.findall(r"/(\w+)\.csv\?plain=1#L(\d+)(?:-L(\d+))?", row):
                yield name, row.split(" | ")[0].removeprefix("| "), int(first), int(last or first)


def test_the_lines_of_a_table_that_a_page_leads_to_are_those_of_its_group():
    links = set(linked_lines())
    assert len({name for name, *_ in links}) > 5
    for name, shared, first, last in links:
        lines = (REFERENCE / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        for line in lines[first - 1 : last]:
            cells = next(csv.reader([line]))
            assert shared.replace("\\|", "|") in cells or (shared == "(vide)" and "" in cells), name


@pytest.mark.parametrize("path", sorted(REFERENCE.glob("*.csv")), ids=lambda path: path.stem)
def test_a_row_of_a_table_is_one_line_of_its_file(path):
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(path.read_text(encoding="utf-8").splitlines())
