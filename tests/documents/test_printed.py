"""Dates, periods and quantities as they are printed; what is none of these stays as typed."""

import pytest

from iprof_kit.cv import values as printed
from iprof_kit.cv.sections import competences, diplomes, formations
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.documents.blocks import Block, blocks
from iprof_kit.documents.model import Fact

N = "\u00a0"


@pytest.mark.parametrize(
    ("value", "long", "short"),
    [
        ("2022-09-01", "1er septembre 2022", "1er septembre 2022"),
        ("2022-09", "septembre 2022", f"sept.{N}2022"),
        ("2022", "2022", "2022"),
        ("2023-02-31", "2023-02-31", "2023-02-31"),
        ("2023-13", "2023-13", "2023-13"),
        ("-09", "septembre", "sept."),
        ("l'an dernier", "l’an dernier", "l’an dernier"),
        ("", "", ""),
    ],
)
def test_dates(value, long, short):
    assert printed.day(value) == long
    assert printed.short(value) == short


@pytest.mark.parametrize(
    ("debut", "fin", "said"),
    [
        ("2019-09", "2021-06", f"sept.{N}2019{N}– juin{N}2021"),
        ("2019", "2021", f"2019{N}– 2021"),
        ("2019", "2019", "2019"),
        ("2019-09", "", "depuis septembre 2019"),
        ("2019-09-01", "", "depuis le 1er septembre 2019"),
        ("", "2021", "jusqu’en 2021"),
        ("", "2021-06-30", "jusqu’au 30 juin 2021"),
        ("", "", ""),
    ],
)
def test_periods(debut, fin, said):
    assert printed.period(debut, fin) == said


@pytest.mark.parametrize(
    ("function", "value", "said"),
    [
        (printed.rank, "07", "7e"),
        (printed.rank, "1", "1er"),
        (printed.rank, "HEA", "HEA"),
        (printed.share, "100", "temps plein"),
        (printed.share, "80 %", f"80{N}%"),
        (printed.share, "12.5", f"12,5{N}%"),
        (printed.share, "la moitié", "la moitié"),
        (printed.hours, "18", f"18{N}heures"),
        (printed.hours, "1", f"1{N}heure"),
        (printed.hours, "1,5", f"1,5{N}heure"),
        (printed.hours, "une demi-journée", "une demi-journée"),
    ],
)
def test_quantities(function, value, said):
    assert function(value) == said


def test_typography_is_french_and_lines_are_single():
    assert printed.line("  l'école :\n « oui » ?") == "l’école : « oui » ?"


def test_training_without_an_end_does_not_pretend_to_last():
    assert formations.write(Formation(intitule="x", debut="2025-02")).dates == f"févr.{N}2025"


def test_language_says_the_frame_of_its_level_and_another_skill_does_not():
    spoken = Competence(nature="langue", intitule="anglais", niveau="B2")
    assert competences.write(spoken) == Fact("anglais", "B2 (cadre européen)", spoken.id)
    other = Competence(nature="autre", intitule="piano", niveau="B2")
    assert competences.write(other) == Fact("piano", "B2", other.id)
    assert competences.write(Competence(nature="langue", intitule="breton")).value == "breton"


def test_line_without_a_title_takes_what_it_has():
    entry = diplomes.write(Diplome(specialite="géologie", niveau="6", etat="en_cours"))
    assert (entry.title, entry.details) == ("géologie", ("niveau 6", "en cours"))


def test_text_is_cut_into_paragraphs_and_lists():
    text = "Un\nDeux\n\nTrois\n- a\n• b\nQuatre\n-\n- "
    assert blocks(text) == (
        Block(False, ("Un", "Deux")),
        Block(False, ("Trois",)),
        Block(True, ("a", "b")),
        Block(False, ("Quatre", "-", "-")),
    )
