"""Whom each evaluator may see, for an administrator: listed, imported from a CSV, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.journal import audit
from iprof_kit.services.desk.importing import Given, Kind, Order, Wrong, import_lines
from iprof_kit.services.desk.portfolios import accounts_of
from iprof_kit.services.evaluation.reach import EVALUATOR, HEAD, PARTS, Reach, in_force
from iprof_kit.services.given_tables import Layout, Report

PLACES = ("departement", "corps", "uai", "discipline")


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
) -> Report:
    """Import a CSV of portfolios of evaluators, all of it or nothing; twice is the same as once.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    """
    report = Report()
    import_lines(content, _EVALUATORS, Order(by, now, only_check), report)
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
        account, evaluates = accounts_of(session, EVALUATOR).get(compte, (0, False))
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
                session,
                at=now,
                actor=by,
                action="evaluateur_ferme",
                subject=f"compte:{compte}",
                detail=f"dernier jour {last.isoformat()}",
            )
    return len(going)


def words_of(one: EvaluatorPortfolio) -> str:
    """Return « chef, académie 25, établissement 0929999X, du 1er septembre 2026 »."""
    named = (
        ("académie", one.academie),
        ("département", one.departement),
        ("corps", one.corps),
        ("établissement", one.uai),
        ("discipline", one.discipline),
    )
    words = [one.part, *(f"{what} {value}" for what, value in named if value)]
    words.append(f"du {date_text(one.du)}")
    if one.au:
        words.append(f"au {date_text(one.au)}")
    return ", ".join(words)


def _check(given: Given, wrong: Wrong) -> None:
    """Refuse an unknown part, a line that opens a whole academy, or a head without a place."""
    if "partie" in given and given["partie"] not in PARTS:
        wrong("partie", "cette partie n’est pas connue", f"Écrivez {' ou '.join(PARTS)}.")
    if given.get("partie") == HEAD and "uai" not in given:
        wrong("uai", "un chef d’établissement a un établissement", "Donnez son code UAI.")
    elif not any(name in given for name in PLACES):
        wrong(
            "discipline",
            "cette ligne ouvrirait toute l’académie",
            "Donnez une discipline, un corps, un département ou un établissement.",
        )
    for name, longest in (("uai", 8), ("discipline", 100)):
        if len(given.get(name, "")) > longest:
            wrong(name, "cette valeur est trop longue", f"{longest} caractères au plus.")


def _people(session: Session, one: EvaluatorPortfolio, day: date) -> int:
    query = select(func.count(Agent.id)).where(Reach([one], None, day).people())
    return session.scalar(query) or 0


_EVALUATORS = Kind(
    EvaluatorPortfolio,
    Layout(
        ("compte", "partie", "academie", *PLACES, "du", "au"),
        ("compte", "partie", "academie", "du"),
        "docs/evaluation.md",
        dates=frozenset({"du", "au"}),
    ),
    EVALUATOR,
    "d’un évaluateur",
    "evaluateur_attribue",
    words_of,
    _check,
    attributes={"partie": "part"},
    twice=True,
)
