"""Portfolios from a CSV: a file wholly taken or wholly refused, once however often it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import NBSP, known_corps
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie_names
from iprof_kit.services.desk.portfolios import (
    Parts,
    check_service,
    managers,
    meet,
    people_left_out,
    words_of,
)
from iprof_kit.services.dossier.csv_rows import Fault, Layout, Row, read_rows

LARGEST_FILE, MOST_ROWS = 2_000_000, 5_000
LAYOUT = Layout(
    ("compte", "service", "academie", "departement", "corps", "du", "au"),
    ("compte", "service", "academie", "du"),
    "docs/bureau.md",
    dates=frozenset({"du", "au"}),
)


@dataclass
class PortfolioReport:
    """What became of a file; with one fault nothing of it is stored."""

    added: int = 0
    unchanged: int = 0
    refused: list[Fault] = field(default_factory=list)
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
    rows = list(read_rows(content, LAYOUT))
    if len(rows) > MOST_ROWS:
        raise InputError(f"le fichier compte {len(rows)} lignes.", remedy=f"{MOST_ROWS} au plus.")
    report = PortfolioReport()
    with writing() as session:
        known = list(session.scalars(select(Portfolio).order_by(Portfolio.id)))
        accounts = managers(session)
        new: list[Portfolio] = []
        for row in rows:
            faults = _faults(row, accounts)
            if faults:
                report.refused += faults
                continue
            one = _made(row, accounts[row.values["compte"]])
            if any(_same(one, other) for other in known):
                report.unchanged += 1
            elif meeting := next((other for other in [*known, *new] if meet(one, other)), None):
                report.refused.append(_overlap(row.line, meeting, accounts))
            else:
                new.append(one)
        begins = (one.du for one in new if one.du)
        report.day = max(paris(now).date(), min(begins, default=date.min))
        report.left_out = people_left_out(session, [*known, *new], report.day)
        if not report.refused:
            report.added = len(new)
            if not only_check:
                session.add_all(new)
                lines = [(one.account_id, words_of(one)) for one in new]
                note_given(session, lines, accounts, ("portefeuille_attribue", by, now))
    return report


def _faults(row: Row, accounts: dict[str, tuple[int, bool]]) -> list[Fault]:
    """Return everything that is wrong in one line."""
    given = row.values
    unread = {one.column for one in row.faults} | set(given)
    faults = list(row.faults)

    def wrong(column: str, reason: str, remedy: str) -> None:
        faults.append(Fault(row.line, column, reason, remedy))

    for column in LAYOUT.required:
        if column not in unread:
            wrong(column, "la valeur manque", "Donnez-la.")
    account, manages = accounts.get(given.get("compte", ""), (0, False))
    if "compte" in given and not manages:
        reason = "ce compte n’est pas d’un gestionnaire" if account else "ce compte n’existe pas"
        wrong("compte", reason, "Créez-le : iprof account create COMPTE --role gestionnaire.")
    if "service" in given:
        try:
            check_service(given["service"])
        except InputError as error:
            wrong("service", error.message.rstrip("."), error.remedy)
    check_whom(given, wrong)
    return faults


def check_whom(given: dict[str, str], wrong: Callable[[str, str, str], None]) -> None:
    """Tell what is wrong in whom a line is about: académie, département, corps, its two days."""
    if "academie" in given:
        _check_place(given, wrong)
    if "corps" in given and given["corps"] not in known_corps():
        wrong("corps", "ce corps n’est pas connu", f"Corps connus : {', '.join(known_corps())}.")
    if "du" in given and "au" in given and given["au"] < given["du"]:
        wrong("au", "le dernier jour précède le premier", "Corrigez l’une des deux dates.")


def _check_place(given: dict[str, str], wrong: Callable[[str, str, str], None]) -> None:
    if given["academie"] not in academie_names():
        wrong(
            "academie", "cette académie n’est pas connue",
            "Donnez son code à deux chiffres (academies.csv).",
        )  # fmt: skip
    elif "departement" in given and given["departement"] not in _departments(given["academie"]):
        wrong(
            "departement", "ce département n’est pas de cette académie",
            f"Ceux de l’académie : {', '.join(_departments(given['academie']))}.",
        )  # fmt: skip


def _departments(academy: str) -> list[str]:
    rows = written_rows("departements")
    return [row["code_insee"].zfill(3) for row in rows if row["code_academie"] == academy]


def _made(row: Row, account: tuple[int, bool]) -> Portfolio:
    given = row.values
    return Portfolio(
        account_id=account[0],
        service=given["service"],
        academie=given["academie"],
        departement=given.get("departement"),
        corps=given.get("corps"),
        du=given["du"],
        au=given.get("au"),
    )


def _same(one: Portfolio, other: Portfolio) -> bool:
    names = ("account_id", "service", "academie", "departement", "corps", "du", "au")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _overlap(line: int, other: Portfolio, accounts: dict[str, tuple[int, bool]]) -> Fault:
    compte = next((name for name, (key, _) in accounts.items() if key == other.account_id), "")
    return Fault(
        line,
        "",
        f"«{NBSP}{other.service}{NBSP}» suit déjà ces personnes à ces dates "
        f"({compte}{NBSP}: {words_of(other)})",
        "Changez les dates ou les personnes, ou donnez le même service.",
    )


def note_given(
    session: Session,
    lines: Iterable[tuple[int, str]],
    accounts: Mapping[str, tuple[int, bool]],
    order: tuple[str, str, datetime],
) -> None:
    """Note each line that an account is given; `order` is the action, who did it, and when."""
    action, by, now = order
    names = {key: compte for compte, (key, _) in accounts.items()}
    for account, words in lines:
        audit.note(
            session, at=now, actor=by, action=action, subject=f"compte:{names[account]}",
            detail=words[:200],
        )  # fmt: skip
