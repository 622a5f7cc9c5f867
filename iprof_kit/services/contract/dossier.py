"""Who is asking, and the administrative file that the guichet reads: plain data, no behaviour.

The answers are facts with their papers; sentences are made by the views. Dates are civil dates;
quotités are percentages of a full service.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.base.words import folded
from iprof_kit.services.contract.operation import (
    Anybody,
    NoArguments,
    Operations,
    OwnFile,
    Reading,
    Role,
)
from iprof_kit.services.contract.own_file import Saisie, Signalement


class Donnees(Plain):
    """Who answers for the data of an academy, as its configuration says; None: it does not."""

    responsable: str | None = None
    responsable_contact: str | None = None
    delegue: str | None = None
    base_legale: str | None = None
    reclamation: str | None = None


class Courrier(Plain):
    """Whether a service of an academy reads its messages in this kit, and what it announces.

    `mode` « lettre »: nobody reads here, which is also the answer of an academy that says nothing.
    `delai_jours`: days in which it promises an answer. `medecin`: who receives health papers.
    `seconde_lecture` « corrections »: a correction that one account notes takes effect once another
    one of the service has confirmed it.
    """

    mode: Literal["kit", "lettre"] = "lettre"
    delai_jours: Annotated[int, Field(ge=1, le=365)] | None = None
    medecin: Annotated[str, StringConstraints(max_length=200)] | None = None
    seconde_lecture: Literal["corrections"] | None = None


_PHONE = StringConstraints(max_length=60)


class Sante(Plain):
    """Whom to call about one's health, as an academy writes it: telephone numbers; None: unsaid."""

    assistante_sociale: Annotated[str, _PHONE] | None = None
    medecin_travail: Annotated[str, _PHONE] | None = None
    correspondant_handicap: Annotated[str, _PHONE] | None = None


class Academie(Plain):
    """An academy as its configuration describes it (`data/sample/academies.yml` by default)."""

    code: str
    nom: str
    assistance_nom: str
    assistance_telephone: str | None = None
    assistance_courriel: str | None = None
    lien_officiel: str | None = None
    liens: dict[str, str] = Field(default_factory=dict)
    """Addresses of the applications where acts are made, by name: SIAM, SIAC, GAIA."""
    services: dict[str, str] = Field(default_factory=dict)
    textes: dict[str, str] = Field(default_factory=dict)
    donnees: Donnees = Donnees()
    courrier: Courrier = Courrier()
    sante: Sante = Sante()
    modeles_courrier: str | None = None
    """The file of its answer templates, beside the configuration unless its path is whole."""


class Qui(Plain):
    """The person asking. `role` is None without account."""

    prenom: str | None = None
    nom: str | None = None
    libelle_corps: str | None = None
    role: Role | None = None
    roles: tuple[Role, ...] = ()
    """Every role of the account; `role` is the first."""
    aujourdhui: date
    academie: Academie
    nouveaux: int | None = None
    """Threads of « Votre courrier » with something that she has not seen; None without file."""
    attendus: int = 0
    """Threads that wait for her."""
    ferme_le: date | None = None
    """From which day on her account only reads her file; None where it is not to be closed."""
    lu_jusqu_au: date | None = None
    """The last day on which she reads it."""
    galerie: bool = False
    """Whether this installation opens the gallery of fictitious people to everybody."""


class Identite(Plain):
    """Who the person is, as the administration writes it."""

    civilite: Literal["Madame", "Monsieur"]
    prenom: str
    nom: str
    date_naissance: date


class Adresse(Plain):
    """Postal address, telephones, and the two e-mail addresses, never merged."""

    rue: str | None = None
    code_postal: str | None = None
    ville: str | None = None
    telephone: str | None = None
    portable: str | None = None
    courriel_personnel: str | None = None
    courriel_professionnel: str | None = None


class EchelonTenu(Plain):
    """One line of the corps/grade/échelon history, newest last."""

    corps: str
    grade: str
    echelon: str
    chevron: str | None = None
    date_effet: date
    reliquat_jours: int = 0
    """Seniority kept on entry, in days of the 360-day year."""
    mode: Literal[
        "nomination",
        "anciennete",
        "bonification",
        "reclassement_ppcr",
        "promotion",
        "linearisation",
        "changement_corps",
    ]
    source: str
    lu_le: date


class PositionTenue(Plain):
    """One administrative position with its modalité, newest last."""

    position: str
    motif: str | None = None
    modalite: str
    quotite: int
    debut: date
    fin: date | None = None
    source: str
    lu_le: date


def _sector(given: object) -> object:
    return folded(given) if isinstance(given, str) else given


Secteur = Annotated[Literal["public", "prive"], BeforeValidator(_sector)]


class AffectationTenue(Plain):
    """One affectation, newest last; `secteur` is that of its school, where the file says it."""

    type: str
    uai: str | None = None
    secteur: Secteur | None = None
    etablissement: str
    type_etablissement: str
    commune: str | None = None
    fonction: str
    discipline: str | None = None
    quotite: int = 100
    debut: date
    fin: date | None = None
    source: str
    lu_le: date


class RendezVous(Plain):
    """One rendez-vous de carrière held, with its final appreciation if notified."""

    numero: int
    annee_scolaire: str
    appreciation: str | None = None
    notifiee_le: date | None = None


class SituationParticuliere(Plain):
    """One particular situation; only the person herself ever receives it."""

    nature: Literal["education_prioritaire", "handicap", "decharge", "poste_adapte"]
    libelle: str
    quotite: int | None = None
    """Share of the service that it is about, where it is one."""
    debut: date | None = None
    fin: date | None = None
    source: str
    lu_le: date


class Dossier(Plain):
    """The administrative file of one person, each part with source and date read."""

    numero: str
    """Opaque file number: neither NUMEN nor account."""
    identite: Identite
    statut: str
    corps: str | None
    libelle_corps: str | None
    academie: str
    departement: str | None = None
    entree_corps: date | None = None
    titularisation: date | None = None
    categorie_retraite: str = "sedentaire"
    fin_de_service: date | None = None
    """The last day of service of who left."""
    adresse: Adresse
    echelons: tuple[EchelonTenu, ...] = ()
    positions: tuple[PositionTenue, ...] = ()
    affectations: tuple[AffectationTenue, ...] = ()
    rendez_vous: tuple[RendezVous, ...] = ()
    situations: tuple[SituationParticuliere, ...] = ()
    """Empty in every file that is read for somebody else."""
    source: str
    lu_le: date


class DossierLu(Plain):
    """A file with the moment at which the guichet read it.

    `dossier` is what the administration recorded; `saisies` the contact details that the person
    wrote, which are shown in its place; `signalements` what she says is wrong, newest first.
    """

    dossier: Dossier
    lu_a: datetime
    saisies: list[Saisie] = Field(default_factory=list)
    signalements: list[Signalement] = Field(default_factory=list)


SESSION_OPERATIONS = Operations(Anybody())
SESSION_QUI = SESSION_OPERATIONS.add("session.qui", NoArguments, Qui)
FILE_OPERATIONS = Operations(OwnFile("un dossier"))
DOSSIER_LIRE = FILE_OPERATIONS.add(
    "dossier.lire",
    NoArguments,
    DossierLu,
    reads=Reading("dossier_lu", "Le dossier", "afficher le dossier"),
)
