"""Point 2 of the kit of parts: hard spaces are set by the renderer, once, and nothing else is."""

from datetime import date

import pytest

from iprof_kit.base.words import NBSP, hard_spaces_read
from iprof_kit.ui.agenda.calendar_file import agenda
from iprof_kit.ui.agenda.coming import Coming
from iprof_kit.ui.kit.parts import Notice, Page
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.atelier.takeaway.markdown import plain
from iprof_kit.ui.shared.worded import figure


@pytest.mark.parametrize("name", ["alt", "aria-label", "placeholder", "title"])
def test_k02_what_is_read_without_being_seen_has_its_hard_spaces(name):
    assert hard_spaces_read(f'<img {name}="Voir : n° 3 ?">').count(NBSP) == 3


@pytest.mark.parametrize("name", ["value", "href", "id", "data-of", "data-address"])
def test_k02_a_field_an_address_and_data_stay_as_they_are(name):
    written = f'<input title="x" {name}="a : b ? n° 3">'
    assert hard_spaces_read(written) == written


def test_k02_a_page_sets_the_spaces_of_its_words_and_keeps_their_apostrophes():
    notice = Notice("Reçu n° 12 : gardé", "c'est tôt ; dit « Awa »")
    html = render("base", Page("Essai : un titre ?", notices=(notice,)))
    for words in (f"Essai{NBSP}: un titre{NBSP}?", f"Reçu n°{NBSP}12{NBSP}: gardé"):
        assert words in html
    assert f"c&#39;est tôt{NBSP}; dit «{NBSP}Awa{NBSP}»" in html


def test_k02_a_hypothesis_is_one_text_whoever_wrote_its_spaces():
    told = {figure("1 €", "net", 1.0, given=(f"à 80{space}%",)).pieces for space in (" ", NBSP)}
    assert len(told) == 1


def test_k02_a_calendar_is_written_with_hard_spaces():
    day = date(2028, 9, 1)
    one = Coming("x", "Vœux : fin", "", day, day)
    assert f"SUMMARY:Vœux{NBSP}: fin" in agenda([one], "D0005", date(2026, 11, 25)).decode()


def test_k02_a_cell_of_a_notebook_or_of_slides_is_written_with_hard_spaces():
    assert plain("Qui a le plus ?\n85 %") == f"Qui a le plus{NBSP}? 85{NBSP}%"
