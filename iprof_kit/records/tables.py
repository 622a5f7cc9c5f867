"""Every table, for whoever needs them all: the migrations' test and the exports."""

from iprof_kit.records import (
    accounts,
    agents,
    carnets,
    cases,
    cvs,
    history,
    marks,
    outbox,
    repository,
)
from iprof_kit.records.base import Base
from iprof_kit.records.evaluation import projects
from iprof_kit.records.journal import audit
from iprof_kit.records.lessons import live
from iprof_kit.records.movements import bars, campaigns
from iprof_kit.records.training import plans

__all__ = [
    "accounts",
    "agents",
    "audit",
    "bars",
    "campaigns",
    "carnets",
    "cases",
    "cvs",
    "history",
    "live",
    "marks",
    "outbox",
    "plans",
    "projects",
    "repository",
]

METADATA = Base.metadata
