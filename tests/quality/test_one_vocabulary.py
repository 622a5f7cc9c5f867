"""One clock, one version, one writer of words: nothing of them is written a second time."""

from functools import cache
from pathlib import Path

import iprof_kit
from iprof_kit.base import calendar, clock, plain, version, words

KIT = Path(iprof_kit.__file__).parent


@cache
def sources():
    return {path.relative_to(KIT).as_posix(): path.read_text("utf-8") for path in KIT.rglob("*.py")}


def home(module):
    return {Path(module.__file__).relative_to(KIT).as_posix()}


def files_with(*sought):
    return {name for name, code in sources().items() if any(one in code for one in sought)}


def test_paris_has_one_clock():
    assert files_with('"Europe/Paris"') == home(clock)


def test_the_version_is_written_once():
    assert files_with('__version__ = "') == home(version)
    assert not files_with("from iprof_kit import __version__")


def test_texts_are_taken_apart_for_comparing_in_one_place():
    assert files_with('normalize("NFD"', 'normalize("NFKD"') == home(words)


def test_hard_spaces_and_the_minus_have_one_name():
    assert files_with('NBSP = "', 'MINUS = "') == home(words)


def test_the_months_are_listed_once():
    assert files_with(f'"{calendar.MONTHS[1]}"') == home(calendar)


def test_french_is_set_by_one_function():
    assert files_with("def french(") == home(words)


def test_plain_data_have_one_base():
    assert files_with("class Plain(") == home(plain)
