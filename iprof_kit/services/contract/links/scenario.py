"""The operations on a shared scenario, part of `services.contract`.

A link holds the supposed events and nothing of the person: no name (of hers or of the scenario),
no corps, no échelon, no amount. Another teacher who opens it sees the events on her own file.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import MOST_EVENTS, Evenement
from iprof_kit.services.contract.operation import LONG, Operations, OwnFile, OwnFileOrTrainer

LONGEST_SCENARIO_DAYS = 365
Evenements = Annotated[tuple[Evenement, ...], Field(min_length=1, max_length=MOST_EVENTS)]


class PartagerScenario(Plain):
    """`jours`: how long the link works."""

    evenements: Evenements
    jours: Annotated[int, Field(ge=1, le=LONGEST_SCENARIO_DAYS)]


class LienScenario(Plain):
    """`jeton` is what the address carries, signed by the server."""

    jeton: str
    expire_le: datetime


class OuvrirScenario(Plain):
    """What the address of a link carried."""

    jeton: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ScenarioOuvert(Plain):
    """The events of a link that still works."""

    evenements: Evenements
    cree_le: datetime
    expire_le: datetime


SCENARIO_OPERATIONS = Operations(OwnFile("un scénario"))
SCENARIO_LIEN = SCENARIO_OPERATIONS.add("scenario_lien", PartagerScenario, LienScenario, LONG)
OPENED_OPERATIONS = Operations(OwnFileOrTrainer("un scénario"))
SCENARIO_OUVRIR = OPENED_OPERATIONS.add("scenario_ouvrir", OuvrirScenario, ScenarioOuvert)
