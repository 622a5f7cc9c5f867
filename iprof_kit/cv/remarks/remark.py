"""What the kit says of a CV: where, how serious, what, and what to do. In French."""

from __future__ import annotations

from typing import Literal

from iprof_kit.base.plain import Plain

Gravite = Literal["erreur", "avertissement", "conseil"]


class Remarque(Plain):
    """One remark. It never refuses anything: what was entered stays as it is."""

    ou: str
    """Path of the field: « faits.diplomes.<id>.annee », « cibles.<id>.titre »."""
    gravite: Gravite
    message: str
    remede: str = ""


def remark(where: str, kind: Gravite, message: str, remedy: str = "") -> Remarque:
    """Return a remark with French typography."""
    return Remarque(ou=where, gravite=kind, message=message, remede=remedy)


def short(value: str, length: int = 40) -> str:
    """Return what was written, cut so that a message stays readable, quoted."""
    cut = value if len(value) <= length else value[: length - 1] + "…"
    return f"« {cut} »"
