"""One clock, one version, one writer of words: nothing of them is written a second time."""

from functools import cache
from pathlib import Path

from iprof_kit.base.calendar import MONTHS

KIT = Path(__file__).parents[2] / "iprof_kit"
WORDS = "base/words.py"


@cache
def sources():
    return {path.relative_to(KIT).as_posix(): path.read_text("utf-8") for path in KIT.rglob("*.py")}


def files_with(*sought):
    return {name for name, code in sources().items() if any(one in code for one in sought)}


def test_paris_has_one_clock():
    assert files_with('"Europe/Paris"') == {"base/clock.py"}


def test_the_version_is_written_once():
    assert files_with('__version__ = "') == {"base/version.py"}
    assert not files_with("from iprof_kit import __version__")


def test_texts_are_taken_apart_for_comparing_in_one_place():
    assert files_with('normalize("NFD"', 'normalize("NFKD"') == {WORDS}


def test_hard_spaces_and_the_minus_have_one_name():
    assert files_with('NBSP = "', 'MINUS = "') == {WORDS}


def test_the_months_are_listed_once():
    assert files_with(f'"{MONTHS[1]}"') == {"base/calendar.py"}


def test_french_is_set_by_one_function():
    assert files_with("def french(") == {WORDS}


def test_plain_data_have_one_base():
    by_now = {"cv/model.py"}  # the CV has its own, which takes any number
    assert files_with("class Plain(") - by_now == {"base/plain.py"}
