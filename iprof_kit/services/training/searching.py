"""What a teacher looks for in the plan of her own academy; nothing in it is about a person."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from iprof_kit.base.calendar import school_year
from iprof_kit.base.clock import paris
from iprof_kit.base.words import folded
from iprof_kit.records.database import reading
from iprof_kit.records.training.plans import PlanSession
from iprof_kit.services.access.own_file import Owner, absent_file
from iprof_kit.services.contract.formation import (
    MOST_SHOWN,
    ChercherFormations,
    FormationLue,
    FormationsLues,
)
from iprof_kit.services.dossier.storing import find_head

_MOST_CHOICES = 400
"""Themes, levels or places that one may choose among."""
_ESCAPE = "\\"
Condition = ColumnElement[bool]


def search(owner: Owner, wanted: ChercherFormations, now: datetime) -> FormationsLues:
    """Return one page of the sessions that answer a search, the nearest first.

    Raises
    ------
    Unavailable
        The database does not answer, or the person's file is not in it.
    """
    today = paris(now).date()
    year = school_year(today)
    with reading() as session:
        head = find_head(session, owner.numero)
        if head is None:
            raise absent_file()
        of_academy = PlanSession.academie == head.academie
        plan = (of_academy, PlanSession.annee >= year)
        known, imported = session.execute(
            select(func.count(), func.max(PlanSession.imported_at)).where(*plan)
        ).one()
        if not known:
            last = select(func.max(PlanSession.annee)).where(of_academy)
            return FormationsLues(dernier=session.scalar(last))
        conditions = (*plan, *_conditions(wanted), _from(wanted.du, today))
        count = select(func.count()).select_from(PlanSession).where(*conditions)
        offered = (*plan, *_of_degree(wanted))
        return FormationsLues(
            formations=_read(session, _page(conditions, wanted.page)),
            total=session.scalar(count) or 0,
            page=wanted.page,
            themes=_choices(session, PlanSession.theme, offered),
            niveaux=_choices(session, PlanSession.niveau, offered),
            lieux=_choices(session, PlanSession.lieu, offered),
            relues=_read(session, _named(of_academy, wanted.cles)) if wanted.cles else (),
            sessions=known,
            importe_le=imported,
            dernier=year,
        )


def _conditions(wanted: ChercherFormations) -> tuple[Condition, ...]:
    """Return what a search asks of a session; each word of the text is in it."""
    asked: list[Condition] = [
        PlanSession.folded.like(f"%{_literal(word)}%", escape=_ESCAPE)
        for word in folded(wanted.texte).split()
    ]
    for name in ("theme", "niveau", "lieu", "modalite", "public"):
        if value := getattr(wanted, name):
            asked.append(getattr(PlanSession, name) == value)
    return (*asked, *_of_degree(wanted))


def _from(day: date | None, today: date) -> Condition:
    """Return the condition of what comes from a day on; of what is not over where none is asked."""
    if day is not None:
        return PlanSession.debut >= day
    return or_(PlanSession.debut.is_(None), PlanSession.fin >= today)


def _of_degree(wanted: ChercherFormations) -> tuple[Condition, ...]:
    return (PlanSession.degre.in_(("", wanted.degre)),) if wanted.degre else ()


def _literal(word: str) -> str:
    """Return a word in which nothing is a wildcard."""
    for sign in (_ESCAPE, "%", "_"):
        word = word.replace(sign, _ESCAPE + sign)
    return word


def _page(conditions: tuple[Condition, ...], page: int) -> Select[Any]:
    undated = PlanSession.debut.is_(None)
    order = (undated, PlanSession.debut, PlanSession.heure_debut, PlanSession.cle)
    chosen = select(PlanSession).where(*conditions).order_by(*order)
    return chosen.limit(MOST_SHOWN).offset((page - 1) * MOST_SHOWN)


def _named(of_academy: Condition, keys: tuple[str, ...]) -> Select[Any]:
    return select(PlanSession).where(of_academy, PlanSession.cle.in_(keys))


def _read(session: Session, query: Select[Any]) -> tuple[FormationLue, ...]:
    return tuple(
        FormationLue.model_validate(
            {name: getattr(row, name) for name in FormationLue.model_fields}
        )
        for row in session.scalars(query)
    )


def _choices(
    session: Session, column: InstrumentedAttribute[str], conditions: tuple[Condition, ...]
) -> tuple[str, ...]:
    query = select(column).where(*conditions, column != "").distinct().limit(_MOST_CHOICES)
    return tuple(sorted(session.scalars(query), key=folded))
