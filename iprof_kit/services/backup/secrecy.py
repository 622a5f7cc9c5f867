"""A backup encrypted in the age format: for public keys, or by a passphrase.

For a public key nothing is held in memory. A passphrase is stretched by a library that takes its
text whole: the size is bounded, and beyond it a key is asked for.
"""

from __future__ import annotations

import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Literal

import pyrage

from iprof_kit.base.errors import BadBackup, InputError

LARGEST_BY_PHRASE = 500_000_000
SHORTEST_PHRASE = 16
_AGE = b"age-encryption.org/"
_BY_PHRASE = b"\n-> scrypt "
_STEP = 1 << 20


@dataclass(frozen=True)
class Closing:
    """For whom a backup is encrypted: nobody, the holders of keys, or who knows a phrase."""

    recipients: tuple[pyrage.x25519.Recipient, ...] = ()
    phrase: str | None = None


@dataclass(frozen=True)
class Opening:
    """What opens a backup: secret keys, or a phrase."""

    identities: tuple[pyrage.x25519.Identity, ...] = ()
    phrase: str | None = None


def recipient(text: str) -> pyrage.x25519.Recipient:
    """Return a public key.

    Raises
    ------
    InputError
        It is not one.
    """
    try:
        return pyrage.x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as error:
        raise InputError(
            "ce n’est pas une clé publique age.",
            where="destinataire",
            remedy="Elle commence par age1 ; iprof cle-sauvegarde en crée une.",
        ) from error


