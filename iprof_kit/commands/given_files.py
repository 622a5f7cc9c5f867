"""A file that a command is given to import, read whole within a limit."""

from __future__ import annotations

from pathlib import Path

from iprof_kit.base.errors import InputError


def read_file(file: Path, most: int) -> bytes:
    """Return a file whole; refuse one that is not there, or of more bytes than are taken."""
    try:
        if file.stat().st_size > most:
            raise InputError(
                f"le fichier dépasse {most // 1_000_000} Mo.",
                where=str(file),
                remedy="Découpez-le en plusieurs.",
            )
        return file.read_bytes()
    except OSError as error:
        raise InputError(
            "ce fichier n’existe pas ou ne peut pas être lu.",
            where=str(file),
            remedy="Vérifiez son nom et vos droits.",
        ) from error
