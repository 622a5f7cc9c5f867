"""Portfolios from a CSV: a file wholly taken or wholly refused, once however often it is given.

Those of managers and those of evaluators (`services/evaluation/portfolios.py`) have one body.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import known_corps
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.database import writing
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie_names
from iprof_kit.services.access.reach import MANAGER
from iprof_kit.services.desk.portfolios import (
    Accounts,
    Parts,
    accounts_of,
    check_service,
    meet,
    people_left_out,
    words_of,
)
from iprof_kit.services.given_tables import Fault, GivenRow, Layout, Report, read_rows, unsaid

Line = TypeVar("Line", bound=Portfolio | EvaluatorPortfolio)
Given = Mapping[str, Any]
Wrong = Callable[[str, str, str], None]
"""Tells what is wrong: the column, the reason, what to do."""


@dataclass(frozen=True)
class Kind(Generic[Line]):
    """What parts one kind of portfolio from the other."""

    model: type[Line]
    layout: Layout
    role: str
    whose: str
    """« d’un gestionnaire »."""
    action: str
    """What the journal calls a line that is given."""
    words_of: Callable[[Line], str]
    check: Callable[[Given, Wrong], None]
    """Of what each line says, beside its account and whom it is about."""
    attributes: Mapping[str, str] = field(default_factory=dict)
    """What a column is called in the table, where it is called otherwise."""
    twice: bool = False
    """Whether a line that the file gives twice is taken once; else `meets` tells of it."""
    meets: Callable[[Line, Line], bool] | None = None
    """Whether two lines may not both be."""


@dataclass(frozen=True)
class Order:
    """Who imports, when, and whether only to see."""

    by: str
    now: datetime
    only_check: bool = False


@dataclass
class PortfolioReport(Report):
    """What became of a file of managers' portfolios."""

    left_out: dict[Parts, int] = field(default_factory=dict)
    """How many people of its academies nobody follows then."""
    day: date | None = None
    """The day on which they are counted."""


def import_portfolios(
    content: bytes, by: str, now: datetime, *, only_check: bool = False
) -> PortfolioReport:
    """Import a CSV of portfolios, all of it or nothing.

    A line that is stored already changes nothing. Two services never follow the same people on the
    same day: a line that would is refused, with what it meets.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    """
    report = PortfolioReport()

    def left_out(session: Session, lines: Sequence[Portfolio], new: Sequence[Portfolio]) -> None:
        begins = (one.du for one in new if one.du)
        report.day = max(paris(now).date(), min(begins, default=date.min))
        report.left_out = people_left_out(session, [*lines, *new], report.day)

    import_lines(content, _MANAGERS, Order(by, now, only_check), report, left_out)
    return report


def import_lines(
    content: bytes,
    kind: Kind[Line],
    order: Order,
    report: Report,
    also: Callable[[Session, Sequence[Line], Sequence[Line]], None] = lambda *_: None,
) -> None:
    """Import a CSV of portfolios of a kind, all of it or nothing, and say in a report what became.

    Parameters
    ----------
    content : bytes
    kind : Kind
    order : Order
    report : Report
        Filled.
    also : callable, optional
        Given what is stored and what is new, before it is added.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    """
    rows = list(read_rows(content, kind.layout))
    with writing() as session:
        query = select(kind.model).order_by(kind.model.id)
        known: list[Line] = list(session.scalars(query))
        accounts = accounts_of(session, kind.role, paris(order.now).date())
        new: list[Line] = []
        for row in rows:
            if faults := _faults(row, kind, accounts):
                report.refused += faults
                continue
            one = _made(row, kind, accounts)
            others = [*known, *new]
            if any(_same(one, other) for other in (others if kind.twice else known)):
                report.unchanged += 1
            elif meeting := _met(one, others, kind):
                report.refused.append(_overlap(row.line, meeting, kind, accounts))
            else:
                new.append(one)
        also(session, known, new)
        if not report.refused:
            report.added = len(new)
            if not order.only_check:
                session.add_all(new)
                given = [(one.account_id, kind.words_of(one)) for one in new]
                _note_given(session, given, accounts, (kind.action, order))


