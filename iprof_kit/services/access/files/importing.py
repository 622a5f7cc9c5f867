"""Accounts from a CSV, without a password: each line by itself, once however often it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast, get_args
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from iprof_kit.base.errors import Conflict, InputError
from iprof_kit.records.accounts import Account, AccountRole
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading, writing
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Write
from iprof_kit.services.access.identity import (
    ACCOUNT_NAME,
    READER,
    account_name,
    free_account_name,
)
from iprof_kit.services.contract.operation import Role
from iprof_kit.services.given_tables import Fault, GivenRow, Layout, Report, read_rows, unsaid

ACCOUNT_FILE = Layout(
    ("compte", "dossier", "role"),
    ("role",),
    "docs/administrer.md",
    largest=10_000_000,
    most_rows=100_000,
)
_AT_ONCE = 1_000
"""Accounts of one transaction: what the portal writes meanwhile waits for no more."""
_BETWEEN_ROLES = re.compile(r"[\s,+]+")


class _Wrong(Exception):  # noqa: N818  # no fault of ours: what a line says cannot be
    """Why a line is refused: column, reason, what to do."""


@dataclass(frozen=True)
class _Person:
    """Whose file a line names."""

    agent: int
    prenom: str
    nom: str


@dataclass(frozen=True)
class _Wanted:
    """An account that a line asks for."""

    compte: str
    roles: tuple[Role, ...]
    numero: str | None
    agent: int | None
    closed: bool = False


@dataclass(frozen=True)
class _Known:
    """The accounts and the files of the base, and what earlier lines asked for."""

    accounts: dict[str, _Wanted]
    of_file: dict[str, str]
    people: Mapping[str, _Person]

    def add(self, one: _Wanted) -> None:
        self.accounts[one.compte] = one
        if one.numero is not None:
            self.of_file[one.numero] = one.compte


def import_accounts(content: bytes, by: str, now: datetime, *, only_check: bool = False) -> Report:
    """Import a CSV of accounts: what is wrong in a line keeps no other from its account.

    An account that is there already, as the line says, changes nothing. None has a password: a
    link of `issue_reset_link` lets its person choose one.

    Parameters
    ----------
    content : bytes
    by : str
        Whom the history and the journal name.
    now : datetime
    only_check : bool
        Say what would be done, and do nothing.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    Conflict
        Somebody made one of these accounts meanwhile: given again, the file goes on from there.
    """
    report = Report()
    new: list[_Wanted] = []
    rows = list(read_rows(content, ACCOUNT_FILE))
    with reading() as session:
        known = _known(session)
    for row in rows:
        if faults := [*row.faults, *unsaid(row, ACCOUNT_FILE)]:
            report.refused += faults
            continue
        try:
            wanted = _wanted(row, known)
        except _Wrong as wrong:
            report.refused.append(Fault(row.line, *wrong.args))
            continue
        if wanted.compte in known.accounts:
            report.unchanged += 1
        else:
            known.add(wanted)
            new.append(wanted)
    report.added = len(new)
    if not only_check:
        for first in range(0, len(new), _AT_ONCE):
            _store(new[first : first + _AT_ONCE], by, now)
    return report


def _known(session: Session) -> _Known:
    roles: dict[int, list[Role]] = {}
    for account, role in session.execute(select(AccountRole.account_id, AccountRole.role)):
        roles.setdefault(account, []).append(cast(Role, role))
    known = _Known({}, {}, {
        numero: _Person(agent, prenom, nom)
        for numero, agent, prenom, nom in session.execute(
            select(Agent.numero, Agent.id, Agent.prenom, Agent.nom)
        )
    })  # fmt: skip
    accounts = select(
        Account.id, Account.compte, Account.agent_id, Agent.numero, Account.closed_on
    ).outerjoin(Agent, Agent.id == Account.agent_id)
    for one in session.execute(accounts):
        has = tuple(roles.get(one.id, ()))
        known.add(
            _Wanted(one.compte, has, one.numero, one.agent_id, closed=one.closed_on is not None)
        )
    return known


def _wanted(row: GivenRow, known: _Known) -> _Wanted:
    """Return the account of a line: the one that is there as it says, or a new one."""
    roles, numero = _roles(row.values["role"]), row.values.get("dossier")
    if numero is None and READER in roles:
        raise _Wrong("dossier", "un compte d’enseignant ouvre un dossier", "Donnez son numéro.")
    person = _person(numero, known)
    compte = row.values.get("compte") or known.of_file.get(numero or "")
    if compte is None:
        compte = _free_name(person, known)
    elif ACCOUNT_NAME.fullmatch(compte) is None:
        raise _Wrong(
            "compte",
            "un compte s’écrit en lettres minuscules sans accent, puis un numéro s’il le faut",
            "Exemple : jdupont2.",
        )
    has = known.of_file.get(numero or "", compte)
    if has != compte:
        raise _Wrong("dossier", f"ce dossier a déjà le compte « {has} »", "Gardez celui-là.")
    one = _Wanted(compte, roles, numero, person.agent if person else None)
    if compte in known.accounts:
        _check_same(one, known.accounts[compte])
    elif person is not None:
        _check_rule(compte, person, known)
    return one


def _roles(text: str) -> tuple[Role, ...]:
    given = [one for one in _BETWEEN_ROLES.split(text) if one]
    if unknown := [one for one in given if one not in get_args(Role)]:
        raise _Wrong(
            "role",
            f"le rôle « {unknown[0][:30]} » n’existe pas",
            f"Rôles : {', '.join(get_args(Role))}.",
        )
    return cast(tuple[Role, ...], tuple(dict.fromkeys(given)))


def _person(numero: str | None, known: _Known) -> _Person | None:
    if numero is None:
        return None
    if numero not in known.people:
        raise _Wrong(
            "dossier", "ce dossier n’existe pas", "Importez-le d’abord : iprof import dossiers."
        )
    return known.people[numero]


def _free_name(person: _Person | None, known: _Known) -> str:
    if person is None:
        raise _Wrong("compte", "la valeur manque", "Donnez un compte, ou un numéro de dossier.")
    try:
        return free_account_name(person.prenom, person.nom, known.accounts)
    except InputError as error:
        raise _Wrong("compte", error.message.rstrip("."), error.remedy) from None


def _check_same(one: _Wanted, there: _Wanted) -> None:
    """Refuse a line that says otherwise than the account that is there."""
    if there.numero != one.numero:
        raise _Wrong(
            "compte",
            "ce compte existe déjà, pour quelqu’un d’autre",
            "Laissez la colonne vide : le premier compte libre est donné.",
        )
    if there.closed:
        raise _Wrong(
            "compte",
            "ce compte est fermé ou va l’être",
            f"Rouvrez-le s’il le faut : iprof account close {one.compte} --annuler.",
        )
    if set(there.roles) != set(one.roles):
        raise _Wrong(
            "role",
            f"ce compte existe déjà, avec : {', '.join(there.roles) or 'aucun rôle'}",
            f"Changez-le par : iprof account role {one.compte}.",
        )


def _check_rule(compte: str, person: _Person, known: _Known) -> None:
    try:
        base = account_name(person.prenom, person.nom)
    except InputError:  # no name is made of these letters: any is as good
        return
    if compte.rstrip("0123456789") != base:
        raise _Wrong(
            "compte",
            "ce compte ne suit pas la règle (initiale du prénom et nom)",
            f"Compte attendu : {_free_name(person, known)}.",
        )


def _store(some: Sequence[_Wanted], by: str, now: datetime) -> None:
    """Make some accounts, their roles, their history and their lines of the journal, or none."""
    rows = [
        Account(
            version=1,
            compte=one.compte,
            agent_id=one.agent,
            first_password=True,
            demo=False,
            roles=[AccountRole(role=role, since=now) for role in one.roles],
        )
        for one in some
    ]
    receipts = [
        {"key": f"compte:{uuid4()}", "at": now, "by": by, "subject": f"accounts:{one.compte}",
         "version": 1, "former": None}
        for one in some
    ]  # fmt: skip
    lines = [audit.Entry(now, by, "compte_cree", f"compte:{one.compte}") for one in some]
    try:
        with writing() as session:
            session.add_all(rows)
            session.flush()
            session.execute(insert(Write), receipts)
            audit.note_all(session, lines)
    except IntegrityError as error:
        raise Conflict(
            "un de ces comptes a été créé entre-temps.", remedy="Importez de nouveau le fichier."
        ) from error
