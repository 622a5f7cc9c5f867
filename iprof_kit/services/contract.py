"""The operations that a screen may ask of the guichet: names, arguments, answers.

This module is all that `ui` knows of the services. It holds plain data and no
behaviour: the answers are facts with their papers; sentences are made by the views.
Dates are civil dates; quotités are percentages of a full service.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.services.contract_carnet import CARNET_OPERATIONS
from iprof_kit.services.contract_carnet import LARGEST_CARNET as LARGEST_CARNET
from iprof_kit.services.contract_carnet import CarnetEnregistre as CarnetEnregistre
from iprof_kit.services.contract_carnet import CarnetLu as CarnetLu
from iprof_kit.services.contract_carnet import EnregistrerCarnet as EnregistrerCarnet
from iprof_kit.services.contract_carnet import LireCarnet as LireCarnet
from iprof_kit.services.contract_carnet import Sujet as Sujet
from iprof_kit.services.contract_cv import CV_OPERATIONS
from iprof_kit.services.contract_cv import LARGEST_CV as LARGEST_CV
from iprof_kit.services.contract_cv import LONGEST_LINK_DAYS as LONGEST_LINK_DAYS
from iprof_kit.services.contract_cv import LONGEST_NAME as LONGEST_NAME
from iprof_kit.services.contract_cv import ApercuLienCv as ApercuLienCv
from iprof_kit.services.contract_cv import CreerLienCv as CreerLienCv
from iprof_kit.services.contract_cv import CreerVersionCv as CreerVersionCv
from iprof_kit.services.contract_cv import CvApercu as CvApercu
from iprof_kit.services.contract_cv import CvEnregistre as CvEnregistre
from iprof_kit.services.contract_cv import CvLien as CvLien
from iprof_kit.services.contract_cv import CvLu as CvLu
from iprof_kit.services.contract_cv import CvVersion as CvVersion
from iprof_kit.services.contract_cv import CvVersionLue as CvVersionLue
from iprof_kit.services.contract_cv import EnregistrerCv as EnregistrerCv
from iprof_kit.services.contract_cv import LireVersionCv as LireVersionCv
from iprof_kit.services.contract_cv import RevoquerLienCv as RevoquerLienCv
from iprof_kit.services.contract_dossier import CHAMPS as CHAMPS
from iprof_kit.services.contract_dossier import DOSSIER_OPERATIONS
from iprof_kit.services.contract_dossier import LARGEST_PIECE as LARGEST_PIECE
from iprof_kit.services.contract_dossier import LARGEST_SLICE as LARGEST_SLICE
from iprof_kit.services.contract_dossier import LONGEST_CLAIM as LONGEST_CLAIM
from iprof_kit.services.contract_dossier import LONGEST_REASON as LONGEST_REASON
from iprof_kit.services.contract_dossier import MOST_PIECES as MOST_PIECES
from iprof_kit.services.contract_dossier import AncienneSaisie as AncienneSaisie
from iprof_kit.services.contract_dossier import CategorieDonnees as CategorieDonnees
from iprof_kit.services.contract_dossier import Champ as Champ
from iprof_kit.services.contract_dossier import Changement as Changement
from iprof_kit.services.contract_dossier import Consultation as Consultation
from iprof_kit.services.contract_dossier import ConsultationsLues as ConsultationsLues
from iprof_kit.services.contract_dossier import ContactEnregistre as ContactEnregistre
from iprof_kit.services.contract_dossier import ContactLu as ContactLu
from iprof_kit.services.contract_dossier import DeposerPiece as DeposerPiece
from iprof_kit.services.contract_dossier import Donnee as Donnee
from iprof_kit.services.contract_dossier import EnregistrerContact as EnregistrerContact
from iprof_kit.services.contract_dossier import ErreurChamp as ErreurChamp
from iprof_kit.services.contract_dossier import MesDonneesLues as MesDonneesLues
from iprof_kit.services.contract_dossier import Piece as Piece
from iprof_kit.services.contract_dossier import PieceDeposee as PieceDeposee
from iprof_kit.services.contract_dossier import PiecesLues as PiecesLues
from iprof_kit.services.contract_dossier import RetirerPiece as RetirerPiece
from iprof_kit.services.contract_dossier import Saisie as Saisie
from iprof_kit.services.contract_dossier import Signalement as Signalement
from iprof_kit.services.contract_dossier import SignalementEnregistre as SignalementEnregistre
from iprof_kit.services.contract_dossier import SignalementsLus as SignalementsLus
from iprof_kit.services.contract_dossier import Signaler as Signaler
from iprof_kit.services.contract_dossier import VisiteLue as VisiteLue
from iprof_kit.services.contract_scenario import LONGEST_SCENARIO_DAYS as LONGEST_SCENARIO_DAYS
from iprof_kit.services.contract_scenario import SCENARIO_OPERATIONS
from iprof_kit.services.contract_scenario import LienScenario as LienScenario
from iprof_kit.services.contract_scenario import OuvrirScenario as OuvrirScenario
from iprof_kit.services.contract_scenario import PartagerScenario as PartagerScenario
from iprof_kit.services.contract_scenario import ScenarioOuvert as ScenarioOuvert
from iprof_kit.services.plain import NoArguments as NoArguments
from iprof_kit.services.plain import Plain as Plain

Role = Literal[
    "enseignant", "gestionnaire", "evaluateur", "analyste", "formateur", "administrateur"
]


class Donnees(Plain):
    """Who answers for the data of an academy, as its configuration says; None: it does not."""

    responsable: str | None = None
    responsable_contact: str | None = None
    delegue: str | None = None
    base_legale: str | None = None
    reclamation: str | None = None


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


class Qui(Plain):
    """The person asking. `role` is None without account."""

    prenom: str | None = None
    nom: str | None = None
    libelle_corps: str | None = None
    role: Role | None = None
    aujourdhui: date
    academie: Academie


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


class AffectationTenue(Plain):
    """One affectation, newest last."""

    type: str
    uai: str | None = None
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


OPERATIONS: dict[str, tuple[type[Plain], type[Plain]]] = {
    "session.qui": (NoArguments, Qui),
    "dossier.lire": (NoArguments, DossierLu),
    **CV_OPERATIONS,
    **CARNET_OPERATIONS,
    **DOSSIER_OPERATIONS,
    **SCENARIO_OPERATIONS,
}
"""Every operation: its arguments and its answer. `session.qui` answers without account;
everything else is refused to it (error code ``non_connecte``)."""

ErrorCode = Literal[
    "operation_inconnue",
    "arguments_invalides",
    "non_connecte",
    "refuse",
    "indisponible",
    "trop_long",
    "delai_depasse",
    "erreur_interne",
]


class Request(Plain):
    """One JSON line from a kernel. Whatever it says about who it is does not exist here."""

    id: int
    op: str
    args: dict[str, object] = Field(default_factory=dict)
    trace: Annotated[str, StringConstraints(pattern=r"\A[0-9a-f-]{1,40}\z")] = "-"
    """The message that this work answers to, for the log alone."""


class GuichetError(Plain):
    """What went wrong, in French, with what to do."""

    code: ErrorCode
    message: str
    remede: str = ""


class Answer(Plain):
    """One JSON line back: exactly one of `result` and `error`."""

    id: int
    result: dict[str, object] | None = None
    error: GuichetError | None = None