def _faults(row: GivenRow, kind: Kind[Line], accounts: Accounts) -> list[Fault]:
    """Return everything that is wrong in one line."""
    given, faults = row.values, [*row.faults, *unsaid(row, kind.layout)]

    def wrong(column: str, reason: str, remedy: str) -> None:
        faults.append(Fault(row.line, column, reason, remedy))

    account, fits = accounts.get(given.get("compte", ""), (0, False))
    if "compte" in given and not fits:
        reason = f"ce compte n’est pas {kind.whose}" if account else "ce compte n’existe pas"
        wrong("compte", reason, f"Créez-le : iprof account create COMPTE --role {kind.role}.")
    kind.check(given, wrong)
    _check_whom(given, wrong)
    return faults


def _check_service(given: Given, wrong: Wrong) -> None:
    if "service" in given:
        try:
            check_service(given["service"])
        except InputError as error:
            wrong("service", error.message.rstrip("."), error.remedy)


def _check_whom(given: Given, wrong: Wrong) -> None:
    """Tell what is wrong in whom a line is about: académie, département, corps, its two days."""
    if "academie" in given:
        _check_place(given, wrong)
    if "corps" in given and given["corps"] not in known_corps():
        wrong("corps", "ce corps n’est pas connu", f"Corps connus : {', '.join(known_corps())}.")
    if "du" in given and "au" in given and given["au"] < given["du"]:
        wrong("au", "le dernier jour précède le premier", "Corrigez l’une des deux dates.")


def _check_place(given: Given, wrong: Wrong) -> None:
    if given["academie"] not in academie_names():
        wrong(
            "academie",
            "cette académie n’est pas connue",
            "Donnez son code à deux chiffres (academies.csv).",
        )
    elif "departement" in given and given["departement"] not in _departments(given["academie"]):
        wrong(
            "departement",
            "ce département n’est pas de cette académie",
            f"Ceux de l’académie : {', '.join(_departments(given['academie']))}.",
        )


def _departments(academy: str) -> list[str]:
    rows = written_rows("departements")
    return [row["code_insee"].zfill(3) for row in rows if row["code_academie"] == academy]


def _made(row: GivenRow, kind: Kind[Line], accounts: Accounts) -> Line:
    given = row.values
    values = {
        kind.attributes.get(name, name): given.get(name)
        for name in kind.layout.columns
        if name != "compte"
    }
    return kind.model(account_id=accounts[given["compte"]][0], **values)


def _same(one: Line, other: Line) -> bool:
    names = [column.name for column in one.__table__.columns if not column.primary_key]
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _met(one: Line, others: Sequence[Line], kind: Kind[Line]) -> Line | None:
    if kind.meets is None:
        return None
    return next((other for other in others if kind.meets(one, other)), None)


def _overlap(line: int, other: Line, kind: Kind[Line], accounts: Accounts) -> Fault:
    compte = next((name for name, (key, _) in accounts.items() if key == other.account_id), "")
    service = getattr(other, "service", "")
    return Fault(
        line,
        "",
        f"« {service} » suit déjà ces personnes à ces dates ({compte} : {kind.words_of(other)})",
        "Changez les dates ou les personnes, ou donnez le même service.",
    )


def _note_given(
    session: Session,
    lines: Iterable[tuple[int, str]],
    accounts: Accounts,
    done: tuple[str, Order],
) -> None:
    """Note each line that an account is given."""
    action, order = done
    names = {key: compte for compte, (key, _) in accounts.items()}
    for account, words in lines:
        audit.note(
            session,
            at=order.now,
            actor=order.by,
            action=action,
            subject=f"compte:{names[account]}",
            detail=words[:200],
        )


_MANAGERS = Kind(
    Portfolio,
    Layout(
        ("compte", "service", "academie", "departement", "corps", "du", "au"),
        ("compte", "service", "academie", "du"),
        "docs/bureau.md",
        dates=frozenset({"du", "au"}),
    ),
    MANAGER,
    "d’un gestionnaire",
    "portefeuille_attribue",
    words_of,
    _check_service,
    meets=meet,
)
