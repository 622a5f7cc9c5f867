"""Dates of the movements and hours overseas, as the published calendars give them."""

from datetime import date, datetime

import pytest

from iprof_kit.base.clock import PARIS
from iprof_kit.calculate.campaigns.calculation import campaigns
from iprof_kit.calculate.campaigns.movement import with_given
from iprof_kit.calculate.campaigns.question import CampagnesQuestion
from iprof_kit.calculate.interface.local_time import hour_text, place_of
from iprof_kit.calculate.mobility.dates import movement_dates

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("day", "hour", "departement", "expected"),
    [
        # IANA: La Réunion UTC+4 all year, Martinique UTC-4, Nouméa UTC+11; Paris UTC+1 in winter.
        ("2025-11-26", "12:00", None, "12 h, heure de Paris"),
        ("2025-11-26", "12:00", "063", "12 h, heure de Paris"),
        ("2025-11-26", "12:00", "974", "12 h, heure de Paris (15 h à La Réunion)"),
        ("2025-11-26", "12:00", "972", "12 h, heure de Paris (7 h à la Martinique)"),
        ("2025-07-01", "12:00", "972", "12 h, heure de Paris (6 h à la Martinique)"),
        ("2026-02-06", "23:59", "988",
         "23 h 59, heure de Paris (9 h 59 le 7 février 2026 en Nouvelle-Calédonie)"),
    ],
)  # fmt: skip
def test_the_hour_of_paris_and_the_local_one(day, hour, departement, expected):
    said = hour_text(date.fromisoformat(day), hour, place_of(departement))
    assert said.replace(NBSP, " ") == expected


def test_the_steps_of_an_open_campaign_with_their_hour():
    found = movement_dates("pe", "063", "06", date(2025, 11, 10))
    steps = {one.step: one for one in found.dates if one.phase.startswith("Mouvement")}
    wishes = steps["Saisie des vœux dans SIAM"]
    assert (wishes.opens, wishes.closes, wishes.hour) == (
        date(2025, 11, 5),
        date(2025, 11, 26),
        "12:00",
    )  # FSU-SNUipp, 17-10-2025
    assert not wishes.to_verify
    assert found.unknown == ""


def test_a_step_that_is_over_is_not_said_again():
    found = movement_dates("pe", "063", "06", date(2025, 11, 27))
    assert "Saisie des vœux dans SIAM" not in {one.step for one in found.dates}


def test_another_academy_gives_its_own_dates_to_its_people_only():
    steps = [one.step for one in movement_dates("certifie", "031", "16", date(2026, 1, 20)).dates]
    assert "Contestation du barème" in steps
    assert "Contestation du barème" not in [
        one.step for one in movement_dates("certifie", "063", "06", date(2026, 1, 20)).dates
    ]


def test_a_campaign_without_published_date_says_so_and_gives_none():
    found = movement_dates("pe", "063", "06", date(2026, 11, 25))
    assert found.dates == ()
    assert "Mouvement interdépartemental 2027" in found.unknown
    assert "aucune date publiée n’est connue" in found.unknown


@pytest.mark.parametrize("corps", ["pe", "certifie"])
def test_the_guess_of_a_month_is_not_said_once_the_month_is_past(corps):
    # recherche du 27-11-2026 : aucune date de la campagne 2027 trouvée
    before = movement_dates(corps, "063", "06", date(2026, 11, 30)).unknown
    after = movement_dates(corps, "063", "06", date(2026, 12, 1)).unknown
    assert "en novembre" in before
    assert "novembre" not in after
    assert "vérifiez maintenant dans SIAM" in after.replace("Vérifiez", "vérifiez")


def test_the_dates_of_another_service_are_none_of_a_movement():
    given = {"id": "formation_1d_2027", "service": "formation_1d", "annee": 2027, "etapes": [
        {"etape": "inscription_1", "au": "2026-12-11", "source": "essai", "confiance": "A"},
    ]}  # fmt: skip
    noon = datetime(2026, 11, 25, 12, tzinfo=PARIS)
    answer = campaigns(CampagnesQuestion(corps="pe", instant=noon, ajoutees=(given,)))
    assert "Formation continue" in {one.titre for one in answer.campagnes}
    found = with_given(movement_dates("pe", "063", "06", date(2026, 11, 25)), answer.campagnes)
    assert found.dates == ()
