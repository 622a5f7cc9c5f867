"""The operations on the carnet of the person who is asking, part of `services.contract`.

A carnet is one small document for each subject: what she tries or types on a screen of the
perspectives, kept so that a reload or another device does not lose it. Its `revision` grows by
one at each write. What a document holds is the business of the screen of its subject.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Revision

LARGEST_CARNET = 100_000
"""Bytes of a document written as JSON in UTF-8."""

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
