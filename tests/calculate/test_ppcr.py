"""The reclassement of 2017 explained; the examples are those of snes.edu, « le reclassement »."""

from datetime import date, timedelta
from random import Random

import pytest

from iprof_kit.base.calendar import date_text
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.interface.situation import Periode
from iprof_kit.calculate.reclassement import ppcr
from iprof_kit.calculate.reclassement.ppcr import Moved, explain_2017, reclassement_2017
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.rules import RULES

OLD = {"corps": "certifie", "grade": "classe_normale"}
FIFTH = Moved(Standing(**OLD, echelon="5"), 720, Standing(**OLD, echelon="5"), date(2015, 9, 1))


def lines_of(moved):
    return {line.libelle: line.valeur for line in explain_2017(moved).lignes}


@pytest.mark.parametrize(
    ("since", "new", "kept", "rule", "due"),
    [
        # 5e, deux ans : reclassé au 5e avec la même ancienneté, 6e six mois plus tard.
        (date(2015, 9, 1), "5", 720, ("5e échelon", "2 ans"), "1er mars 2018"),
        # 5e, deux ans six mois : directement au 6e, sans ancienneté.
        (date(2015, 3, 1), "6", 0, ("6e échelon", "aucune"), "1er septembre 2020"),
    ],
)
def test_the_published_examples(since, new, kept, rule, due):
    old, new = Standing(**OLD, echelon="5"), Standing(**OLD, echelon=new)
    moved = Moved(new, kept, old, since)
    found = explain_2017(moved)
    where = [one.valeur for one in found.lignes if one.libelle == "Classement selon la règle"]
    spent = [one.valeur for one in found.lignes if one.libelle == "Ancienneté gardée"]
    assert (where[-1], spent[-1]) == rule
    assert found.lignes[-1].valeur == due
    assert reclassement_2017(moved).gap == ""


def test_the_hors_classe_number_falls_by_one_and_the_article_is_given():
    # snes.edu : échelon −1, ou l'échelon suivant quand l'ancienneté atteint la nouvelle durée
    alone = Moved(Standing("certifie", "hors_classe", "5"), 0)
    led_from = "Ancien échelon qui menait au 5e échelon"
    assert lines_of(alone)[led_from] == "5e échelon ou 6e échelon"
    agrege = Moved(Standing("agrege", "hors_classe", "3"), 0)
    assert lines_of(agrege)["Ancien échelon qui menait au 3e échelon"] == "5e échelon"
    assert "art." in explain_2017(agrege).sources[0].texte


def test_an_agrege_due_that_day_is_at_the_next_echelon():
    # snes.edu : « directement dans cet échelon supérieur, sans conservation » ; art. 62 : HC 4e
    # vers 2e, ancienneté dans la limite de deux ans
    old, new = Standing("agrege", "hors_classe", "4"), Standing("agrege", "hors_classe", "3")
    moved = Moved(new, 0, old, date(2015, 6, 1))
    shown = lines_of(moved)  # the last of the two steps of that day
    assert shown["Classement selon la règle"] == "hors classe, 3e échelon"
    assert shown["Ancienneté gardée"] == "aucune"
    assert reclassement_2017(moved).gap == ""


def test_what_the_file_and_the_rule_count_differently_is_said():
    old = Standing("pe", "classe_normale", "4")
    gap = reclassement_2017(Moved(old, 180, old, date(2017, 1, 16))).gap
    assert "7 mois 15 jours" in gap  # 16 January to 1 September 2017
    assert "6 mois" in gap


def test_a_corps_that_no_row_covers_is_not_explained():
    assert reclassement_2017(Moved(Standing("psyen", "classe_normale", "4"), 0)) is None


def test_the_indices_around_the_reform_are_those_of_the_two_grids():
    # grilles.csv : agrégé hors classe, 4e avant la réforme, 3e après (décrets 2016-1620, 2017-789)
    old, new = Standing("agrege", "hors_classe", "4"), Standing("agrege", "hors_classe", "3")
    moved = Moved(new, 0, old, date(2015, 6, 1))
    before, after = reclassement_2017(moved).indices
    shown = lines_of(moved)
    assert (shown["Indice majoré la veille"], shown["Indice majoré"]) == (
        str(before),
        str(after),
    )


def test_the_law_the_file_and_what_is_supposed_are_told_apart():
    away = Periode(
        position="Disponibilité",
        motif="convenances personnelles",
        debut=date(2016, 1, 1),
        fin=date(2016, 6, 30),
    )
    reason = explain_2017(Moved(FIFTH.after, 540, FIFTH.before, FIFTH.since, periods=(away,)))
    kinds = {line.libelle: line.nature for line in reason.lignes}
    assert kinds["Échelon détenu le 31 août 2017"] == "donnee"
    assert kinds["Ce que dit votre dossier"] == "donnee"
    assert kinds["Du 1er janvier 2016 au 30 juin 2016"] == "donnee"
    assert kinds["Échelon suivant sans cette ancienneté"] == "hypothese"
    assert kinds["Classement selon la règle"] == "loi"
    assert {"ppcr_2017", "counted_time", "due_day"} <= set(reason.regles)


@pytest.mark.parametrize("rule", ["ppcr_2017", "due_that_day", "index_before_ppcr", "due_day"])
def test_a_rule_that_left_the_registry_makes_the_reason_fail(monkeypatch, rule):
    monkeypatch.delitem(RULES, rule)
    (refused,) = explain_2017(FIFTH).lignes
    assert (refused.libelle, refused.nature) == ("Raison non donnée", "refus")
    assert rule in refused.valeur
    assert reclassement_2017(FIFTH).following == date(2018, 3, 1)


def test_a_reason_that_finds_another_day_is_not_given(monkeypatch):
    days = iter([[720_000], [720_360]])
    monkeypatch.setattr(ppcr, "due_day", lambda since, lasts, first: next(days))
    assert "est différent" in explain_2017(FIFTH).lignes[-1].valeur


def test_the_last_line_of_anybodys_reason_is_the_day_of_the_screen():
    chance, count = Random(2017), 0
    for _ in range(60):
        cell, old = chance.randrange(CELLS.count), str(chance.randrange(1, 12))
        after = Standing(
            CELLS.corps[cell], CELLS.grade[cell], CELLS.echelon[cell], CELLS.chevron[cell] or None
        )
        since = date(2012, 1, 1) + timedelta(days=chance.randrange(2000))
        before = Standing(after.corps, after.grade, old)
        moved = Moved(after, chance.choice([0, 180]), before, since)
        found = reclassement_2017(moved)
        if found is None:  # a corps that no row covers
            continue
        last = explain_2017(moved).lignes[-1]
        assert last.libelle != "Raison non donnée"
        if found.following is not None:
            assert last.valeur == date_text(found.following)
        count += 1
    assert count > 20
