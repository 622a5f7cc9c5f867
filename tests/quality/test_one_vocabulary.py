"""One clock, one version, one writer of words: nothing of them is written a second time."""

import ast
import re
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


TYPED = {"analytics/population/dirty.py", "cv/inputs/diplomas_csv.py", "cv/inputs/json_resume.py",
         "services/access/passwords.py"}  # fmt: skip
ELISION = re.compile(
    r"(?<![\w'])(?:[ldnsjmtcLDNSJMTC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uelqu|[Aa]ujourd)"
    r"'(?=[a-zà-ÿhÉÎÀÈÊ{«])"
)


def read(code):
    """Yield the texts of a module, its docstrings aside."""
    tree = ast.parse(code)
    told = {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for one in ast.walk(tree):
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in told:
            yield one.value


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


OUTLETS = {
    "analytics/promotions/why.py", "analytics/reports/page.py", "base/spreadsheets.py",
    "cli.py", "__main__.py", "commands/calculate.py", "commands/exports.py", "commands/law.py",
    "commands/saying.py", "documents/characters.py", "server/main.py", "server/pages/rendering.py",
    "services/desk/templates.py", "services/kit_messages/texts.py", "services/mailings/wording.py",
    "services/notices/carrier.py", "services/own_data/to_read.py", "ui/agenda/calendar_file.py",
    "ui/figures/charts_svg.py", "ui/kit/render.py", "ui/screens/atelier/takeaway/markdown.py",
    "ui/screens/atelier/takeaway/notebook.py", "ui/screens/atelier/takeaway/page.py",
    "ui/screens/atelier/takeaway/slides.py", "ui/screens/guides/search.py", "ui/shared/sigles.py",
    "ui/shared/worded.py", "ui/workshop/analysis.py", "ui/workshop/explorer.py",
    "ui/workshop/import_desk.py", "ui/workshop/table_words.py",
}  # fmt: skip
"""Where words leave: pages, documents, workbooks, commands, messages, calendars, what is taken
away, and the hypotheses of figures, which are compared as texts."""
BY_HAND = re.compile(
    r"(?:NBSP\}|\\u00a0|\u00a0)(?=[:;?!»])|(?:«|\bn°)(?:\{(?:text\.)?NBSP\}|\\u00a0|\u00a0)"
)
WORKSHOP = "analytics/"
"""Its figures and tables are drawn by libraries: its words still write theirs."""


def test_hard_spaces_are_set_where_words_leave_and_nowhere_before():
    assert files_with("hard_spaces") == OUTLETS | home(words)


def test_no_sentence_writes_the_hard_space_of_a_sign_by_hand():
    by_hand = {name for name, code in sources().items() if BY_HAND.search(code)}
    assert {one for one in by_hand if not one.startswith(WORKSHOP)} <= home(words)
    assert BY_HAND.search('f"Valeurs connues{NBSP}: {known}"')


def test_our_french_has_its_own_apostrophe():
    """`'` in French stands where people type alone: words that are recognised, passwords."""
    met = {name for name, code in sources().items() if any(map(ELISION.search, read(code)))}
    assert met <= TYPED


def test_plain_data_have_one_base():
    assert files_with("class Plain(") == home(plain)
