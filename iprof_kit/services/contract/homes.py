"""The operations that open a home for who has no file: counts of what is waiting, nobody's data."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.operation import NoArguments, OfRole, Operations


class GestionLue(Plain):
    """What waits in the portfolios of a case manager: counts alone."""

    portefeuilles: list[str] = Field(default_factory=list)
    """Each as the account has it: « académie 06, département 063, corps pe »."""
    dossiers: int = 0
    lus_le: date | None = None
    """When the most recent of these files was read from the administration's base."""
    a_prendre: int = 0
    """Reports of errors that no service has taken yet."""
    en_cours: int = 0
    """Reports taken, and not corrected yet."""
    plus_ancien: datetime | None = None
    """When the oldest report that waits was sent."""


class Travail(Plain):
    """One thing that the kit does by itself; `echecs` is how many times in a row it failed."""

    libelle: str
    fait_le: datetime | None = None
    echecs: int = 0
    issue: str = ""
    en_attente: bool = False
    """There is something to do, and the configuration lets it."""


class ServiceLu(Plain):
    """The state of the service for its administrator: counts and moments, nobody's data."""

    dossiers: int
    comptes: int
    sessions: int
    """Sessions that are open now."""
    sauvegarde: datetime | None = None
    """When the last backup was made; None: never."""
    scelle_le: datetime | None = None
    """When the journal was last sealed; None: never."""
    a_sceller: int
    """Lines of the journal that wait for the next seal."""
    travaux: list[Travail] = Field(default_factory=list)


GESTION_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
GESTION_LIRE = GESTION_OPERATIONS.add("gestion", NoArguments, GestionLue)
SERVICE_OPERATIONS = Operations(OfRole("administrateur", "l’état du service"))
SERVICE_LIRE = SERVICE_OPERATIONS.add("service", NoArguments, ServiceLu)
