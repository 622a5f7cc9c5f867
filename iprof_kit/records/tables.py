"""Every table, for whoever needs them all: the migrations' test and the exports."""

from iprof_kit.records import (
    accounts,
    agents,
    carnets,
    cases,
    contacts,
    cvs,
    history,
    jobs,
    login_attempts,
    marks,
    movement_bars,
    outbox,
    repository,
    reset_links,
    sessions,
)
from iprof_kit.records.base import Base
from iprof_kit.records.evaluation import projects
from iprof_kit.records.journal import audit
from iprof_kit.records.lessons import live
from iprof_kit.records.movements import campaigns
from iprof_kit.records.training import plans

__all__ = [
    "accounts", "agents", "audit", "campaigns", "carnets", "cases", "contacts", "cvs", "history",
    "jobs", "live", "login_attempts", "marks", "movement_bars", "outbox", "plans", "projects",
    "repository", "reset_links", "sessions",
]  # fmt: skip

METADATA = Base.metadata
