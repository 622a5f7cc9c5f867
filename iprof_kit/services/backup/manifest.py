"""What a backup says of itself: which kit made it, when, what it holds, file by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from pydantic import ValidationError

from iprof_kit.base.errors import BadBackup, InputError
from iprof_kit.base.plain import Plain

NAME = "manifeste.json"
FORMAT = 1
"""Raised when a kit that reads the former format could no longer read the new one."""
SAVED = "sauvegarde_faite"
"""What the journal says of a backup that was made."""


class Fichier(Plain):
    """One file of a backup."""

    nom: str
    taille: int
    sha256: str


class Manifeste(Plain):
    """The last file of a backup. `lignes` counts the rows of each table."""

    format: int = FORMAT
    kit: str
    revision: str
    moteur: str
    fait_le: datetime
    lignes: Mapping[str, int]
    fichiers: tuple[Fichier, ...]

    def written(self) -> bytes:
        """Return it as it is kept."""
        return self.model_dump_json(indent=1).encode()


def read_manifest(content: bytes) -> Manifeste:
    """Return a manifest as it was written.

    Raises
    ------
    InputError
        It is damaged, or of a format that this version of the kit does not know.
    """
    try:
        fields = json.loads(content)
        if int(fields["format"]) > FORMAT:
            raise newer()
        return Manifeste.model_validate_json(content)
    except (ValueError, KeyError, TypeError, ValidationError) as error:
        raise BadBackup("le manifeste de la sauvegarde est illisible ou modifié.") from error


def newer() -> InputError:
    """Return what is said of a backup that this version of the kit cannot read."""
    return InputError(
        "cette sauvegarde vient d’une version plus récente du kit.",
        remedy="Mettez le kit à jour, puis recommencez.",
    )
