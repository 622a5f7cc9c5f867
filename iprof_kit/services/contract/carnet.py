"""The operations on the carnet of the person who is asking, part of `services.contract`.

A carnet is one small document for each subject: what she tries or types on a screen of the
perspectives, kept so that a reload or another device does not lose it. Its `revision` grows by
one at each write. What a document holds is the business of the screen of its subject, but for
one thing: no document holds what is sensitive.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Literal

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.et_si.question import SENSITIVE_NATURES
from iprof_kit.services.contract.cv import Key, Revision
from iprof_kit.services.contract.operation import LONG, Operations, OwnFile, Reading

LARGEST_CARNET = 100_000
"""Bytes of a document written as JSON in UTF-8."""

SENSITIVE = "sensible_"
"""What the name of a field begins with that says something of illness, a health leave, invalidity,
disability, pregnancy or a strike: no screen and no list can forget one. So does a choice that says
it in a list whose other choices do not.

Screens hold it in memory (`ui.visit.sensitive`); `services.kept.carnet` refuses to keep it.
"""
_CHOICE = re.compile(rf"{SENSITIVE}[a-z_]+")

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


CARNET_OPERATIONS = Operations(OwnFile("un carnet"))
CARNET_LIRE = CARNET_OPERATIONS.add(
    "carnet_lire",
    LireCarnet,
    CarnetLu,
    reads=Reading("carnet_lu", "Ce que vous essayez", "retrouver un écran comme il était"),
)
CARNET_ENREGISTRER = CARNET_OPERATIONS.add(
    "carnet_enregistrer", EnregistrerCarnet, CarnetEnregistre, LONG
)


def is_sensitive(name: str, value: object = "") -> bool:
    """Tell whether a field, or the choice made in it, is held in memory only.

    Examples
    --------
    >>> is_sensitive("sensible_greve_jours"), is_sensitive("enfants")
    (True, False)
    >>> is_sensitive("lien", "sensible_grossesse"), is_sensitive("lien", "mariage")
    (True, False)
    """
    chosen = isinstance(value, str) and _CHOICE.fullmatch(value) is not None
    return chosen or name.startswith(SENSITIVE)


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
            if any(is_sensitive(str(name), value) for name, value in part.items()):
                return True
            if part.get("nature") in SENSITIVE_NATURES:
                return True
            left += part.values()
        elif isinstance(part, list | tuple):
            left += part
    return False
