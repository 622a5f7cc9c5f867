"""Who follows whom, for an administrator: portfolios listed, imported from a CSV, handed over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from iprof_kit.base.calendar import date_text
from iprof_kit.base.characters import name_of, unfit
from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError
from iprof_kit.base.reference import written_rows
from iprof_kit.base.words import NBSP, french, known_corps
from iprof_kit.records.accounts import Account, AccountRole, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.academies import academie_names
from iprof_kit.services.access.reach import MANAGER, in_force, people_of
from iprof_kit.services.cases.acting import Act, act
from iprof_kit.services.cases.life import KIT, SERVICE, acts_open, states
from iprof_kit.services.dossier.csv_rows import Fault, Layout, Row, read_rows

LARGEST_FILE, MOST_ROWS = 2_000_000, 5_000
LAYOUT = Layout(
    ("compte", "service", "academie", "departement", "corps", "du", "au"),
    ("compte", "service", "academie", "du"),
    "docs/bureau.md",
    dates=frozenset({"du", "au"}),
)
LONGEST_SERVICE = 150
HAND_OVER = "transmettre"
Parts = tuple[str, str | None, str | None]
"""Académie, département, corps: None for all."""


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


@dataclass(frozen=True)
class HandOver:
    """How many portfolios and people change hands, and in how many threads it is written."""

    portfolios: int
    people: int
    threads: int


@dataclass(frozen=True)
class Assignment:
    """One portfolio as an administrator reads it."""

    compte: str
    portfolio: Portfolio
    people: int
    threads: int


def assignments(day: date, *, history: bool = False) -> list[Assignment]:
    """Return the portfolios of a day, or all that there ever were; counts are of now."""
    with writing() as session:
        query = select(Account.compte, Portfolio).join(
            Portfolio, Portfolio.account_id == Account.id
        )
        if not history:
            query = query.where(in_force(day))
        rows = session.execute(query.order_by(Account.compte, Portfolio.du, Portfolio.id))
        listed = [
            Assignment(compte, one, _people(session, [one]), _open_threads(session, [one]))
            for compte, one in rows.all()
        ]
        session.expunge_all()
    return listed


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
        accounts = _managers(session)
        new: list[Portfolio] = []
        for row in rows:
            faults = _faults(row, accounts)
            if faults:
                report.refused += faults
                continue
            one = _made(row, accounts[row.values["compte"]])
            if any(_same(one, other) for other in known):
                report.unchanged += 1
            elif meeting := next((other for other in [*known, *new] if _meet(one, other)), None):
                report.refused.append(_overlap(row.line, meeting, accounts))
            else:
                new.append(one)
        begins = (one.du for one in new if one.du)
        report.day = max(paris(now).date(), min(begins, default=date.min))
        report.left_out = _left_out(session, [*known, *new], report.day)
        if not report.refused:
            report.added = len(new)
            if not only_check:
                session.add_all(new)
                _note_new(session, new, accounts, by, now)
    return report


def hand_over(
    sender: str, receiver: str, day: date, by: str, now: datetime, service: str = ""
) -> HandOver:
    """Give everything that one account follows to another, from a day on.

    What ends is closed, never deleted. People read it in each thread that is going on, where the
    service that answers them is another; what was not answered is for the new one.

    Raises
    ------
    InputError
        An account is unknown or no manager's, both are the same, the day has passed, or somebody
        else's service follows the same people then.
    """
    if day < paris(now).date():
        raise InputError(
            "ce jour est passé.", where="--le", remedy="Donnez aujourd’hui ou un jour à venir."
        )
    if service:
        _check_service(service)
    with writing() as session:
        accounts = _managers(session)
        giver, taker = _account(accounts, sender), _account(accounts, receiver)
        if giver == taker:
            raise InputError("c’est le même compte.", where=receiver, remedy="Donnez-en un autre.")
        query = select(Portfolio).where(Portfolio.account_id == giver).with_for_update()
        going = [one for one in session.scalars(query) if one.au is None or one.au >= day]
        if not going:
            raise InputError(
                "ce compte ne suit personne ce jour-là.", where=sender, remedy="Vérifiez le compte."
            )
        others = session.scalars(select(Portfolio).where(Portfolio.account_id != giver)).all()
        people, threads = _people(session, going), _open_threads(session, going)
        moved = [_moved(one, taker, service, day) for one in going]
        for one in moved:
            if meeting := next((other for other in others if _meet(one, other)), None):
                raise InputError(
                    f"«{NBSP}{meeting.service}{NBSP}» suit déjà des personnes de ce portefeuille.",
                    where=_words(meeting),
                    remedy="Donnez le même service, ou fermez d’abord l’autre portefeuille.",
                )
        written: set[int] = set()
        for one, new in zip(going, moved, strict=True):
            _announce(session, one, new, day, now, written)
        _close(session, going, moved, day)
        audit.note(
            session, at=now, actor=by, action="portefeuille_transmis", subject=f"compte:{receiver}",
            detail=f"de {sender}, à partir du {day.isoformat()}",
        )  # fmt: skip
    return HandOver(len(moved), people, threads)


def left_out(day: date) -> dict[Parts, int]:
    """Return how many people nobody follows on a day, in the academies that have a portfolio."""
    with writing() as session:
        return _left_out(session, session.scalars(select(Portfolio)).all(), day)


def _managers(session: Session) -> dict[str, tuple[int, bool]]:
    """Return the key of each account, and whether it is a manager's."""
    role = select(AccountRole.account_id).where(AccountRole.role == MANAGER)
    managing = set(session.scalars(role))
    rows = session.execute(select(Account.compte, Account.id))
    return {compte: (account, account in managing) for compte, account in rows}


