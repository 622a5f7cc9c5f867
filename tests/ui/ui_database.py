"""The portal of Jean Dupont over a real database, without server: what is saved is really saved."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select

from iprof_kit.base.errors import InputError, Refused, Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.compaction import reclaim
from iprof_kit.services.access import passwords
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import run

NOW = datetime(2026, 11, 25, 13, 32, tzinfo=UTC)


def open_database(folder, monkeypatch):
    """Return the identity of Jean Dupont in a new database, copied from one made once."""
    monkeypatch.delenv("IPROF_DATABASE_URL", raising=False)
    monkeypatch.setenv("IPROF_VAR", str(folder))
    files, identity = _made()
    for name, content in files.items():  # the base, and the key of its journal
        place = Path(folder) / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_bytes(content)
    return identity


@cache
def _made():
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_VAR", folder)
        patch.setattr(passwords, "hasher", PasswordHasher(1, 8, 1))
        db.prepare_database()
        jean = next(one for one in sample_dossiers() if one.numero == "D0001")
        save_dossier(jean, "test", NOW)
        new = NewAccount("jdupont", ("enseignant",), "D0001", password="quatre mots sans lien")
        create_account(new, "test", NOW)
        with db.reading() as session:
            identity = identity_of(session.scalars(select(Account)).one(), NOW.date())
        reclaim()
        db.engine().dispose()
        places = [place for place in Path(folder).rglob("*") if place.is_file()]
        files = {str(place.relative_to(folder)): place.read_bytes() for place in places}
        return files, identity


class InProcess:
    """The guichet of one person; refusals come as a kernel sees them."""

    def __init__(self, identity, now=NOW):
        self.identity, self.now = identity, now
        self.down: Exception | None = None

    def ask(self, op, **args):
        if self.down is not None:
            raise self.down
        try:
            return run(self.identity, op, args, self.now)
        except Refused:
            raise
        except InputError as error:
            raise Unavailable(error.message, remedy=error.remedy) from None
