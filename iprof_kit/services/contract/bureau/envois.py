"""The operations of a message to many people: written, previewed, confirmed by somebody else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.bureau.fils import Facette
from iprof_kit.services.contract.courrier import Message, Page
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, NoArguments, OfRole, Operations
from iprof_kit.services.contract.own_file import ErreurChamp, Typed

MOST_RECIPIENTS = 1_000
"""People of one message: a portfolio holds 600 to 900."""
FEWEST_RECIPIENTS = 5
"""People under whom a message to many becomes letters: its criteria would tell who each one is."""
CRITERES = ("corps", "echelon", "departement", "etablissement")
"""All that a message may be filtered by. Never a leave, health, a disability, age, sex, family, a
quotité, an opinion or a union."""
LONGEST_REASON = 500
CHAMPS = ("prenom", "nom", "service")
"""What a text may take from each person: {prenom}, {nom}, {service}."""


class EnvoiEnBref(Plain):
    """One line of the list: a message, where it is, whom it waits for."""

    id: str
    objet: str
    etat: str
    libelle: str
    depuis: datetime
    nombre: int
    par_vous: bool
    a_vous: bool
    """Whether it waits for the person who reads."""


class EnvoisLus(Plain):
    """Her messages and those of her academy that another confirms, the newest first."""

    envois: list[EnvoiEnBref] = Field(default_factory=list)
    suivies: int = 0
    """People of her own portfolios; what she lends or is lent is left out."""
    facettes: dict[str, dict[str, int]] = Field(default_factory=dict)
    refus: str = ""
    """Why she may write none, where she may not."""


class EtapeEnvoi(Plain):
    """One passage, dated: by whom, among colleagues; why; for how many."""

    libelle: str
    le: datetime
    par: str
    motif: str = ""
    nombre: int = 0


class Destinataire(Plain):
    """One person of a message; `etat` says what came of it."""

    personne: str
    corps: str
    etat: str = ""


class LireEnvoi(Plain):
    """A message; a page of its people; `rang` chooses who the preview is for, from 0."""

    id: Name
    page: Page = 0
    rang: Page = 0


class Envoi(Plain):
    """A message to many as both people see it: filter, counts, list, preview, steps, acts."""

    id: str
    revision: int
    etat: str
    libelle: str
    depuis: datetime
    par_vous: bool
    auteur: str
    service: str
    objet: str
    texte: str
    reponse: bool
    ou_demander: str
    finalite: str = ""
    """What the message is for: each person reads it."""
    filtre: dict[str, str] = Field(default_factory=dict)
    criteres: str = ""
    """The filter in words, as the message says it."""
    lettres: bool = False
    """So few people that each reads a letter, without the criteria that would point at her."""
    nombre: int = 0
    """Who receives it, or would today."""
    suivies: int = 0
    """People of the author's own portfolios today."""
    partis: list[str] = Field(default_factory=list)
    """Who was proposed and has left the portfolio or the filter since."""
    facettes: dict[str, dict[str, int]] = Field(default_factory=dict)
    choix: dict[str, dict[str, int]] = Field(default_factory=dict)
    """While it is written: what each facet offers, the others being as they are."""
    gens: list[Destinataire] = Field(default_factory=list)
    apercu_pour: str = ""
    apercu: str = ""
    etapes: list[EtapeEnvoi] = Field(default_factory=list)
    actes: list[str] = Field(default_factory=list)
    recus: int = 0
    lus: int = 0
    retires: int = 0
    """Recalled before they were read: nobody sees their words any more."""


class GarderEnvoi(Plain):
    """What is being written; an empty `id` begins another message."""

    id: Annotated[str, StringConstraints(max_length=64, pattern=r"\A[A-Za-z0-9_-]*\z")] = ""
    revision: Annotated[int, Field(ge=0)] = 0
    objet: Typed = ""
    texte: Message = ""
    reponse: bool = False
    ou_demander: Typed = ""
    finalite: Typed = ""
    corps: Facette = ""
    echelon: Facette = ""
    departement: Facette = ""
    etablissement: Facette = ""
    cle: Key


class AgirEnvoi(Plain):
    """One act of `data/courrier/envois_passages.csv`.

    `compte` is how many people receive it, typed by who proposes and by who confirms.
    """

    id: Name
    acte: Annotated[str, StringConstraints(pattern=r"\A[a-z_]{3,20}\z")]
    revision: Annotated[int, Field(ge=0)]
    compte: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    motif: Typed = ""
    cle: Key


class EnvoiFait(Plain):
    """The message afterwards, or what is wrong: nothing was written then."""

    lu: Envoi | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


ENVOIS_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
ENVOIS_LIRE = ENVOIS_OPERATIONS.add("envois", NoArguments, EnvoisLus)
ENVOI_LIRE = ENVOIS_OPERATIONS.add("envoi", LireEnvoi, Envoi)
ENVOI_GARDER = ENVOIS_OPERATIONS.add("envoi_garder", GarderEnvoi, EnvoiFait, LONG)
ENVOI_AGIR = ENVOIS_OPERATIONS.add("envoi_agir", AgirEnvoi, EnvoiFait, LONG)