def _account(accounts: dict[str, tuple[int, bool]], compte: str) -> int:
    account, manages = accounts.get(compte, (0, False))
    if not manages:
        reason = "ce compte n’est pas d’un gestionnaire." if account else "ce compte n’existe pas."
        raise InputError(reason, where=compte[:60], remedy="Voyez iprof portefeuille list.")
    return account


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
            _check_service(given["service"])
        except InputError as error:
            wrong("service", error.message.rstrip("."), error.remedy)
    if "academie" in given:
        _check_place(given, wrong)
    if "corps" in given and given["corps"] not in known_corps():
        wrong("corps", "ce corps n’est pas connu", f"Corps connus : {', '.join(known_corps())}.")
    if "du" in given and "au" in given and given["au"] < given["du"]:
        wrong("au", "le dernier jour précède le premier", "Corrigez l’une des deux dates.")
    return faults


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


def _check_service(service: str) -> None:
    if len(service) > LONGEST_SERVICE:
        raise InputError(
            f"ce nom compte {len(service)} caractères.", where="service",
            remedy=f"Il en tient {LONGEST_SERVICE} au plus.",
        )  # fmt: skip
    if unseen := unfit(service):
        raise InputError(
            f"ce nom contient {name_of(unseen)}.", where="service",
            remedy="Saisissez-le au clavier, sur une ligne.",
        )  # fmt: skip


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


def _moved(one: Portfolio, taker: int, service: str, day: date) -> Portfolio:
    begins = one.du if one.du and one.du > day else day
    return Portfolio(
        account_id=taker, service=service or one.service, academie=one.academie,
        departement=one.departement, corps=one.corps, du=begins, au=one.au,
    )  # fmt: skip


def _close(
    session: Session, going: Sequence[Portfolio], moved: Sequence[Portfolio], day: date
) -> None:
    """End what had begun on the day before; what had not begun yet changes hands as it is."""
    for one, new in zip(going, moved, strict=True):
        if one.du is not None and one.du >= day:
            one.account_id, one.service = new.account_id, new.service
        else:
            one.au = day - timedelta(days=1)
            session.add(new)


