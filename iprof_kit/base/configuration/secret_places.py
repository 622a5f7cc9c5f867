"""A secret, read where a setting says that it is."""

from __future__ import annotations

import os
from pathlib import Path

from iprof_kit.base.errors import InputError, system_reason

_LARGEST = 100_000


def secret_at(place: str) -> str:
    """Return the secret of a place, « fichier:/… » or « variable:NOM »; empty where none is named.

    Raises
    ------
    InputError
        It is not there. What is read is never in the message.
    """
    kind, _, name = place.partition(":")
    secret = _in_file(name) if kind == "fichier" else os.environ.get(name, "")
    if place and not secret:
        raise InputError(
            "ce secret est vide ou absent.",
            where=place,
            remedy="Écrivez-le à cet endroit, ou corrigez le réglage qui le nomme.",
        )
    return secret


def _in_file(name: str) -> str:
    try:
        with Path(name).open(encoding="utf-8") as file:
            return file.read(_LARGEST).strip()
    except OSError as error:
        raise InputError(
            f"le fichier de ce secret ne se lit pas : {system_reason(error)}.",
            where=name,
            remedy="Donnez-le à lire à l’utilisateur du serveur, et à lui seul.",
        ) from error
    except UnicodeDecodeError:
        raise InputError(
            "le fichier de ce secret n’est pas écrit en UTF-8.",
            where=name,
            remedy="Écrivez-y le secret seul, sur une ligne.",
        ) from None
