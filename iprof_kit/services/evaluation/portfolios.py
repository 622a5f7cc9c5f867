"""Whom each evaluator may see, for an administrator: listed, imported from a CSV, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account, AccountRole
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.journal import audit
from iprof_kit.services.desk.importing import check_whom, note_given
from iprof_kit.services.dossier.csv_rows import Fault, Layout, Row, read_rows
from iprof_kit.services.evaluation.reach import EVALUATOR, HEAD, PARTS, Reach, in_force

LARGEST_FILE, MOST_ROWS = 2_000_000, 5_000
PLACES = ("departement", "corps", "uai", "discipline")
LAYOUT = Layout(
    ("compte", "partie", "academie", *PLACES, "du", "au"),
    ("compte", "partie", "academie", "du"),
    "docs/evaluation.md",
    dates=frozenset({"du", "au"}),
)
_WHOLE = ("part", "academie", *PLACES, "du", "au")


@dataclass
class EvaluatorReport:
    """What became of a file; with one fault nothing of it is stored."""

    added: int = 0
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Assignment:
    """One line as an administrator reads it, with how many people it opens on that day."""

    compte: str
    line: EvaluatorPortfolio
    people: int


def assignments(day: date, *, history: bool = False) -> list[Assignment]:
    """Return the portfolios of a day, or all that there ever were."""
    with reading() as session:
        query = select(Account.compte, EvaluatorPortfolio).join(
            EvaluatorPortfolio, EvaluatorPortfolio.account_id == Account.id
        )
        if not history:
            query = query.where(in_force(day))
        rows = session.execute(query.order_by(Account.compte, EvaluatorPortfolio.id)).all()
        listed = [Assignment(compte, one, _people(session, one, day)) for compte, one in rows]
        session.expunge_all()
    return listed


def import_portfolios(
    content: bytes, by: str, now: datetime, *, only_check: bool = False
) -> EvaluatorReport:
    """Import a CSV of portfolios of evaluators, all of it or nothing; twice is the same as once.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    """
    rows = list(read_rows(content, LAYOUT))
    if len(rows) > MOST_ROWS:
        raise InputError(f"le fichier compte {len(rows)} lignes.", remedy=f"{MOST_ROWS} au plus.")
    report = EvaluatorReport()
    with writing() as session:
        known = list(session.scalars(select(EvaluatorPortfolio)))
        accounts = _accounts(session)
        new: list[EvaluatorPortfolio] = []
        for row in rows:
            if faults := _faults(row, accounts):
                report.refused += faults
                continue
            one = _made(row, accounts[row.values["compte"]][0])
            if any(_same(one, other) for other in [*known, *new]):
                report.unchanged += 1
            else:
                new.append(one)
        if not report.refused:
            report.added = len(new)
            if not only_check:
                session.add_all(new)
                lines = [(one.account_id, words_of(one)) for one in new]
                note_given(session, lines, accounts, ("evaluateur_attribue", by, now))
    return report


def close(compte: str, last: date, by: str, now: datetime) -> int:
    """Close every line of an account after a day, and return how many; none is deleted.

    Raises
    ------
    InputError
        The account is unknown or no evaluator's, or the day is before yesterday.
    """
    if (paris(now).date() - last).days > 1:
        raise InputError(
            "ce jour est passé.", where="--le", remedy="Donnez hier, ou un jour qui vient."
        )
    with writing() as session:
        account, evaluates = _accounts(session).get(compte, (0, False))
        if not evaluates:
            reason = "ce compte n’est pas d’un évaluateur." if account else "ce compte est inconnu."
            raise InputError(
                reason, where=compte[:60], remedy="Voyez iprof portefeuille evaluateurs list."
            )
        query = select(EvaluatorPortfolio).where(EvaluatorPortfolio.account_id == account)
        going = [one for one in session.scalars(query) if one.au is None or one.au > last]
        for one in going:
            one.au = last
        if going:
            audit.note(
                session, at=now, actor=by, action="evaluateur_ferme", subject=f"compte:{compte}",
                detail=f"dernier jour {last.isoformat()}",
            )  # fmt: skip
    return len(going)


def words_of(one: EvaluatorPortfolio) -> str:
    """Return « chef, académie 25, établissement 0929999X, du 1er septembre 2026 »."""
    named = (
        ("académie", one.academie), ("département", one.departement), ("corps", one.corps),
        ("établissement", one.uai), ("discipline", one.discipline),
    )  # fmt: skip
    words = [one.part, *(f"{what} {value}" for what, value in named if value)]
    words.append(f"du {date_text(one.du)}")
    if one.au:
        words.append(f"au {date_text(one.au)}")
    return ", ".join(words)


def _faults(row: Row, accounts: dict[str, tuple[int, bool]]) -> list[Fault]:
    """Return everything that is wrong in one line."""
    given, faults = row.values, list(row.faults)
    unread = {one.column for one in row.faults} | set(given)

    def wrong(column: str, reason: str, remedy: str) -> None:
        faults.append(Fault(row.line, column, reason, remedy))

    for column in LAYOUT.required:
        if column not in unread:
            wrong(column, "la valeur manque", "Donnez-la.")
    account, evaluates = accounts.get(given.get("compte", ""), (0, False))
    if "compte" in given and not evaluates:
        reason = "ce compte n’est pas d’un évaluateur" if account else "ce compte n’existe pas"
        wrong("compte", reason, "Créez-le : iprof account create COMPTE --role evaluateur.")
    if "partie" in given and given["partie"] not in PARTS:
        wrong("partie", "cette partie n’est pas connue", f"Écrivez {' ou '.join(PARTS)}.")
    check_whom(given, wrong)
    _check_breadth(given, wrong)
    return faults


def _check_breadth(given: dict[str, str], wrong: Callable[[str, str, str], None]) -> None:
    """Refuse a line that opens a whole academy, or a head without a place."""
    if given.get("partie") == HEAD and "uai" not in given:
        wrong("uai", "un chef d’établissement a un établissement", "Donnez son code UAI.")
    elif not any(name in given for name in PLACES):
        wrong(
            "discipline", "cette ligne ouvrirait toute l’académie",
            "Donnez une discipline, un corps, un département ou un établissement.",
        )  # fmt: skip
    for name, longest in (("uai", 8), ("discipline", 100)):
        if len(given.get(name, "")) > longest:
            wrong(name, "cette valeur est trop longue", f"{longest} caractères au plus.")


def _made(row: Row, account: int) -> EvaluatorPortfolio:
    given = row.values
    places = {name: given.get(name) for name in PLACES}
    return EvaluatorPortfolio(
        account_id=account, part=given["partie"], academie=given["academie"], du=given["du"],
        au=given.get("au"), **places,
    )  # fmt: skip


def _same(one: EvaluatorPortfolio, other: EvaluatorPortfolio) -> bool:
    return all(getattr(one, name) == getattr(other, name) for name in ("account_id", *_WHOLE))


def _accounts(session: Session) -> dict[str, tuple[int, bool]]:
    """Return the key of each account, and whether it is an evaluator's."""
    evaluating = set(
        session.scalars(select(AccountRole.account_id).where(AccountRole.role == EVALUATOR))
    )
    rows = session.execute(select(Account.compte, Account.id))
    return {compte: (account, account in evaluating) for compte, account in rows}


def _people(session: Session, one: EvaluatorPortfolio, day: date) -> int:
    query = select(func.count(Agent.id)).where(Reach([one], None, day).people())
    return session.scalar(query) or 0
