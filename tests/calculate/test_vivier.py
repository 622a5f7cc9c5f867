"""Campaigns of the classe exceptionnelle by viviers, replayed by the rules of their year."""

import pytest

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.calculate import ask

HEAD = {"fonction": "direction_ecole", "debut": "2011-09-01", "fin": "2019-08-31"}


def replayed(**more):
    return ask("vivier", {"corps": "pe", "campagne": 2019, "echelon": "3"} | more)


@pytest.mark.parametrize(
    ("campaign", "corps", "echelon", "end", "examined"),
    [
        # snuipp.fr, 7 December 2017: eight years, the 3e échelon, a candidature
        (2018, "pe", "3", "2018-08-31", "1"),
        (2018, "pe", "2", "2018-08-31", "aucun"),
        # SNES 2018: the 6e échelon needs no act; who fulfils both is examined at both
        (2019, "certifie", "6", "2019-08-31", "1 et 2"),
        # nice.snes.edu: agrégés from the 2e échelon
        (2020, "agrege", "2", "2020-08-31", "1"),
    ],
)
def test_three_past_campaigns_open_where_their_notes_open(campaign, corps, echelon, end, examined):
    whole = HEAD | {"debut": f"{campaign - 8}-09-01", "fin": end}
    answer = replayed(campagne=campaign, corps=corps, echelon=echelon, fonctions=[whole],
                      candidature_deposee=True)  # fmt: skip
    assert (answer.annees, answer.annees_requises, answer.examen) == (8, 8, examined)


def test_seven_years_leave_the_second_vivier_alone():
    short = HEAD | {"fin": "2018-08-31"}
    answer = replayed(echelon="6", fonctions=[short], candidature_deposee=True)
    assert (answer.annees, answer.vivier_1, answer.examen) == (7, False, "2")


def test_until_2020_no_candidature_no_first_vivier():
    # décret 2017-786: « doivent exprimer leur candidature » during four years
    asked = {"fonctions": [HEAD]}
    assert replayed(**asked).examen == "inconnu"
    assert replayed(**asked, candidature_deposee=False).examen == "aucun"
    assert replayed(**asked, candidature_deposee=True).examen == "1"
    assert replayed(**asked, campagne=2021).examen == "1"


def test_six_years_are_enough_since_2022():
    # décret of April 2022
    six = HEAD | {"debut": "2013-09-01"}
    assert replayed(campagne=2021, fonctions=[six]).examen == "aucun"
    assert replayed(campagne=2022, fonctions=[six]).examen == "1"


def test_a_refusal_sends_to_the_second_vivier_and_says_what_follows():
    refused = {"decision": "irrecevable", "notifiee_le": "2018-05-02", "campagne": 2018,
               "candidature_deposee": True}  # fmt: skip
    answer = replayed(**refused, echelon="6", fonctions=[HEAD | {"debut": "2010-09-01"}])
    assert answer.examen == "2"
    assert "pour la seule campagne 2018" in answer.decision
    assert "refait la procédure complète" in answer.suite
    assert answer.completer_avant is None


def test_in_2021_a_refusal_is_completed_within_fifteen_days():
    # versailles.snes.edu, article 5653: 15 days from the message
    answer = replayed(campagne=2021, decision="irrecevable", notifiee_le="2021-05-21")
    assert str(answer.completer_avant) == "2021-06-05"
    assert answer.a_verifier


def test_who_was_admissible_applies_again_without_the_papers():
    # SNES 2018: « candidater à nouveau mais n’ont pas à fournir à nouveau les pièces »
    answer = replayed(decision="recevable", candidature_deposee=True, fonctions=[HEAD])
    assert "pièces déjà fournies ne sont pas redemandées" in answer.decision


@pytest.mark.parametrize("campaign", [2016, 2024])
def test_another_campaign_is_refused(campaign):
    with pytest.raises(PeriodNotCovered):
        replayed(campagne=campaign)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"fonctions": [HEAD | {"fonction": "tutorat"}]}, "tutorat"),
        ({"fonctions": [HEAD | {"fin": "2010-08-31"}]}, "avant son début"),
        ({"fonctions": [HEAD | {"part": 0}]}, "part"),
        ({"echelon": "12"}, "12"),
        ({"decision": "peut-être"}, "decision"),
    ],
)
def test_what_cannot_be_is_refused_in_its_field(wrong, words):
    with pytest.raises(InputError) as refused:
        replayed(**wrong)
    assert words in str(refused.value)
