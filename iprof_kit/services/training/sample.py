"""The fictitious plan and the fictitious campaign of the demonstration."""

from __future__ import annotations

from datetime import datetime

from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.campaigns.giving import add_campaign
from iprof_kit.services.training.importing import Plan, PlanReport, import_plan

_BY = "iprof sample load"
_PLAN = Plan("06", 2026)
_CAMPAIGNS = ("formation_campagne_1d.yml", "formation_campagne_2d.yml")


def load_sample_plan(now: datetime) -> PlanReport:
    """Put the fictitious plan in the database; doing it again changes nothing."""
    for name in _CAMPAIGNS:
        add_campaign(SAMPLE / name, _BY, now, replace=True)
    content = (SAMPLE / "formation.csv").read_bytes()
    return import_plan(content, _PLAN, _BY, now, replace=True)
