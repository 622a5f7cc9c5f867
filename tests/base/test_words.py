"""Cents, French amounts, and the words of corps, grades and échelons."""

import numpy as np
import pytest
from babel.dates import get_month_names

from iprof_kit.base.calendar import MONTHS
from iprof_kit.base.errors import InputError
from iprof_kit.base.money import share_in_euros
from iprof_kit.base.words import (
    appreciation_label,
    at_echelon,
    corps_and_grade_label,
    corps_label,
    dashed,
    echelon_label,
    euros_text,
    feminine,
    folded,
    grade_label,
    grade_words,
    hard_spaces,
    known_corps,
    label,
    position_label,
)


def test_half_a_cent_is_rounded_up_exactly():
    assert share_in_euros(0.125, 1, 1, 1) == 0.13
    assert share_in_euros(1.0, [1, 2], 1, 200).tolist() == [0.01, 0.01]
    assert share_in_euros(59.0734, 395, 1, 12) == 1944.5


@pytest.mark.parametrize(
    ("amount", "signed", "text"),
    [
        (2371.37, False, "2\u00a0371,37\u00a0€"),
        (53799.06, False, "53\u00a0799,06\u00a0€"),
        (0, True, "0,00\u00a0€"),
        (143.46, True, "+143,46\u00a0€"),
        (-12, False, "\u221212,00\u00a0€"),
        (np.float64(1234567.005), False, "1\u00a0234\u00a0567,00\u00a0€"),
    ],
)
def test_amounts_are_written_in_french(amount, signed, text):
    assert euros_text(amount, signed=signed) == text


def test_corps_and_grades_have_french_labels():
    assert corps_label("pe") == "Professeur des écoles"
    assert corps_label("pe", plural=True) == "Professeurs des écoles"
    assert grade_label("hors_classe") == "hors classe"
    assert (
        corps_and_grade_label("pe", "classe_normale") == "Professeur des écoles de classe normale"
    )
    assert corps_and_grade_label("agrege", "hors_classe") == "Professeur agrégé hors classe"
    assert corps_and_grade_label("instituteur", "grade_unique") == "Instituteur"
    assert label("corps", "615") == "Professeur des écoles"


@pytest.mark.parametrize("corps", known_corps())
def test_every_corps_has_a_singular_label(corps):
    assert corps_label(corps)


def test_echelons_have_french_labels():
    assert echelon_label("1") == "1er échelon"
    assert echelon_label("special", "HEA2") == "échelon spécial, chevron HEA2"
    assert position_label("hors_classe", "2") == "hors classe, 2e échelon"
    assert position_label("classe_normale", "7") == "7e échelon"


def test_an_unknown_word_lists_the_known_ones():
    with pytest.raises(InputError, match=r"«\sxyz\s».*pe, certifie"):
        corps_label("xyz")
    with pytest.raises(InputError):
        label("nulle_part", "1")


def test_hard_spaces_are_those_of_french_and_are_set_once():
    told = hard_spaces("l'indice n° 3 : 80 % ; « oui »")
    assert told == "l'indice n°\u00a03\u00a0: 80\u00a0%\u00a0; «\u00a0oui\u00a0»"
    assert hard_spaces(told) == told


def test_an_echelon_is_written_after_its_preposition():
    assert at_echelon("7") == "au 7e échelon"
    assert at_echelon("special", "HEA1") == "à l’échelon spécial, chevron HEA1"


def test_a_narrow_space_before_a_sign_is_set_as_the_others_are():
    told = hard_spaces("l’école\u202f: «\u202foui\u202f»")
    assert told == "l’école\u00a0: «\u00a0oui\u00a0»"
    assert hard_spaces("1\u202f234") == "1\u202f234"


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Vœu  de l’Académie", "voeu de l'academie"),
        ("ex æquo", "ex aequo"),
        ("ÉCOLE DU SACRÉ-CŒUR", "ecole du sacre-coeur"),
        ("Straße, Søren", "strasse, soren"),
    ],
)
def test_texts_are_compared_without_accents_case_or_ligatures(written, compared):
    assert folded(written) == compared


def test_a_name_of_file_keeps_the_letters_of_a_ligature():
    assert dashed("École du Sacré-Cœur") == "Ecole-du-Sacre-Coeur"


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("tres_satisfaisant", "très satisfaisant"),
        ("a_consolider", "à consolider"),
        ("excellent", "excellent"),
        ("", ""),
    ],
)
def test_an_appreciation_is_read_with_its_accents(code, read):
    assert appreciation_label(code) == read


def test_a_corps_of_one_grade_has_no_grade_to_say():
    assert grade_words("grade_unique") == ""
    assert position_label("grade_unique", "11") == "11e échelon"


def test_months_are_those_of_babel():
    assert tuple(get_month_names("wide", locale="fr").values()) == MONTHS


@pytest.mark.parametrize(
    ("written", "of_a_woman"),
    [
        ("Professeur certifié", "Professeure certifiée"),
        ("Conseiller principal d'éducation", "Conseillère principale d’éducation"),
        ("Instituteur", "Institutrice"),
        ("Agent contractuel", "Agente contractuelle"),
        ("Directeur d’école", "Directrice d’école"),
        ("Un nom que la table n’a pas", "Un nom que la table n’a pas"),
    ],
)
def test_the_name_of_a_corps_or_a_function_has_a_feminine(written, of_a_woman):
    """Circulaire du 21-11-2017 (JO du 22-11-2017): -eur, -eure; -er, -ère; -teur, -trice."""
    assert feminine(written) == of_a_woman


@pytest.mark.parametrize("corps", known_corps())
def test_every_corps_has_a_feminine_name_unless_it_is_the_same(corps):
    name = corps_label(corps)
    assert feminine(name) != name or name.startswith("Psychologue")