def identity(text: str) -> pyrage.x25519.Identity:
    """Return a secret key from the text of its file, where other lines are comments.

    Raises
    ------
    InputError
        There is none. Nothing of the text is repeated.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    secret = [line for line in lines if not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(secret[0] if len(secret) == 1 else "")
    except pyrage.IdentityError as error:
        raise InputError(
            "ce fichier ne contient pas une clé secrète age.",
            where="clé",
            remedy="C’est le fichier écrit par iprof cle-sauvegarde.",
        ) from error


def new_key() -> tuple[str, bytes]:
    """Return a new public key, and the text of the file that keeps the secret one."""
    made = pyrage.x25519.Identity.generate()
    public = str(made.to_public())
    return public, f"# clé publique : {public}\n{made}\n".encode()


def checked_phrase(text: str) -> str:
    """Return a new passphrase, refused where it is too short to keep a file for years."""
    if len(text.strip()) < SHORTEST_PHRASE:
        raise InputError(
            f"la phrase compte moins de {SHORTEST_PHRASE} caractères.",
            where="phrase",
            remedy="Choisissez par exemple six mots sans lien.",
        )
    return text.strip()


def how_closed(path: Path) -> Literal["en clair", "phrase", "cle"]:
    """Return how a file is encrypted."""
    with path.open("rb") as source:
        head = source.read(200)
    if not head.startswith(_AGE):
        return "en clair"
    return "phrase" if _BY_PHRASE in head else "cle"


@contextmanager
def closed(out: IO[bytes], how: Closing) -> Iterator[IO[bytes]]:
    """Return where to write in clear what reaches `out` encrypted.

    Raises
    ------
    InputError
        Too large for a phrase.
    OSError
        `out` cannot be written.
    """
    if how.phrase is not None:
        clear = _Bounded()
        yield clear
        out.write(pyrage.passphrase.encrypt(clear.getvalue(), how.phrase))
    elif how.recipients:
        target = _Noting(out)
        work = _Beside(lambda end: pyrage.encrypt_io(end, target, list(how.recipients)), "rb")
        try:
            with work.other_end() as clear_end:
                yield clear_end
        except BrokenPipeError:  # the thread ended before us, and has noted why
            if not (target.fault or work.error):
                raise
        if fault := target.fault or work.error:
            raise fault
    else:
        yield out


@contextmanager
def opened(path: Path, key: Opening) -> Iterator[IO[bytes]]:
    """Return a backup in clear, as it is read.

    Raises
    ------
    InputError
        The key or the phrase is missing or wrong, or the file is damaged.
    """
    how = how_closed(path)
    with path.open("rb") as source:
        if how == "en clair":
            yield source
        elif how == "phrase":
            yield io.BytesIO(_by_phrase(source, path, key))
        else:
            yield from _by_key(source, key)


def _by_phrase(source: IO[bytes], path: Path, key: Opening) -> bytes:
    if key.phrase is None:
        raise InputError("cette sauvegarde demande sa phrase.", remedy="Donnez-la par --phrase.")
    if path.stat().st_size > 2 * LARGEST_BY_PHRASE:
        raise BadBackup("cette sauvegarde est trop grande pour une phrase, donc abîmée.")
    try:
        return bytes(pyrage.passphrase.decrypt(source.read(), key.phrase))
    except pyrage.DecryptError as error:
        raise InputError(
            "la phrase n’est pas la bonne, ou la sauvegarde est abîmée.",
            remedy="Vérifiez la phrase, ou prenez une autre sauvegarde.",
        ) from error


def _by_key(source: IO[bytes], key: Opening) -> Iterator[IO[bytes]]:
    if not key.identities:
        raise InputError(
            "cette sauvegarde est chiffrée.", remedy="Donnez la clé secrète par --cle."
        )
    work = _Beside(lambda end: pyrage.decrypt_io(source, end, list(key.identities)), "wb")
    try:
        with work.other_end() as clear:
            yield clear
            while clear.read(_STEP):  # the end proves that nothing was cut
                pass
    except Exception:
        if work.error is None or isinstance(work.error, BrokenPipeError):
            raise
    if work.error is not None:
        raise _cannot_open(work.error) from work.error


def _cannot_open(error: BaseException) -> InputError:
    if "No matching keys" in str(error):
        return InputError(
            "cette clé n’ouvre pas la sauvegarde : elle en demande une autre.",
            remedy="Donnez par --cle celle dont la clé publique l’a chiffrée.",
        )
    return BadBackup("la sauvegarde est abîmée, tronquée ou modifiée : elle ne se déchiffre pas.")


class _Beside:
    """The library at one end of a pipe, in a thread of its own; we are at the other end."""

    def __init__(self, work: Callable[[Any], None], mode: str) -> None:
        self._work, self._mode = work, mode
        self.error: BaseException | None = None

    @contextmanager
    def other_end(self) -> Iterator[IO[bytes]]:
        read, write = os.pipe()
        theirs, ours = (read, write) if self._mode == "rb" else (write, read)
        running = threading.Thread(target=self._run, args=(os.fdopen(theirs, self._mode),))
        running.start()
        end = os.fdopen(ours, "wb" if self._mode == "rb" else "rb")
        try:
            yield end
        finally:
            try:
                end.close()
            except BrokenPipeError:  # the thread has said why
                pass
            finally:
                running.join()

    def _run(self, end: IO[bytes]) -> None:
        noting = _Noting(end)
        try:
            with end:
                self._work(noting if self._mode == "wb" else end)
        except BaseException as error:  # told by whoever is at the other end
            self.error = noting.fault or error


class _Noting:
    """Keep what the system refused, which the library tells in words only."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out
        self.fault: OSError | None = None

    def write(self, part: bytes) -> int:
        try:
            return self._out.write(part)
        except OSError as error:
            self.fault = error
            raise

    def flush(self) -> None:
        self._out.flush()


class _Bounded(io.BytesIO):
    """A memory that refuses what would fill the machine's."""

    def write(self, part: Any) -> int:
        if self.tell() + len(part) > LARGEST_BY_PHRASE:
            raise InputError(
                f"une sauvegarde de plus de {LARGEST_BY_PHRASE // 1_000_000} Mo ne se chiffre pas "
                "par une phrase.",
                remedy="Chiffrez-la pour une clé : iprof cle-sauvegarde, puis --destinataire.",
            )
        return super().write(part)
