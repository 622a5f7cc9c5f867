"""Whom an evaluator sees today: the people of her dated portfolio, by place, corps and subject."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, or_, select
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Refused
from iprof_kit.base.words import feminine, folded
from iprof_kit.records.agents import Agent
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.history import Affectation, Echelon, RendezVous
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.rights import visible
from iprof_kit.services.contract.evaluation import MOST_PEOPLE, Evalue, Partie, Tenu
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


HER_TEACHERS = "ses_enseignants"
"""The condition of who is in the portfolio of the day."""
_MADAME = "Madame"


def sought(session: Session, whom: ColumnElement[bool], words: str) -> tuple[list[Agent], int]:
    """Return the people called so, by name, and how many there are; the first ones where many."""
    looked_for = folded(words).split()
    query = select(Agent).where(whom).order_by(Agent.nom, Agent.prenom, Agent.id)
    agents = session.scalars(query).all()
    if looked_for:
        agents = [
            one
            for one in agents
            for called in [folded(f"{one.prenom} {one.nom}")]
            if all(word in called for word in looked_for)
        ]
    return list(agents[:MOST_PEOPLE]), len(agents)


def seen(
    session: Session, agents: Sequence[Agent], parts: dict[int, Partie], today: date
) -> list[Evalue]:
    """Return some people as an evaluator sees them; what the table closes is left out."""
    open_to_her = visible(EVALUATOR, {HER_TEACHERS})
    keys = [one.id for one in agents]
    steps = _last(session, Echelon, Echelon.date_effet, keys) if "carriere" in open_to_her else {}
    places = _postings(session, keys, today) if "affectations" in open_to_her else {}
    meetings = _meetings(session, keys) if "rendez_vous" in open_to_her else {}
    return [
        Evalue(
            dossier=one.numero,
            personne=f"{one.prenom} {one.nom}" if "identite" in open_to_her else "",
            madame=one.civilite == _MADAME,
            partie=parts[one.id],
            corps=one.corps or "",
            libelle_corps=_corps(one),
            departement=one.departement or "",
            tenus=tuple(meetings.get(one.id, ())),
            **_step(steps.get(one.id)),
            **_place(places.get(one.id), one),
        )
        for one in agents
    ]


def _corps(one: Agent) -> str:
    name = one.libelle_corps or one.statut
    return feminine(name) if one.civilite == _MADAME else name


def _step(step: Echelon | None) -> dict[str, Any]:
    if step is None:
        return {}
    return {
        "grade": step.grade,
        "echelon": step.echelon,
        "chevron": step.chevron,
        "depuis": step.date_effet,
        "reliquat_jours": step.reliquat_jours,
    }


def _place(place: Affectation | None, one: Agent) -> dict[str, Any]:
    if place is None:
        return {}
    duty = feminine(place.fonction) if one.civilite == _MADAME else place.fonction
    return {
        "etablissement": place.etablissement,
        "type_etablissement": place.type_etablissement,
        "fonction": duty,
        "discipline": place.discipline or "",
    }


def _last(
    session: Session, table: type[Echelon], order: Any, keys: Sequence[int]
) -> dict[int, Echelon]:
    query = select(table).where(table.agent_id.in_(keys)).order_by(order, table.id)
    return {one.agent_id: one for one in session.scalars(query)}


def _postings(session: Session, keys: Sequence[int], today: date) -> dict[int, Affectation]:
    """Return the newest posting of each that has begun and is not over."""
    query = select(Affectation).where(Affectation.agent_id.in_(keys), Affectation.debut <= today)
    rows: Iterable[Affectation] = session.scalars(query.order_by(Affectation.debut, Affectation.id))
    return {one.agent_id: one for one in rows if one.fin is None or one.fin >= today}


def _meetings(session: Session, keys: Sequence[int]) -> dict[int, list[Tenu]]:
    query = select(RendezVous).where(RendezVous.agent_id.in_(keys)).order_by(RendezVous.id)
    meetings: dict[int, list[Tenu]] = {}
    for one in session.scalars(query):
        line = Tenu(numero=one.numero, annee_scolaire=one.annee_scolaire)
        meetings.setdefault(one.agent_id, []).append(line)
    return meetings
