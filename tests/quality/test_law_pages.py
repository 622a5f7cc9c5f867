"""The pages of the law are those that the registry and the tables give today."""

from iprof_kit.base.paths import ROOT
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