def _announce(
    session: Session,
    before: Portfolio,
    after: Portfolio,
    day: date,
    now: datetime,
    written: set[int],
) -> None:
    """Write in each thread that is going on which service follows the person from then on."""
    if before.service == after.service:
        return
    words = french(f"À partir du {date_text(day)}, votre dossier est suivi par : {after.service}.")
    service = after.service if day <= paris(now).date() else ""
    for case in session.scalars(_open_cases([before]).with_for_update(of=Case)):
        if case.id not in written and HAND_OVER in acts_open(case.kind, case.state, SERVICE):
            written.add(case.id)
            act(session, case, Act(HAND_OVER, SERVICE, text=words, service=service), now)
            case.version += 1


def _same(one: Portfolio, other: Portfolio) -> bool:
    names = ("account_id", "service", "academie", "departement", "corps", "du", "au")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _meet(one: Portfolio, other: Portfolio) -> bool:
    """Return whether two services follow the same people on the same day."""
    return (
        one.service != other.service
        and one.academie == other.academie
        and _either(one.departement, other.departement)
        and _either(one.corps, other.corps)
        and (one.au is None or other.du is None or other.du <= one.au)
        and (other.au is None or one.du is None or one.du <= other.au)
    )


def _either(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _overlap(line: int, other: Portfolio, accounts: dict[str, tuple[int, bool]]) -> Fault:
    compte = next((name for name, (key, _) in accounts.items() if key == other.account_id), "")
    return Fault(
        line,
        "",
        f"«{NBSP}{other.service}{NBSP}» suit déjà ces personnes à ces dates "
        f"({compte}{NBSP}: {_words(other)})",
        "Changez les dates ou les personnes, ou donnez le même service.",
    )


def _words(one: Portfolio) -> str:
    who = [f"académie {one.academie}"]
    who += [f"département {one.departement}"] if one.departement else []
    who += [f"corps {one.corps}"] if one.corps else []
    if one.du:
        who.append(f"du {date_text(one.du)}")
    if one.au:
        who.append(f"au {date_text(one.au)}")
    return ", ".join(who)


def _left_out(session: Session, portfolios: Iterable[Portfolio], day: date) -> dict[Parts, int]:
    listed = list(portfolios)
    then = [
        one
        for one in listed
        if (one.du is None or one.du <= day) and (one.au is None or one.au >= day)
    ]
    query = (
        select(Agent.academie, Agent.departement, Agent.corps, func.count(Agent.id))
        .where(Agent.academie.in_({one.academie for one in listed}), ~people_of(then))
        .group_by(Agent.academie, Agent.departement, Agent.corps)
        .order_by(Agent.academie, Agent.departement, Agent.corps)
    )
    with session.no_autoflush:
        return {(a, d, c): count for a, d, c, count in session.execute(query)}


def _people(session: Session, portfolios: Sequence[Portfolio]) -> int:
    query = select(func.count(Agent.id)).where(people_of(portfolios))
    return session.scalar(query) or 0


def _open_threads(session: Session, portfolios: Sequence[Portfolio]) -> int:
    cases = _open_cases(portfolios).with_only_columns(func.count(Case.id))
    return session.scalar(cases) or 0


def _open_cases(portfolios: Sequence[Portfolio]) -> Select[Case]:
    going_on = [code for code, state in states().items() if state.open]
    return (
        select(Case)
        .join(Agent, Agent.numero == Case.numero)
        .where(people_of(portfolios), Case.kind != KIT, Case.state.in_(going_on))
    )


def _note_new(
    session: Session,
    new: Sequence[Portfolio],
    accounts: dict[str, tuple[int, bool]],
    by: str,
    now: datetime,
) -> None:
    names = {key: compte for compte, (key, _) in accounts.items()}
    for one in new:
        audit.note(
            session, at=now, actor=by, action="portefeuille_attribue",
            subject=f"compte:{names[one.account_id]}", detail=_words(one)[:200],
        )  # fmt: skip
