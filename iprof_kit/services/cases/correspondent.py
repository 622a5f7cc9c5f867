"""Who follows a file: the service of the portfolio that holds it, never a person."""

from __future__ import annotations

import re
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.reference import degrees_of
from iprof_kit.records.agents import Agent
from iprof_kit.services.academies import academie
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.access.reach import service_of
from iprof_kit.services.contract.courrier import Correspondant
from iprof_kit.services.contract.dossier import Academie

LONGEST_SERVICE = 150
UNNAMED = "Votre service gestionnaire"
_DEGREES = {"1": "Premier degré", "2": "Second degré"}
_TELEPHONE = re.compile(r"\s*,\s*\+?\d[\d .]{6,}$")


def correspondant(session: Session, agent: Agent, today: date) -> Correspondant:
    """Return the service that follows a file, and what its academy announces.

    Where no portfolio holds the person, it is the one that the configuration names.

    Parameters
    ----------
    session : Session
        That of the transaction.
    agent : Agent
        Whose file.
    today : date
        The day of the question: who follows a file changes.
    """
    academy = academie(agent.academie)
    service = service_of(session, agent, today) or _configured(academy, agent)
    return Correspondant(
        service=service, **academy.courrier.model_dump(exclude={"seconde_lecture"})
    )


def own_service(session: Session, owner: Owner, now: datetime) -> Correspondant:
    """Return who follows one's own file today.

    Raises
    ------
    Unavailable
        The file is not in this database.
    """
    agent = session.scalars(select(Agent).where(Agent.numero == owner.numero)).one_or_none()
    if agent is None:
        raise absent_file()
    return correspondant(session, agent, paris(now).date())


def _configured(academy: Academie, agent: Agent) -> str:
    """Return the service of the person's degree, without its telephone."""
    degree = _DEGREES.get(";".join(degrees_of(agent.corps)))
    named = (text for name, text in academy.services.items() if degree and name.startswith(degree))
    return _TELEPHONE.sub("", next(named, UNNAMED))[:LONGEST_SERVICE]
