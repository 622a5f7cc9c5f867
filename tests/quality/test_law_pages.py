"""The pages of the law are those that the registry and the tables give today."""

import re

import pytest

from iprof_kit.base.paths import REFERENCE, ROOT
from iprof_kit.commands.law import CHAPTERS, written


def test_the_pages_of_the_law_are_current():
    pages = written(ROOT / "tests" / "law" / "cases")
    folder = ROOT / "docs" / "law"
    assert {path.name for path in folder.glob("*.md")} == set(pages)
    old = [name for name, text in pages.items() if (folder / name).read_text("utf-8") != text]
    assert old == [], "iprof law pages --cases tests/law/cases --output docs/law"


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
