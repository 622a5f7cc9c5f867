"""The last day of an appeal against the result of a competition: two months francs, put off."""

from datetime import date

import pytest
from changed_tables import plain

from iprof_kit.calculate.campaigns.why import appeal_day, explain_appeal
from iprof_kit.law.campaigns.files import known_campaigns
from iprof_kit.law.requests.delays import known_delays
from iprof_kit.law.tables.rules import RULES

WHAT = "Recours devant le tribunal administratif"


@pytest.mark.parametrize(
    ("result", "last"),
    [
        # CE, 3 décembre 2018, n° 417292: a refusal of 23 August, admissible until 24 October
        (date(2017, 8, 23), date(2017, 10, 24)),
        # CE, 19 septembre 2014, n° 362568: Saturday 13 June 2026 is put off to Monday
        (date(2026, 4, 12), date(2026, 6, 15)),
    ],
)
def test_the_recours_is_a_delay_franc_put_off_to_a_worked_day(result, last):
    assert appeal_day("recours", result) == last


def test_each_appeal_of_each_campaign_has_a_delay_of_the_table():
    delays = {one.delay for campaign in known_campaigns() for one in campaign.service.appeals}
    assert delays - {""} == {"recours"}
    assert delays - {""} <= set(known_delays())


def test_the_reason_says_the_result_the_delay_and_each_day_passed_over():
    reason = explain_appeal(WHAT, "recours", date(2026, 4, 12))
    assert [(plain(one.libelle), plain(one.valeur)) for one in reason.lignes] == [
        ("Résultat publié le", "12 avril 2026"),
        (WHAT, "2 mois francs"),
        ("Fin du délai", "13 juin 2026"),
        ("13 juin 2026", "samedi"),
        ("14 juin 2026", "dimanche"),
        ("Premier jour ouvrable", "15 juin 2026"),
        ("Dernier jour", "15 juin 2026"),
    ]
    assert "franc" in reason.regle


def test_without_its_rule_the_reason_is_refused(monkeypatch):
    monkeypatch.delitem(RULES, "delay_of")
    (line,) = explain_appeal(WHAT, "recours", date(2026, 4, 12)).lignes
    assert line.nature == "refus"
