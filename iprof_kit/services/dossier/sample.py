"""The fictitious people: loading them as often as one likes, and their demonstration accounts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import yaml
from pydantic import ValidationError
from sqlalchemy import func, select, update

from iprof_kit.base.errors import Refused, Unavailable
from iprof_kit.base.paths import SAMPLE
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.records import marks
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import prepare_database, reading, writing
from iprof_kit.services.access.accounts import (
    FIRST_PASSWORD_LIFE,
    NewAccount,
    NewPortfolio,
    create_account,
)
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.dossier.storing import Outcome, save_dossier

_BY = "iprof sample load"
_RENEWED_BEFORE = timedelta(days=30)


@dataclass(frozen=True)
class DemoAccount:
    """One demonstration account, as printed at each start of a demonstration server."""

    compte: str
    secret: str
    """The demonstration password; for the first-login account, its fictitious NUMEN."""
    first_login: bool
    roles: tuple[str, ...]
    presentation: str


@dataclass(frozen=True)
class SampleReport:
    """How many dossiers were created, changed or left, and how many accounts were created."""

    dossiers: Counter[Outcome]
    accounts: int


def sample_dossiers() -> tuple[Dossier, ...]:
    """Return the fictitious dossiers of `data/sample/dossiers.jsonl`.

    A test checks them against the tables of the law, which no server has to load for them.

    Raises
    ------
    Unavailable
        The file is missing or a line is not a valid dossier.
    """
    path = SAMPLE / "dossiers.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        dossiers = tuple(Dossier.model_validate_json(line) for line in lines if line.strip())
    except (OSError, ValidationError) as error:
        raise _broken(path.name) from error
    return dossiers


def demo_accounts() -> tuple[DemoAccount, ...]:
    """Return the demonstration accounts of `data/sample/comptes.yml`."""
    password = _accounts_file()["mot_de_passe"]
    return tuple(
        DemoAccount(
            item["compte"],
            item.get("numen", password),
            "numen" in item,
            tuple(item["roles"]),
            item["presentation"],
        )
        for item in _accounts_file()["comptes"]
    )


def load_sample(now: datetime) -> SampleReport:
    """Put the fictitious people in the database; doing it again changes nothing.

    Raises
    ------
    Refused
        The database already holds other people.
    Unavailable
        The database does not answer.
    """
    prepare_database()
    _mark_as_sample(now)
    outcomes = Counter(save_dossier(dossier, _BY, now) for dossier in sample_dossiers())
    with reading() as session:
        known = set(session.scalars(select(Account.compte)))
    missing = [item for item in _accounts_file()["comptes"] if item["compte"] not in known]
    for item in missing:
        create_account(_new_account(item), _BY, now)
    with writing() as session:  # so that the first login can still be shown next year
        session.execute(
            update(Account)
            .where(
                Account.demo,
                Account.first_password,
                Account.first_password_expires_at < now + _RENEWED_BEFORE,
            )
            .values(first_password_expires_at=now + FIRST_PASSWORD_LIFE)
        )
    return SampleReport(outcomes, len(missing))


def _mark_as_sample(now: datetime) -> None:
    with writing() as session:
        if marks.is_marked(session, marks.SAMPLE):
            return
        if session.scalar(select(func.count()).select_from(Agent)):
            raise Refused(
                "cette base contient déjà des dossiers ; les personnes fictives n’y entrent pas.",
                remedy="Choisissez une autre base par IPROF_DATABASE_URL ou IPROF_VAR.",
            )
        marks.mark(session, marks.SAMPLE, now.isoformat())


def _new_account(item: dict[str, Any]) -> NewAccount:
    return NewAccount(
        compte=item["compte"],
        roles=tuple(item["roles"]),
        numero_dossier=item.get("dossier"),
        numen=item.get("numen"),
        password=None if "numen" in item else _accounts_file()["mot_de_passe"],
        demo=True,
        portfolios=[NewPortfolio(**one) for one in item.get("portefeuilles", [])],
        evaluates=item.get("evalue", []),
    )


@lru_cache(maxsize=1)
def _accounts_file() -> dict[str, Any]:
    path = SAMPLE / "comptes.yml"
    try:
        read: dict[str, Any] = read_yaml(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise _broken(path.name) from error
    return read


def _broken(name: str) -> Unavailable:
    return Unavailable(
        "les données de démonstration ne peuvent pas être lues.",
        where=f"data/sample/{name}",
        remedy="Réinstallez le kit.",
    )
