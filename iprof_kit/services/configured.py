"""What an installation lets the kit do by itself, as its configuration says; else nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain

_Line = Annotated[str, StringConstraints(pattern=r"\A[^\x00-\x1f\x7f]{3,254}\z")]


class Sauvegardes(Plain):
    """Where backups go each day, for which public keys, and how many are kept."""

    dossier: _Line
    destinataires: Annotated[list[_Line], Field(min_length=1)]
    garder: Annotated[int, Field(ge=1, le=400)] = 7


class Courriels(Plain):
    """Who writes the notices, and the address of this site that they lead to.

    `rappel_jours`: days after which a daily notice reminds, once, of what is still unread; 0 for
    no reminder. The settings say where the mail server is, since its address may hold
    a password.
    """

    expediteur: _Line
    adresse: Annotated[str, StringConstraints(pattern=r"\Ahttps?://[^\s/]+\z")]
    rappel_jours: Annotated[int, Field(ge=0, le=365)] = 7


class Pieces(Plain):
    """How papers that people join are looked at, beyond what the kit reads of them itself.

    `antivirus`: a program and its arguments, given the paper on its standard input; it ends with 0
    where it finds nothing, with 1 where it finds something, as `clamdscan - ` does. Without it no
    such program is asked.
    """

    antivirus: list[_Line] = Field(default_factory=list)


class Travaux(Plain):
    """What runs by itself beside the sealing of the journal.

    `conservation_automatique`: what is past its time is removed each day, without being asked.
    `messages`: the kit writes to people by itself what it deduces of their files.
    """

    conservation_automatique: bool = False
    messages: bool = False
    sauvegardes: Sauvegardes | None = None
    courriels: Courriels | None = None


class Visiteurs(Plain):
    """What opens without account beside « Ma situation »; nothing where it is not said.

    `galerie`: the fictitious people of the atelier, on their board.
    """

    galerie: bool = False
