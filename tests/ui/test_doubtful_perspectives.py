"""A value to verify carries its mark in sentences and figures as it does in tables."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_visitor import Visitor

from iprof_kit.calculate import ask
from iprof_kit.calculate.pension.calculation import answer as pension_answer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.ui.screens.anciennetes.view import anciennetes, date_field, question_of
from iprof_kit.ui.screens.retraite.dates import dates_view
from iprof_kit.ui.screens.retraite.table import Departure
from iprof_kit.ui.screens.retraite.words import sentences

MARK = "(à vérifier)"
PERSON = {
    "naissance": date(1964, 7, 1),
    "aujourdhui": people.TODAY,
    "indice_majore": 673,
    "totaux": {"arrete_au": "2027-07-01", "liquidation_jours": 159 * 90},
}


def departures(others, *doubtful):
    lines = []
    for key, year in zip("AB", (2027, 2029), strict=True):
        asked = PensionQuestion(
            **PERSON, departs=(date(year, 7, 1),), trimestres_autres_regimes=others
        )
        found = pension_answer(asked)
        depart = found.departs[0].model_copy(update={"a_verifier": key in doubtful})
        lines.append(Departure(key, found.model_copy(update={"departs": (depart,)}), asked))
    return lines


@pytest.mark.parametrize(
    ("doubtful", "marks"), [("", [0, 0]), ("A", [1, 1]), ("B", [0, 2]), ("AB", [1, 2])]
)
def test_a_pension_to_verify_marks_what_it_is_compared_with(doubtful, marks):
    # B’s sentence says its gap with A, then its own amount.
    assert [said.count(MARK) for said in sentences(departures(8, *doubtful))] == marks


@pytest.mark.parametrize("others", [8, None])
def test_bounds_to_verify_are_marked_in_the_sentence_and_once_above_the_bars(others):
    lines = departures(others, "B")
    assert (MARK in sentences(lines)[0], MARK in sentences(lines)[1]) == (False, True)
    assert dates_view(lines, people.TODAY).verify
    assert not dates_view(departures(others), people.TODAY).verify


@pytest.mark.parametrize("code", ["services", "echelon", ""])
def test_a_seniority_to_verify_is_marked_in_the_first_sentence(code):
    found = ask("anciennetes", question_of(people.JEAN, people.TODAY, people.TODAY))
    lines = tuple(
        one.model_copy(update={"a_verifier": one.code == code}) for one in found.anciennetes
    )
    found = found.model_copy(update={"anciennetes": lines})
    lead = anciennetes(people.JEAN, found, people.TODAY, date_field("")).lead
    assert (f"de services {MARK}" in lead) == (code == "services")
    assert lead.endswith(f" {MARK}.") == (code == "echelon")


MARKED = 'class="mark verify"'


class Places(Visitor):
    path = "/perspectives/autres-affectations"


def test_a_score_to_verify_is_marked_once_and_so_is_its_reason_whose_lines_have_a_star():
    person = Places()
    person.do("voeu_ajouter", of="37")
    block = re.search(r'<section class="block" id="voeux">.*?</section>', person.html, re.S)[0]
    assert block.count(MARKED) == 1
    person.do("pourquoi", of="37")
    reason = re.search(r'<div class="why-body">.*?</div></td>', person.html, re.S)[0]
    assert reason.count(MARKED) == 1
    assert '<span class="doubtful">' in reason
