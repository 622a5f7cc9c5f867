"""Whom an evaluator sees today: the people of her dated portfolio, by place, corps and subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Refused
from iprof_kit.records.agents import Agent
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.history import Affectation
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.contract.evaluation import Partie
from iprof_kit.services.contract.operation import Role

EVALUATOR: Role = "evaluateur"
INSPECTION: Partie = "inspection"
HEAD: Partie = "chef"
PARTS: tuple[Partie, ...] = (INSPECTION, HEAD)


@dataclass(frozen=True)
class Reach:
    """The portfolio of one day; nobody evaluates herself."""

    lines: Sequence[EvaluatorPortfolio]
    own: str | None
    today: date

    def people(self, *parts: str) -> ColumnElement[bool]:
        """Return the condition of the people whom she may see, in some parts or in all."""
        lines = [_people(one, self.today) for one in self.lines if one.part in (parts or PARTS)]
        return and_(or_(false(), *lines), Agent.numero != (self.own or ""))


def reach_of(session: Session, identity: Identity, today: date) -> Reach:
    """Return whom an account evaluates on a day; nobody where it has not the role."""
    if EVALUATOR not in identity.roles:
        return Reach((), identity.numero_dossier, today)
    query = select(EvaluatorPortfolio).where(
        EvaluatorPortfolio.account_id == identity.account_id, in_force(today)
    )
    lines = session.scalars(query.order_by(EvaluatorPortfolio.id)).all()
    return Reach(lines, identity.numero_dossier, today)


def person_of(session: Session, reach: Reach, numero: str) -> tuple[Agent, Partie]:
    """Return a person of the portfolio of the day, and the part that is written about her.

    Raises
    ------
    Refused
        She is not in it, or does not exist: the words are the same.
    """
    for part in PARTS:
        query = select(Agent).where(Agent.numero == numero, reach.people(part))
        agent = session.scalars(query).one_or_none()
        if agent is not None:
            return agent, part
    raise outside()


def outside() -> Refused:
    """Return the refusal of who is not in the portfolio of the day."""
    return Refused(
        "cette personne n’est pas dans votre portefeuille d’aujourd’hui.",
        remedy="Rechargez la page. Votre portefeuille est donné, entre deux dates, par "
        "l’administrateur de ce kit.",
    )


def in_force(today: date) -> ColumnElement[bool]:
    """Return the condition of the lines of a day."""
    return and_(
        EvaluatorPortfolio.du <= today,
        or_(EvaluatorPortfolio.au.is_(None), EvaluatorPortfolio.au >= today),
    )


def _people(line: EvaluatorPortfolio, today: date) -> ColumnElement[bool]:
    asked = [Agent.academie == line.academie]
    if line.departement is not None:
        asked.append(Agent.departement == line.departement)
    if line.corps is not None:
        asked.append(Agent.corps == line.corps)
    if line.uai is not None or line.discipline is not None:
        asked.append(_posted(line, today))
    return and_(Agent.corps.is_not(None), *asked)


def _posted(line: EvaluatorPortfolio, today: date) -> ColumnElement[bool]:
    """Return the condition of who has, on a day, a posting of the place and the subject named."""
    posted = [
        Affectation.agent_id == Agent.id,
        Affectation.debut <= today,
        or_(Affectation.fin.is_(None), Affectation.fin >= today),
    ]
    if line.uai is not None:
        posted.append(Affectation.uai == line.uai)
    if line.discipline is not None:
        posted.append(Affectation.discipline == line.discipline)
    return exists().where(*posted)
