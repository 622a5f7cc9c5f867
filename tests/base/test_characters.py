"""Characters that nobody sees: refused, tidied away where they change nothing, shown as codes."""

import pytest

from iprof_kit.base.characters import bounded, name_of, tidy, unfit, visible

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
RUNNER = "\U0001f3c3\U0001f3fd\u200d\u2640\ufe0f"
ALIREZA = "علی\u200cرضا"
KSHA = "क्\u200dष"


@pytest.mark.parametrize(
    "text", ["Élodie d’Été", FAMILY, RUNNER, "❤\ufe0f", ALIREZA, KSHA, "№ 3 €"]
)
def test_what_people_write_is_kept_as_it_is(text):
    assert unfit(text) is None
    assert tidy(text) == visible(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a\nb", "un saut de ligne"),
        ("a\u2028b", "un saut de ligne"),
        ("a\tb", "une tabulation"),
        ("\u202ebosse", "un caractère invisible, qui change l’ordre des mots"),
        ("a\u2066b\u2069", "un caractère invisible, qui change l’ordre des mots"),
        *((f"a{one}b", "un caractère invisible") for one in (
            "\x00", "\x1b", "\x9b", "\ud800", "\ue000", "\uffff", "\U000e0041", "\U000e0100",
            "\ufe00\ufe01", "\u3164", "\u2800", "\u034f", "\u2061", "\ufff9",
        )),
    ],
)  # fmt: skip
def test_what_would_be_obeyed_or_hides_a_text_is_named_and_shown_as_a_code(text, name):
    assert name_of(unfit(text)) == name
    shown = visible(text)
    assert "\\" in shown
    assert unfit(shown) is None


def test_several_lines_are_for_the_fields_that_have_them():
    assert unfit("un\r\ndeux\ttrois", lines=True) is None
    assert unfit("un\x1b[2Jdeux", lines=True) == "\x1b"


@pytest.mark.parametrize(
    "unseen", ["\u00ad", "\u200b", "\ufeff", "\u200e", "\u2060", "\u200d", "\u200c"]
)
def test_what_a_paste_brings_and_changes_nothing_is_taken_away(unseen):
    text = f"ab{unseen}cd"
    assert unfit(text) is None
    assert tidy(text) == "abcd"
    assert visible(text) != text


def test_a_joiner_that_joins_nothing_is_taken_away():
    assert tidy(f"\u200d{FAMILY}\u200d") == FAMILY


def test_what_a_stranger_chose_is_cut_and_stays_on_one_line():
    assert bounded("a\nb" + "c" * 100, 5) == "a\\nbcc…"
    assert bounded("\x1b[2J", 40) == "\\x1b[2J"
