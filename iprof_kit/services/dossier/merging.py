"""What is stored is brought to the codes of the day: files some at a time, perimeters with them.

While it goes on, who follows the old code follows the new one already and the old one still: at no
moment is a person followed by nobody. Cut, it goes on when it is started again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, inspect, or_, select, update
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import Conflict
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.agents import Agent, Correspondence
from iprof_kit.records.cases import HeldOrder, Mailing
from iprof_kit.records.database import reading, writing
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.history import Affectation
from iprof_kit.records.journal import audit
from iprof_kit.services.dossier.correspondences import ACADEMY, SCHOOL, Codes, codes_of
from iprof_kit.services.dossier.storing import kept_files, save_files

AT_ONCE = 200
P = TypeVar("P", Portfolio, EvaluatorPortfolio)


@dataclass(frozen=True)
class Brought:
    """How many correspondences took effect, for how many people and portfolios."""

    codes: int
    people: int
    portfolios: int


def bring_to_the_codes_of(now: datetime, by: str) -> Brought:
    """Bring files and perimeters to the correspondences whose day has come.

    A file's former codes stay in its history, a portfolio that ends is closed; what had ended
    before its day keeps the name that it had.

    Raises
    ------
    Conflict
        Somebody else changed one of the files meanwhile; started again, it goes on.
    Unavailable
        The database stopped answering; likewise.
    """
    today = paris(now).date()
    codes = codes_of(today)
    with reading() as session:
        if not _due(session, today):
            return Brought(0, 0, 0)
    with writing() as session:
        due = _due(session, today)
        opened = sum(_open(session, one, codes) for one in due if one.opened_at is None)
        for one in due:
            one.opened_at = one.opened_at or now
        academies, schools = (
            [one.old for one in due if one.kind == kind] for kind in (ACADEMY, SCHOOL)
        )
    people = _bring_people(academies, schools, codes, by, now)
    with writing() as session:
        due = _due(session, today)
        for one in due:
            _close(session, one, codes)
            one.applied_at = now
        detail = f"{counted(people, 'dossier')}, {counted(opened, 'portefeuille')}"
        audit.note(
            session,
            at=now,
            actor=by,
            action="correspondances_faites",
            subject="correspondances",
            detail=detail,
        )
    return Brought(len(due), people, opened)


def _due(session: Session, today: date) -> Sequence[Correspondence]:
    query = select(Correspondence).where(
        Correspondence.since <= today, Correspondence.applied_at.is_(None)
    )
    return session.scalars(query.order_by(Correspondence.since, Correspondence.id)).all()


def _bring_people(
    academies: Sequence[str], schools: Sequence[str], codes: Codes, by: str, now: datetime
) -> int:
    there = select(Affectation.agent_id).where(Affectation.uai.in_(schools))
    query = select(Agent.numero).where(or_(Agent.academie.in_(academies), Agent.id.in_(there)))
    with reading() as session:
        left = iter(session.scalars(query.order_by(Agent.numero)).all())
    count = 0
    while numeros := list(islice(left, AT_ONCE)):
        with reading() as session:
            kept = kept_files(session, numeros)
        saved = save_files([codes.brought(one.dossier) for one in kept.values()], kept, by, now)
        if len(saved) < len(kept):
            raise Conflict(
                "un dossier a été modifié pendant qu’il changeait de code.",
                remedy="Relancez la commande : elle reprend où elle en est.",
            )
        count += sum(outcome == "modifie" for outcome in saved.values())
    return count


def _open(session: Session, one: Correspondence, codes: Codes) -> int:
    """Let who follows the old code follow the new one too, no more people than before."""
    if one.kind == ACADEMY:
        moved = _moved_to(codes.academie(one.old), _departements(session, one))
        made = _copy(session, Portfolio, one, moved)
        return made + _copy(session, EvaluatorPortfolio, one, moved)
    new = codes.school(one.old)
    if new == one.old:
        return 0
    return _copy(session, EvaluatorPortfolio, one, lambda _: [{"uai": new}])


Changes = Callable[[Any], Iterable[Mapping[str, Any]]]


def _moved_to(new: str, split: Sequence[str]) -> Changes:
    def changes(one: Any) -> Iterable[Mapping[str, Any]]:
        if split and one.departement is None:
            return [{"academie": new, "departement": departement} for departement in split]
        return [{"academie": new}]

    return changes


def _copy(session: Session, table: type[P], by: Correspondence, changes: Changes) -> int:
    """Add what each portfolio of a code that goes on becomes, unless it is there; count them."""
    going = select(table).where(_of(table, by.old), _goes_on(table, by.since))
    rows = session.scalars(going).all()
    there = {_says(one) for one in session.scalars(select(table))}
    new = []
    for one in rows:
        for changed in changes(one):
            begins = max(by.since, one.du) if one.du else by.since
            copy = table(**{**dict(_says(one)), **changed, "du": begins})
            if _says(copy) not in there:
                new.append(copy)
    session.add_all(new)
    return len(new)


def _says(one: Any) -> tuple[tuple[str, Any], ...]:
    names = (attribute.key for attribute in inspect(type(one)).column_attrs)
    return tuple((name, getattr(one, name)) for name in names if name != "id")


def _of(table: type[P], old: str) -> ColumnElement[bool]:
    """Return the condition of the portfolios of a code: that of an academy, or a school's."""
    if table is EvaluatorPortfolio:
        return or_(EvaluatorPortfolio.academie == old, EvaluatorPortfolio.uai == old)
    return table.academie == old


def _goes_on(table: type[P], since: date) -> ColumnElement[bool]:
    return or_(table.au.is_(None), table.au >= since)


def _close(session: Session, by: Correspondence, codes: Codes) -> None:
    """End what followed the old code on the day before; what had not begun is taken away."""
    tables: tuple[type[Any], ...] = (EvaluatorPortfolio,)
    if by.kind == ACADEMY:
        tables = (Portfolio, EvaluatorPortfolio)
        for table in (HeldOrder, Mailing):
            moved = update(table).where(table.academie == by.old)
            new = {"academie": codes.academie(by.old), "version": table.version + 1}
            session.execute(moved.values(new))
    elif codes.school(by.old) == by.old:
        return
    for table in tables:
        going = select(table).where(_of(table, by.old), _goes_on(table, by.since))
        for one in session.scalars(going):
            if one.du is not None and one.du >= by.since:
                session.delete(one)
            else:
                one.au = by.since - timedelta(days=1)


def _departements(session: Session, by: Correspondence) -> Sequence[str]:
    """Return the départements of an academy whose people are not alone in the new one.

    Whoever followed the whole of an academy follows those, not the people of its neighbour.
    """
    others = select(Correspondence.id).where(
        Correspondence.kind == ACADEMY, Correspondence.new == by.new, Correspondence.old != by.old
    )
    already = select(Agent.id).where(Agent.academie == by.new)
    if not any(session.scalar(one.limit(1)) for one in (others, already)):
        return ()
    written = {
        row["code_insee"].zfill(3)
        for row in written_rows("departements")
        if row["code_academie"] == by.old
    }
    lived = select(Agent.departement).where(
        Agent.academie == by.old, Agent.departement.is_not(None)
    )
    return sorted({*written, *(str(one) for one in session.scalars(lived.distinct()))})
