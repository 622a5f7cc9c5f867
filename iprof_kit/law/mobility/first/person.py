"""What the interdepartmental movement must know of a person; nothing of it is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

FamilyKind = Literal["rapprochement_conjoints", "autorite_parentale_conjointe", "parent_isole"]
Bond = Literal["mariage", "pacs", "enfant_commun"]
Activity = Literal["emploi", "france_travail", "retraite", "teletravail", "residence_privee"]
School = Literal["rep_plus", "politique_ville", "rep", "cla"]
Reason = Literal[
    "disponibilite",
    "conge_etudes_non_activite",
    "conge_parental",
    "clm",
    "cld",
    "conge_formation",
    "conge_mobilite",
    "service_national",
    "mad_association",
    "detachement",
    "hors_cadres",
]


@dataclass(frozen=True)
class Absence:
    """A period out of class; `fin` is its last day, None: still running."""

    motif: Reason
    debut: date
    fin: date | None = None


@dataclass(frozen=True)
class Child:
    """A child, born or to be born (`naissance` is then the expected day, or None)."""

    naissance: date | None = None
    a_naitre: bool = False


@dataclass(frozen=True)
class SeparatedYear:
    """A school year apart: its rentrée, the months apart, what the person was doing."""

    annee: int
    mois: int
    position: Literal["activite", "conge_parental", "disponibilite_conjoint"] = "activite"


@dataclass(frozen=True)
class FamilyRequest:
    """One request for family reasons; `departement` is where the spouse or other parent works."""

    demande: FamilyKind
    departement: str = ""
    lien: Bond | None = None
    lien_depuis: date | None = None
    activite: Activity = "emploi"
    enfants: tuple[Child, ...] = ()
    separation: tuple[SeparatedYear, ...] = ()
    voeux_ameliorant: tuple[str, ...] = ()
    """Parent isolé: wishes that improve the child's life."""


@dataclass(frozen=True)
class Handicap:
    """Recognised disability: `boe` of the person; `dossier` decided by the DASEN."""

    boe: bool = False
    dossier: Literal["agent", "conjoint", "enfant"] | None = None
    voeux_ameliorant: tuple[str, ...] = ()
    naissance_enfant: date | None = None


@dataclass(frozen=True)
class SchoolService:
    """Time in a school that gives a right; several labels where the school has several."""

    ecoles: tuple[School, ...]
    debut: date
    fin: date | None = None


@dataclass(frozen=True)
class Overseas:
    """Time in Mayotte (976) or Guyane (973)."""

    departement: Literal["976", "973"]
    depuis: date
    suite_mobilite: bool
    poste_isole_depuis: date | None = None


@dataclass(frozen=True)
class OldWish:
    """The first wish of a past campaign; `annulee`: a transfer obtained on it was cancelled."""

    campagne: int
    departement: str
    annulee: bool = False


@dataclass(frozen=True)
class Cimm:
    """Centre of material and moral interests: where, on which criteria, recognised when."""

    departement: str
    irreversibles: int | None = None
    reversibles: int | None = None
    reconnu_le: date | None = None


@dataclass(frozen=True)
class Partner:
    """The other person of linked wishes."""

    person: Person1D
    voeux: tuple[str, ...]
    lien: Bond


@dataclass(frozen=True)
class Person1D:
    """A teacher of the first degree who asks for another département.

    `anciennete_mois`: whole months as titulaire in the present département on the reference date;
    without it they are counted from `departement_depuis` and `absences`.
    """

    departement: str
    corps: str
    grade: Literal["classe_normale", "hors_classe", "classe_exceptionnelle", "grade_unique"]
    echelon: int
    anciennete_mois: int | None = None
    departement_depuis: date | None = None
    absences: tuple[Absence, ...] = ()
    famille: tuple[FamilyRequest, ...] = ()
    handicap: Handicap | None = None
    ecoles: tuple[SchoolService, ...] = ()
    outre_mer: Overseas | None = None
    poste_a_profil_depuis: date | None = None
    anciens_voeux: tuple[OldWish, ...] = ()
    cimm: Cimm | None = None
    lie: Partner | None = None
