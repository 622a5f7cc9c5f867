"""The people that a case manager follows: by facets, counted by the database, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, case, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.words import counted, feminine, folded, position_label
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import writing
from iprof_kit.records.history import Affectation, Echelon, Position
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import Reach, reach_of
from iprof_kit.services.cases.life import states
from iprof_kit.services.contract.bureau.fils import LirePortefeuille, PortefeuilleLu, Suivi
from iprof_kit.services.contract.courrier import ON_A_PAGE
from iprof_kit.services.desk.noting import note_list

FACETS = ("corps", "position", "etablissement")
MOST_VALUES = 60
"""Values of a facet that are offered, the most frequent ones."""
_LONGEST = 60
LEAVES = "Congé"
"""What is said of any leave: its kind is the person’s."""
_ANY_LEAVE = f"{LEAVES.lower()}%"


def read(identity: Identity, wanted: LirePortefeuille, now: datetime) -> PortefeuilleLu:
    """Return a page of the people followed today, and how many each value of a facet holds.

    The counts of a facet take account of the others and of what is looked for.
    """
    today = paris(now).date()
    with writing() as session:
        reach = reach_of(session, identity, today)
        values = facet_values(today)
        everybody = [reach.people(), *_sought(session, reach, wanted.cherche)]
        chosen = {one: values[one] == given for one in FACETS if (given := getattr(wanted, one))}
        total = select(func.count(Agent.id)).where(*everybody, *chosen.values())
        people = _page(session, values, [*everybody, *chosen.values()], wanted.page)
        note_list(session, identity, now, "portefeuille_lu", counted(len(people), "personne"))
        return PortefeuilleLu(
            gens=people,
            trouves=session.scalar(total) or 0,
            facettes={
                one: facet_counts(
                    session,
                    values[one],
                    [*everybody, *(is_it for name, is_it in chosen.items() if name != one)],
                )
                for one in FACETS
            },
            depuis=min((one.du for one in reach.own if one.du), default=None),
        )


def facet_values(today: date) -> dict[str, ColumnElement[Any]]:
    """Return what is counted of each person, as of a day; the kind of a leave is not said."""
    position = _latest(Position, Position.position, today)
    place = Affectation.etablissement + func.coalesce(", " + Affectation.commune, "")
    return {
        "corps": func.substr(func.coalesce(Agent.libelle_corps, Agent.statut), 1, _LONGEST),
        "position": case((func.lower(position).like(_ANY_LEAVE), LEAVES), else_=position),
        "etablissement": _latest(Affectation, func.substr(place, 1, _LONGEST), today),
    }


def _latest(
    table: type[Position] | type[Affectation], value: ColumnElement[Any] | Any, today: date
) -> ScalarSelect[Any]:
    """Return a value of the newest line of a person's history that has begun."""
    newest = (
        select(value)
        .where(table.agent_id == Agent.id, table.debut <= today)
        .order_by(table.debut.desc(), table.id.desc())
        .limit(1)
    )
    return newest.correlate(Agent).scalar_subquery()


def _sought(session: Session, reach: Reach, words: str) -> list[ColumnElement[bool]]:
    """Return the condition of who is called so, with or without accents; names alone are read."""
    sought = folded(words).split()
    if not sought:
        return []
    rows = session.execute(
        select(Agent.id, Agent.prenom, Agent.nom, Agent.numero).where(reach.people())
    )
    fit = [
        agent
        for agent, *names in rows
        if all(word in called for called in [folded(" ".join(names))] for word in sought)
    ]
    return [Agent.id.in_(fit)]


def facet_counts(
    session: Session, value: ColumnElement[Any], who: Sequence[ColumnElement[bool]]
) -> dict[str, int]:
    """Return how many of some people have each value, the most frequent ones."""
    each = select(value.label("one")).where(*who).subquery()
    number = func.count()
    query = (
        select(each.c.one, number)
        .where(each.c.one.is_not(None))
        .group_by(each.c.one)
        .order_by(number.desc(), each.c.one)
        .limit(MOST_VALUES)
    )
    return dict(session.execute(query).all())


def _page(
    session: Session,
    values: dict[str, ColumnElement[Any]],
    who: Sequence[ColumnElement[bool]],
    page: int,
) -> list[Suivi]:
    rows = session.execute(
        select(Agent.id, Agent.numero, Agent.civilite, Agent.prenom, Agent.nom, *values.values())
        .where(*who)
        .order_by(Agent.nom, Agent.prenom, Agent.id)
        .offset(page * ON_A_PAGE)
        .limit(ON_A_PAGE)
    ).all()
    steps = _echelons(session, [row[0] for row in rows])
    threads = _threads(session, [row[1] for row in rows])
    return [
        Suivi(
            dossier=numero,
            personne=f"{prenom} {nom}",
            corps=feminine(corps) if civilite == "Madame" else corps,
            echelon=steps.get(agent, ""),
            position=position or "",
            etablissement=place or "",
            fils=threads.get(numero, 0),
        )
        for agent, numero, civilite, prenom, nom, corps, position, place in rows
    ]


def _echelons(session: Session, agents: Sequence[int]) -> dict[int, str]:
    lines = session.scalars(
        select(Echelon).where(Echelon.agent_id.in_(agents)).order_by(Echelon.date_effet, Echelon.id)
    )
    return {one.agent_id: position_label(one.grade, one.echelon, one.chevron) for one in lines}


def _threads(session: Session, people: Sequence[str]) -> dict[str, int]:
    """Return how many threads of each person are not closed."""
    going_on = [code for code, state in states().items() if state.open]
    query = (
        select(Case.numero, func.count(Case.id))
        .where(Case.numero.in_(people), Case.state.in_(going_on))
        .group_by(Case.numero)
    )
    return dict(session.execute(query).all())
