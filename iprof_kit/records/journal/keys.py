"""The secret of the journal, which is never in the database, and what is computed with it.

Whoever can write the database could otherwise write the journal anew, seals included. The secret
is where the settings say, or in a private file made at the first line; the database keeps its name
only (a fingerprint), so that a server with another secret notes nothing rather than something
false.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from sqlalchemy.orm import Session

from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.configuration.in_force import place_of_secret, secret_of, setting_of
from iprof_kit.base.configuration.secret_places import secret_at
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.private_files import owner_only, private_folder
from iprof_kit.records import marks

_SETTING, _VARIABLE = "emplacements.cle_du_journal", "IPROF_JOURNAL_KEY"
_BYTES = 32
_SHORT = 32
"""Hexadecimal digits of what must not be forged: 128 bits of HMAC-SHA-256."""
_NAME = _RANDOM = 16
_WHOLE = 64
"""Those of a hash that nothing shortens."""


@dataclass(frozen=True)
class Keys:
    """What one secret computes; each purpose has a key of its own."""

    secret: bytes

    @cached_property
    def name(self) -> str:
        """The fingerprint of the secret, which tells nothing of it."""
        return self._of("nom", _NAME)

    def of_name(self, name: str, pseudonym: str) -> str:
        """Return what ties a name to its pseudonym."""
        return self._of("noms", _SHORT, name, pseudonym)

    def of_row(self, *fields: str | None, random: str | None = None) -> str:
        """Return the mark of one line: random digits, so that no two are alike, then what only who
        holds the secret can have made of them and of what is said.
        """  # noqa: D205
        random = random or secrets.token_hex(_RANDOM // 2)
        return random + self._of("lignes", _SHORT, random, *fields)

    def made_row(self, mark: str, *fields: str | None) -> bool:
        """Return whether the mark of a line is ours."""
        return hmac.compare_digest(
            mark.encode(), self.of_row(*fields, random=mark[:_RANDOM]).encode()
        )

    def link(self, former: str, number: int, mark: str) -> str:
        """Return what ties a line, at its place, to all that stand before it."""
        return self._of("liens", _SHORT, former, number, mark)

    def of_seal(self, *fields: str | int | None) -> str:
        """Return the mark of one seal."""
        return self._of("sceaux", _SHORT, *fields)

    def of_code(self, account_id: int, code: str) -> str:
        """Return what is kept of a first code of an account: it says nothing without the secret."""
        return self._of("codes", _WHOLE, account_id, code)

    def key_of(self, purpose: str) -> bytes:
        """Return the key of a purpose outside the journal: 256 bits that nothing else is made of.

        The purposes of the journal itself are words without a dot.
        """
        return hmac.digest(self.secret, f"iprof.{purpose}".encode(), "sha256")

    def _of(self, purpose: str, digits: int, *fields: str | int | None) -> str:
        key = hmac.digest(self.secret, purpose.encode(), "sha256")
        return hmac.digest(key, json.dumps(fields).encode(), "sha256").hex()[:digits]


def commitment(salt: bytes, text: str) -> str:
    """Return what holds somebody to a text without telling it, as long as the salt is unknown."""
    return hmac.digest(salt, text.encode("utf-8", "surrogatepass"), "sha256").hex()


def journal_folder() -> Path:
    """Return the private folder of what is kept outside the database."""
    return private_folder(var_dir() / "journal")


def keys_of(session: Session) -> Keys:
    """Return the keys of a database; the first to need some makes them.

    Raises
    ------
    Unavailable
        The secret is missing, unusable or that of another database: nothing can be noted.
    """
    known = marks.value(session, marks.JOURNAL_KEY)
    keys = own_keys(make=known is None)
    if known is None:
        known = marks.put_first(session, marks.JOURNAL_KEY, keys.name)
    if known != keys.name:
        raise Unavailable(
            "la clé du journal n’est pas celle de cette base ; rien n’est lu ni écrit.",
            where=_place(),
            remedy="Remettez celle que la base a connue (sauvegarde, autre serveur) ; si elle "
            "est perdue, voyez iprof journal reprendre.",
        )
    return keys


def own_keys(*, make: bool = False) -> Keys:
    """Return the keys of this installation, whatever the database says.

    Raises
    ------
    Unavailable
        They are missing, and none may be made; or they cannot be used.
    """
    if given := _set():
        return _given(given)
    path = key_file()
    if make and not path.exists():
        _make(path)
    return _kept(path)


def key_is_there() -> bool:
    """Return whether the secret is where it is read at the start of a server, read again or not."""
    place = setting_of(_SETTING)
    try:
        return bool(secret_at(place)) if place else key_file().is_file()
    except InputError:
        return False


def key_file() -> Path:
    """Return where the secret is kept, unless the settings say another place."""
    return var_dir() / "journal" / "cle"


def _set() -> str:
    """Return the secret of the place that the settings say; empty where they say none."""
    try:
        return secret_of(_SETTING)
    except InputError as error:
        raise _unread(_place()) from error


@cache
def _given(text: str) -> Keys:
    try:
        secret = bytes.fromhex(text)
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise Unavailable(
            "la clé du journal n’est pas utilisable.",
            where=_place(),
            remedy=f"Il faut {2 * _BYTES} chiffres hexadécimaux : openssl rand -hex {_BYTES}.",
        )
    return Keys(secret)


@cache
def _kept(path: Path) -> Keys:
    try:
        return _given(path.read_text("ascii").strip())
    except (OSError, UnicodeError) as error:
        raise _unread(str(path)) from error


def _unread(where: str) -> Unavailable:
    return Unavailable(
        "la clé du journal ne peut pas être lue ; rien n’est lu ni écrit.",
        where=where,
        remedy="Remettez ce fichier (sauvegarde, autre serveur), ou donnez la clé par "
        f"{_VARIABLE}.",
    )


def _make(path: Path) -> None:
    """Make the file whole at once: of two processes that start together, one is the first."""
    part = journal_folder() / f"cle.{secrets.token_hex(4)}.part"
    owner_only(part).write_text(secrets.token_hex(_BYTES), "ascii")
    try:
        os.link(part, path)
    except FileExistsError:
        pass
    finally:
        part.unlink()


def _place() -> str:
    return place_of_secret(_SETTING) if setting_of(_SETTING) else str(key_file())
