"""The reclassement of 2017 explained; the examples are those of snes.edu, « le reclassement »."""

from datetime import date

import pytest

from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.reclassement.ppcr import explain_2017

OLD = {"corps": "certifie", "grade": "classe_normale"}


def said(found):
    return {line.libelle: line.valeur for line in found.explanation.lignes}


@pytest.mark.parametrize(
    ("since", "new", "kept", "rule", "due"),
    [
        # 5e, deux ans : reclassé au 5e avec la même ancienneté, 6e six mois plus tard.
        (date(2015, 9, 1), "5", 720, "5e échelon, 2 ans d’ancienneté", "1er mars 2018"),
        # 5e, deux ans six mois : directement au 6e, sans ancienneté.
        (date(2015, 3, 1), "6", 0, "6e échelon, sans ancienneté", "1er septembre 2020"),
    ],
)
def test_the_published_examples(since, new, kept, rule, due):
    found = explain_2017(Standing(**OLD, echelon=new), kept, Standing(**OLD, echelon="5"), since)
    words = said(found)
    assert words["Ce que donne la règle"] == rule
    assert due in words.values()
    assert found.gap == ""


def test_the_hors_classe_number_falls_by_one_and_the_article_is_given():
    # snes.edu : échelon −1, ou l'échelon suivant quand l'ancienneté atteint la nouvelle durée
    new = Standing("certifie", "hors_classe", "5")
    found = explain_2017(new, 0, None, None)
    assert said(found)["Ancien échelon qui menait au 5e échelon"] == "5e échelon ou 6e échelon"
    agrege = explain_2017(Standing("agrege", "hors_classe", "3"), 0, None, None)
    assert said(agrege)["Ancien échelon qui menait au 3e échelon"] == "5e échelon"
    assert "art." in agrege.explanation.sources[0].texte


def test_an_agrege_due_that_day_is_at_the_next_echelon():
    # snes.edu : « directement dans cet échelon supérieur, sans conservation » ; art. 62 : HC 4e
    # vers 2e, ancienneté dans la limite de deux ans
    old, new = Standing("agrege", "hors_classe", "4"), Standing("agrege", "hors_classe", "3")
    found = explain_2017(new, 0, old, date(2015, 6, 1))
    assert said(found)["Ce que donne la règle"] == "3e échelon, sans ancienneté"
    assert found.gap == ""


def test_what_the_file_and_the_rule_count_differently_is_said():
    old = Standing("pe", "classe_normale", "4")
    found = explain_2017(old, 180, old, date(2017, 1, 16))
    assert "7 mois 15 jours" in found.gap  # 16 January to 1 September 2017
    assert "6 mois" in found.gap


def test_a_corps_that_no_row_covers_is_not_explained():
    assert explain_2017(Standing("psyen", "classe_normale", "4"), 0, None, None) is None
