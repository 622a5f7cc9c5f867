"""A table shown to an analyst: its words in French, under its caption."""

import pandas as pd

from iprof_kit.ui.workshop.analysis import shown


def test_a_table_is_searched_in_french_over_its_caption():
    table = pd.DataFrame({"age": range(11)})
    table.attrs["legende"] = "PROJET. Pyramide des âges."
    page = shown(table).data
    assert "PROJET. Pyramide des âges." in page
    assert "Chercher" in page
    assert "lignes par page" in page


def test_a_number_is_written_in_french_and_sorted_by_its_value():
    page = shown(pd.DataFrame({"part": [18.220339, 0.00341]})).data
    assert '[\\"18,22\\", 18.220339]' in page
    assert '[\\"0,0034\\", 0.00341]' in page


def test_a_list_of_thousands_is_shown_whole():
    table = pd.DataFrame({"numero": [f"N{n:05d}" for n in range(3_000)], "condition": "x" * 90})
    assert "downsampled" not in shown(table).data
    assert all(number in shown(table).data for number in ("N00000", "N01500", "N02999"))
