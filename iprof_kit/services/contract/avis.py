"""The operations by which a person chooses whether, and where, an e-mail tells her of a message.

A notice says that something waits and where, never what.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Revision
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading
from iprof_kit.services.contract.own_file import ErreurChamp

Rythme = Literal["chaque", "jour", "jamais"]
"""At each message, once a day, never."""
EtatAvis = Literal["prepare", "envoye", "remis", "echoue", "abandonne"]


class AvisEnvoye(Plain):
    """A notice of the last weeks, and what became of it as far as the mail server says."""

    le: datetime
    etat: EtatAvis


class AvisLus(Plain):
    """What she chose. `possible`: this installation sends notices.

    `adresses` are those of her file and the one that she wrote in Coordonnées: a notice goes to
    no other.
    """

    possible: bool
    adresses: list[str] = Field(default_factory=list)
    adresse: str = ""
    rythme: Rythme = "jamais"
    revision: int = 0
    choisi_le: datetime | None = None
    derniers: list[AvisEnvoye] = Field(default_factory=list)


class ChoisirAvis(Plain):
    """Her choice; `revision` is the one that she was looking at."""

    adresse: Annotated[str, StringConstraints(max_length=254)] = ""
    rythme: Rythme
    revision: Revision
    cle: Key


class AvisChoisis(Plain):
    """« erreurs » and « conflit »: nothing was written. `numero` is that of the receipt."""

    issue: Literal["enregistre", "erreurs", "conflit"]
    avis: AvisLus
    numero: int | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


AVIS_OPERATIONS = Operations(OwnFile("un dossier"))
AVIS_LIRE = AVIS_OPERATIONS.add(
    "avis",
    NoArguments,
    AvisLus,
    reads=Reading("avis_lus", "Les avis par courriel", "afficher le choix des avis"),
)
AVIS_CHOISIR = AVIS_OPERATIONS.add("avis_choisir", ChoisirAvis, AvisChoisis, LONG, stays=True)
