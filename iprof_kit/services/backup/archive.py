"""One file for everything: a tar, its manifest last, so that it is written and read in one pass."""

from __future__ import annotations

import errno
import hashlib
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, cast

from iprof_kit.base.errors import BadBackup, InputError, Unavailable, system_reason
from iprof_kit.base.private_files import private_folder
from iprof_kit.base.words import counted
from iprof_kit.services.backup.manifest import NAME as MANIFEST
from iprof_kit.services.backup.manifest import Fichier, Manifeste, read_manifest

BASE = "base/"
"""Where the copy of the database is in a backup."""
_ROOTS = ("base", "var", "cles")
_ALONE = ("academies.yml", MANIFEST)
_LARGEST_MANIFEST = 100_000_000
_STEP = 1 << 20
_NAMED = 5


class Packing:
    """A backup being written."""

    def __init__(self, out: IO[bytes], moment: datetime) -> None:
        to = cast(IO[bytes], _Counted(out))  # it is written to and told, no more
        self._tar = tarfile.TarFile(fileobj=to, mode="w", copybufsize=_STEP)
        self._moment = int(moment.timestamp())
        self.files: list[Fichier] = []

    def add(self, name: str, path: Path) -> None:
        """Add a file as it is now; what is appended to it meanwhile is left for next time."""
        with path.open("rb") as source:
            size = path.stat().st_size
            digested = Digested(source)
            self._put(name, size, digested)
        self.files.append(Fichier(nom=name, taille=size, sha256=digested.digest))

    def finish(self, manifest: Manifeste) -> None:
        """Add the manifest, and end."""
        content = manifest.written()
        self._put(MANIFEST, len(content), BytesIO(content))
        self._tar.close()

    def _put(self, name: str, size: int, source: IO[bytes] | Digested) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode, entry.mtime = size, 0o600, self._moment
        self._tar.addfile(entry, source)


class Digested:
    """What is read or written through it, with its SHA-256."""

    def __init__(self, through: IO[bytes]) -> None:
        self._through = through
        self._sum = hashlib.sha256()

    @property
    def digest(self) -> str:
        """The SHA-256 of what has passed so far, in hexadecimal digits."""
        return self._sum.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """Read as a file does."""
        part = self._through.read(size)
        self._sum.update(part)
        return part

    def write(self, part: bytes) -> int:
        """Write as a file does."""
        self._sum.update(part)
        return self._through.write(part)

    def flush(self) -> None:
        """Flush as a file does."""
        self._through.flush()


class _Counted:
    """What is written through it, and how much: a pipe does not say it of itself."""

    def __init__(self, through: IO[bytes]) -> None:
        self._through = through
        self._written = 0

    def tell(self) -> int:
        return self._written

    def write(self, part: bytes) -> int:
        self._written += len(part)
        return self._through.write(part)


def unpack(source: IO[bytes], folder: Path, *, everything: bool) -> Manifeste:
    """Read a backup to its end and hold it against its manifest.

    Parameters
    ----------
    source : IO
        In clear.
    folder : Path
        Where its files are written: all of them, or the copy of the database alone.
    everything : bool

    Raises
    ------
    InputError
        It is not a backup, or it is cut, damaged or changed: what differs is named.
    """
    unpacked: dict[str, Fichier] = {}
    manifest: Manifeste | None = None
    try:
        with tarfile.open(fileobj=source, mode="r|", bufsize=_STEP) as tar:
            for entry, content in _entries(tar):
                if entry.name == MANIFEST:
                    manifest = read_manifest(content.read(_LARGEST_MANIFEST))
                    continue
                kept = everything or entry.name.startswith(BASE)
                unpacked[entry.name] = _taken(entry, content, folder / entry.name if kept else None)
    except (tarfile.TarError, EOFError) as error:
        raise _cut(bool(unpacked)) from error
    if manifest is None:
        raise _cut(bool(unpacked))
    _compare(manifest.fichiers, unpacked)
    return manifest


@contextmanager
def disk_in_french(where: Path) -> Iterator[None]:
    """Say in French that the disk refuses.

    Raises
    ------
    Unavailable
        It is full, or does not let one read or write.
    """
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            raise Unavailable(
                "le disque est plein ; rien n’a été laissé à moitié.",
                where=str(where),
                remedy="Faites de la place, ou choisissez un autre disque.",
            ) from error
        raise Unavailable(
            f"un fichier ne peut pas être lu ou écrit : {system_reason(error)}.",
            where=str(error.filename or where),
            remedy="Vérifiez vos droits sur ce fichier et sur son dossier.",
        ) from error


def _entries(tar: tarfile.TarFile) -> Iterator[tuple[tarfile.TarInfo, IO[bytes]]]:
    for entry in tar:
        parts = PurePosixPath(entry.name).parts
        known = entry.name in _ALONE or (len(parts) > 1 and parts[0] in _ROOTS)
        content = tar.extractfile(entry) if entry.isreg() else None
        if content is None or not known or ".." in parts:
            raise BadBackup(f"la sauvegarde contient un nom inattendu ({entry.name[:80]!r}).")
        yield entry, content


def _taken(entry: tarfile.TarInfo, content: IO[bytes], target: Path | None) -> Fichier:
    source = Digested(content)
    if target is None:
        while source.read(_STEP):
            pass
    else:
        private_folder(target.parent)
        with target.open("xb") as out:
            target.chmod(0o600)
            while part := source.read(_STEP):
                out.write(part)
    return Fichier(nom=entry.name, taille=entry.size, sha256=source.digest)


def _compare(listed: Iterable[Fichier], unpacked: dict[str, Fichier]) -> None:
    expected = {one.nom: one for one in listed}
    wrong = [f"{name} (absent)" for name in expected.keys() - unpacked.keys()]
    wrong += [f"{name} (en trop)" for name in unpacked.keys() - expected.keys()]
    both = expected.keys() & unpacked.keys()
    wrong += [f"{name} (abîmé ou modifié)" for name in both if expected[name] != unpacked[name]]
    if wrong:
        shown = ", ".join(sorted(wrong)[:_NAMED])
        more = f" et {counted(len(wrong) - _NAMED, 'autre')}" if len(wrong) > _NAMED else ""
        raise BadBackup(f"la sauvegarde ne correspond pas à son manifeste : {shown}{more}.")


def _cut(begun: bool) -> InputError:
    if begun:
        return BadBackup("la sauvegarde est tronquée ou abîmée : sa fin manque.")
    return BadBackup("ce fichier n’est pas une sauvegarde du kit, ou il est abîmé.")
