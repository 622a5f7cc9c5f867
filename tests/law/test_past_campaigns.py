"""Campaigns of three past years at each side of each deadline, wherever the clock is read."""

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from iprof_kit.law.campaigns.files import known_campaigns
from iprof_kit.law.campaigns.moments import concerning, received, state_of

CASES = yaml.load(
    (Path(__file__).parent / "cases/campagnes_passees.yml").read_text("utf-8"), yaml.BaseLoader
)
PARIS = ZoneInfo("Europe/Paris")
CLOCKS = ("Europe/Paris", "America/Guadeloupe", "Indian/Reunion", "Pacific/Noumea",
          "Pacific/Tahiti")  # fmt: skip
BY_ID = {one.id: one for one in known_campaigns()}
MINUTE = timedelta(minutes=1)
MOVEMENTS = ("/services/siam", "/services/candidature")


def named(case):
    return "-".join(filter(None, (case["campagne"], case["etape"], case.get("lieu"))))


def at(written):
    return datetime.fromisoformat(written).replace(tzinfo=PARIS)


def states(case, moment):
    """Return what the step is at a moment, as each clock writes it."""
    campaign = concerning(BY_ID[case["campagne"]], (case.get("lieu", ""),))
    step = campaign.service.step(case["etape"])
    return {state_of(campaign, step, moment.astimezone(ZoneInfo(one))) for one in CLOCKS}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_a_step_is_open_from_its_first_minute_to_its_last_one_on_every_clock(case):
    closes = at(case["ferme"])
    assert states(case, closes - MINUTE) == {"ouverte"}
    assert states(case, closes) == {"close"}
    if "ouvre" in case:
        opens = at(case["ouvre"])
        assert states(case, opens - MINUTE) == {"a_venir"}
        assert states(case, opens) == {"ouverte"}


def test_each_of_the_three_years_and_of_the_movements_that_have_dates_has_its_cases():
    years = {case["campagne"][-4:] for case in CASES}
    services = {case["campagne"][:-5] for case in CASES}
    assert years == {"2024", "2025", "2026"}
    dated = {one.service for one in BY_ID.values() if one.windows and one.year <= 2026}
    assert services == {one.id for one in dated if one.address in MOVEMENTS}


@pytest.mark.parametrize(("minutes", "late"), [(-1, []), (0, ["demande"])])
def test_a_paper_is_late_from_the_closing_of_the_step_that_receives_it(minutes, late):
    """FSU-SNUipp, 17 October 2025: the signed request comes back by 11 December 2025."""
    campaign = concerning(BY_ID["interdepartemental_1d_2026"])
    came = at("2025-12-12 00:00") + minutes * MINUTE
    stands = received(campaign, {"demande": came, "union": at("2025-12-01 00:00")})
    assert [one.key for one in stands.late] == late
    assert stands.missing == ()


def test_without_a_known_end_nothing_is_late_and_what_every_wish_needs_is_missing():
    stands = received(BY_ID["interdepartemental_1d_2027"], {"union": at("2027-08-01 00:00")})
    assert (stands.late, stands.window) == ((), None)
    assert [one.key for one in stands.missing] == ["demande"]
