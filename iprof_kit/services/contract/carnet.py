"""The operations on the carnet of the person who is asking, part of `services.contract`.

A carnet is one small document for each subject: what she tries or types on a screen of the
perspectives, kept so that a reload or another device does not lose it. Its `revision` grows by
one at each write. What a document holds is the business of the screen of its subject, but for
one thing: no document holds what is sensitive.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import SENSITIVE_NATURES
from iprof_kit.services.contract.cv import Key, Revision

LARGEST_CARNET = 100_000
"""Bytes of a document written as JSON in UTF-8."""

SENSITIVE = "sensible_"
"""What the name of a field begins with that says something of illness, a health leave, invalidity,
disability, pregnancy or a strike: no screen and no list can forget one.

Screens hold it in memory (`ui.visit.sensitive`); `services.kept.carnet` refuses to keep it.
"""

Sujet = Literal[
    "scenarios",
    "voeux",
    "paie",
    "retraite",
    "promotions",
    "cv",
    "courrier",
    "rendez_vous",
    "services",
    "demandes",
    "formation",
    "concours",
    "candidatures",
    "remplacement",
    "carte_scolaire",
]


class LireCarnet(Plain):
    """The document of one subject."""

    sujet: Sujet


class CarnetLu(Plain):
    """The document as stored; before the first save `contenu` is None and `revision` 0."""

    sujet: Sujet
    contenu: dict[str, Any] | None
    revision: int
    enregistre_le: datetime | None = None


class EnregistrerCarnet(Plain):
    """`revision` is the one that the writer started from, 0 for the first save."""

    sujet: Sujet
    contenu: dict[str, Any]
    revision: Revision
    cle: Key


class CarnetEnregistre(Plain):
    """« conflit »: somebody saved since `revision`; nothing was written.

    `revision` and `enregistre_le` are those of the stored document; `autre` is its content where
    there is a conflict, and there only.
    """

    issue: Literal["enregistre", "conflit"]
    revision: int
    enregistre_le: datetime | None
    autre: dict[str, Any] | None = None


CARNET_OPERATIONS: dict[str, tuple[type[Plain], type[Plain]]] = {
    "carnet_lire": (LireCarnet, CarnetLu),
    "carnet_enregistrer": (EnregistrerCarnet, CarnetEnregistre),
}


def is_sensitive(name: str) -> bool:
    """Tell whether a field is held in memory only.

    Examples
    --------
    >>> is_sensitive("sensible_greve_jours"), is_sensitive("enfants")
    (True, False)
    """
    return name.startswith(SENSITIVE)


def holds_sensitive(content: Any) -> bool:
    """Tell whether a document holds a sensitive field or a supposed leave, however deep.

    Examples
    --------
    >>> holds_sensitive({"champs": {"sensible_invalidite": "oui"}})
    True
    >>> holds_sensitive({"champs": [{"nom": "enfants", "valeur": "sensible_"}]})
    False
    """
    left = [content]
    while left:
        part = left.pop()
        if isinstance(part, dict):
            if any(is_sensitive(str(name)) for name in part):
                return True
            if part.get("nature") in SENSITIVE_NATURES:
                return True
            left += part.values()
        elif isinstance(part, list | tuple):
            left += part
    return False
