"""Limits of the kit that a text writes: the text says what the constant does."""

import pytest
from quantities import WORDS
from readable_texts import texts_of

from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.campaigns.reminders import DAYS_BEFORE
from iprof_kit.services.desk.delays import WINDOW_DAYS
from iprof_kit.services.notices.outbox import GIVEN_UP_WITHOUT_SERVER

IN_WORDS = ("", "un", *WORDS.split("|"))
"""Small numbers as they are written, by their value."""
FIRST, LAST = DAYS_BEFORE
SCREENS = "iprof_kit/ui/screens"
GIVEN_UP = IN_WORDS[GIVEN_UP_WITHOUT_SERVER.days]
WINDOW = f"{WINDOW_DAYS} derniers jours"


@pytest.mark.parametrize(
    ("name", "words", "times"),
    [
        ("data/courrier/messages.yml", f"à {FIRST} puis à {LAST} jours", 1),
        (f"{SCREENS}/courrier/courrier_averti.html", f"en {GIVEN_UP} jours est abandonné", 1),
        (f"{SCREENS}/bureau/bureau.html", WINDOW, 1),
        (f"{SCREENS}/bureau/aide.fr.yml", WINDOW, 1),
        ("iprof_kit/commands/desk/courrier.py", WINDOW, 3),
    ],
)  # fmt: skip
def test_a_limit_of_the_kit_is_written_as_its_constant_says(name, words, times):
    text = " ".join(" ".join(texts_of(ROOT / name, with_help=True)).replace("\u00a0", " ").split())
    assert text.count(words) == times
