"""The reason of the dates of a campaign is what was published, calculated again."""

from datetime import datetime

import pytest
import yaml
from changed_tables import plain

from iprof_kit.base.clock import PARIS
from iprof_kit.base.paths import CAMPAIGNS
from iprof_kit.calculate.campaigns.calculation import campaigns
from iprof_kit.calculate.campaigns.question import CampagnesQuestion
from iprof_kit.calculate.campaigns.why import explain_dates
from iprof_kit.law.tables.rules import RULES
from iprof_kit.ui.screens.campaigns.words import whole

NOON = datetime(2025, 11, 20, 12, tzinfo=PARIS)
INTER, WISHES = "interdepartemental_1d_2026", "saisie_voeux_siam"


def asked(corps="pe", at=NOON, **more):
    return CampagnesQuestion(corps=corps, instant=at, **more)


def every_step(question):
    for campaign in campaigns(question).campagnes:
        for step in campaign.etapes:
            yield campaign.id, step


def step_of(question, campaign, key):
    return next(
        step for name, step in every_step(question) if (name, step.etape) == (campaign, key)
    )


def shown(reason):
    return [(plain(line.libelle), plain(line.valeur)) for line in reason.lignes]


@pytest.mark.parametrize("corps", ["pe", "certifie", "agrege", "psyen"])
@pytest.mark.parametrize("year", [2024, 2026, 2027])
def test_the_last_line_is_the_dates_that_the_screen_shows(corps, year):
    question = asked(corps, annee=year, academie="10", departement="063")
    for campaign, step in every_step(question):
        reason = explain_dates(question, campaign, step, whole)
        assert reason.lignes[-1].valeur == whole(step)


def test_a_date_says_the_text_that_gives_it():
    # FSU-SNUipp, 17 October 2025, and SNUDI-FO: from 5 to 26 November, noon
    question = asked()
    reason = explain_dates(question, INTER, step_of(question, INTER, WISHES), whole)
    assert ("Ouverture", "5 novembre 2025") in shown(reason)
    assert ("Clôture", "26 novembre 2025, 12:00") in shown(reason)
    assert any("FSU-SNUipp" in source.texte for source in reason.sources)


def test_a_date_changed_in_its_file_moves_the_day_and_its_source_together():
    content = yaml.safe_load((CAMPAIGNS / f"{INTER}.yml").read_text(encoding="utf-8"))
    (wishes,) = (one for one in content["etapes"] if one["etape"] == WISHES)
    wishes |= {"du": "2025-11-05", "au": "2025-12-03", "source": "note de service changée"}
    kept = [one if one is wishes else None for one in content["etapes"]]
    question = asked(ajoutees=({**content, "etapes": [one for one in kept if one]},))
    reason = explain_dates(question, INTER, step_of(question, INTER, WISHES), whole)
    assert ("Clôture", "3 décembre 2025, 12:00") in shown(reason)
    assert "3 décembre 2025" in shown(reason)[-1][1]
    assert [source.texte for source in reason.sources] == ["note de service changée"]


def test_a_moved_end_says_what_was_published_and_why_it_moved():
    incident = {"campagne": INTER, "etape": WISHES, "motif": "panne de SIAM",
                "jusqu_au": datetime(2025, 11, 28, 18, tzinfo=PARIS), "note_le": NOON}  # fmt: skip
    question = asked(at=NOON, incidents=(incident,))
    lines = shown(explain_dates(question, INTER, step_of(question, INTER, WISHES), whole))
    assert ("Clôture", "26 novembre 2025, 12:00") in lines
    assert ("Échéance déplacée", "panne de SIAM, noté le 20 novembre 2025") in lines
    assert "28 novembre 2025" in lines[-1][1]


def test_the_weeks_of_past_years_are_a_hypothesis():
    question = asked(at=datetime(2026, 11, 20, 12, tzinfo=PARIS))
    campaign = "interdepartemental_1d_2027"
    step = step_of(question, campaign, WISHES)
    reason = explain_dates(question, campaign, step, whole)
    assert ("Dates publiées", "aucune connue de ce kit") in shown(reason)
    assert ("Campagne 2026", "5 novembre 2025 au 26 novembre 2025") in shown(reason)
    assert any("FSU-SNUipp" in source.texte for source in reason.sources)
    assert "hypothese" in {line.nature for line in reason.lignes}


def test_dates_that_are_not_those_calculated_have_no_reason():
    question = asked()
    other = step_of(question, INTER, WISHES).model_copy(update={"heure_au": "18:00"})
    assert shown(explain_dates(question, INTER, other, whole))[0][0] == "Raison non donnée"


def test_without_its_rule_the_reason_is_refused(monkeypatch):
    question = asked()
    step = step_of(question, INTER, WISHES)
    monkeypatch.delitem(RULES, "campagne_dates")
    (line,) = explain_dates(question, INTER, step, whole).lignes
    assert line.nature == "refus"
