"""The shape of every reference table of the kit, one file a subject: the one list to load from."""

from __future__ import annotations

from iprof_kit.law.tables.schema import Schema
from iprof_kit.law.tables.shapes.career import CAREER
from iprof_kit.law.tables.shapes.mobility import MOBILITY
from iprof_kit.law.tables.shapes.paths import PATHS
from iprof_kit.law.tables.shapes.pay import PAY
from iprof_kit.law.tables.shapes.pension import PENSION
from iprof_kit.law.tables.shapes.population import POPULATION
from iprof_kit.law.tables.shapes.promotion import PROMOTION

SCHEMAS: dict[str, Schema] = {
    **CAREER, **PROMOTION, **PAY, **PENSION, **MOBILITY, **PATHS, **POPULATION,
}  # fmt: skip
