"""Who takes part in the inter-academic movement: every fact that its criteria ask for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Literal, get_args

from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.reference import moving
from iprof_kit.law.mobility.criteria import academie, departement

Grade = Literal["classe_normale", "hors_classe", "classe_exceptionnelle"]
Statut = Literal["titulaire", "stagiaire"]
Origine = Literal["", "ex_contractuel", "ex_titulaire_enseignement", "ex_titulaire_autre_corps"]
Demande = Literal[
    "rapprochement_conjoints", "autorite_parentale_conjointe", "parent_isole", "mutation_simultanee"
]
Lien = Literal["", "mariage", "pacs", "enfant_commun", "grossesse"]
Activite = Literal[
    "activite",
    "apprentissage",
    "formation_plus_6_mois",
    "france_travail_apres_activite",
    "etranger_pays_frontalier",
    "etranger_autre",
    "sans_activite",
]
Position = Literal["activite", "conge_parental", "disponibilite_conjoint", "autre"]
Interruption = Literal[
    "",
    "clm",
    "cld",
    "conge_parental",
    "conge_mobilite",
    "detachement_direction_stagiaire",
    "detachement_inspection_stagiaire",
    "reconversion",
    "autre",
]
Label = Literal["rep", "rep_plus", "politique_ville", "cla"]
Handicap = Literal["", "agent", "conjoint", "enfant"]
Retour = Literal[
    "",
    "emploi_fonctionnel",
    "ecole_europeenne",
    "saint_pierre_et_miquelon",
    "prive_sous_contrat",
    "etablissement_experimental",
    "faisant_fonction",
    "detachement",
    "enseignement_superieur",
]

WORKING = frozenset(get_args(Activite)) - {"etranger_autre", "sans_activite"}
"""Situations of a spouse that open the bringing together of spouses."""

VERIFIED_RETURNS = frozenset(get_args(Retour)) - {"", "detachement", "enseignement_superieur"}
"""Returns to the former academy for which the points are established."""


@dataclass(frozen=True)
class OtherParent:
    """The spouse, or the other parent of an authority shared.

    Parameters
    ----------
    academie : str
        Of the professional residence.
    academie_privee : str
        Of the private residence, if compatible with the professional one and asked for.
    departement : str
        Code of the department of the professional residence, for the years of separation.
    teletravail : bool
        The place given is that of remote work, which does not count.
    """

    academie: str
    academie_privee: str = ""
    departement: str = ""
    activite: Activite = "activite"
    teletravail: bool = False
    statut: Statut | Literal[""] = ""
    voeux_identiques: bool | None = None

    def __post_init__(self) -> None:
        """Refuse unknown names."""
        _among(self.activite, Activite, "conjoint.activite")
        for field in ("academie", "academie_privee"):
            _known_academie(getattr(self, field), f"conjoint.{field}")
        _known_departement(self.departement, "conjoint.departement")


@dataclass(frozen=True)
class SeparationYear:
    """One school year of separation: the year in which it begins, months apart, position held."""

    annee: int
    mois: int
    position: Position = "activite"

    def __post_init__(self) -> None:
        """Refuse more months than a year has, and unknown positions."""
        _among(self.position, Position, "separation.position")
        if not 0 <= self.mois <= 12:
            raise InputError(
                f"une année scolaire n’a pas {self.mois} mois.",
                where="separation.mois",
                remedy="Donnez zéro ou un nombre entier de mois, au plus ceux d’une année.",
            )


@dataclass(frozen=True)
class PriorityPost:
    """A post in an establishment of a label.

    Parameters
    ----------
    annees : int
        Years that count, effective and without interruption in the same establishment, on 31
        August of the campaign (at least half-time and six months each).
    affecte : bool
        Still there at the time of the request (contrat local d'accompagnement: on 1 September
        before it).
    """

    label: Label
    annees: int
    affecte: bool = True

    def __post_init__(self) -> None:
        """Refuse unknown labels and negative years."""
        _among(self.label, Label, "education_prioritaire.label")
        _positive(self.annees, "education_prioritaire.annees")


@dataclass(frozen=True)
class Person2D:
    """A teacher, CPE or PsyEN of the second degree who asks for a change of academy.

    Parameters
    ----------
    echelon : int
        Held on 31 August before the campaign's year (on 1 September when it comes from a first or
        new classement); of the former grade for a stagiaire not yet reclassé.
    echelon_depuis : date
        Since when; asked where a criterion depends on it.
    anciennete_poste_annees : int
        Complete years in the post on 31 August of the campaign's year; of the last post before a
        leave, a disponibilité, a provisional affectation or, for a former titulaire, the stage.
        None: not given, the points are then said unknown.
    annees_avant_interruption : int
        Complete years in the same post before what `interruption` names.
    detachement_annees, corps_origine_annees : int
        For somebody who was integrated after a statutory détachement.
    academie : str
        Of the present post; empty for a stagiaire who has none.
    demandes_consecutives : int
        This request included, how many in a row with the same first wish.
    """

    corps: str
    grade: Grade
    echelon: int
    statut: Statut = "titulaire"
    academie: str = ""
    departement: str = ""
    echelon_depuis: date | None = None
    echelon_par: Literal["promotion", "classement"] = "promotion"
    origine: Origine = ""
    echelon_classement: int | None = None
    contractuel_annees_etp: float = 0
    ancien_eap: bool = False
    bonification_stagiaire: bool = False
    bonification_stagiaire_deja_utilisee: bool = False
    academie_stage: str = ""
    academie_concours: str = ""
    ancienne_academie: str = ""
    retour: Retour = ""
    doit_etre_affecte: bool | None = None
    anciennete_poste_annees: int | None = None
    interruption: Interruption = ""
    annees_avant_interruption: int = 0
    detachement_annees: int = 0
    corps_origine_annees: int = 0
    demandes: tuple[Demande, ...] = ()
    conjoint: OtherParent | None = None
    lien: Lien = ""
    date_lien: date | None = None
    naissances: tuple[date, ...] = ()
    enfants_a_naitre: int = 0
    separation: tuple[SeparationYear, ...] = ()
    education_prioritaire: tuple[PriorityPost, ...] = ()
    ex_apv_annees: int = 0
    boe: bool = False
    dossier_handicap: Handicap = ""
    academies_handicap: tuple[str, ...] = ()
    mayotte_annees: int = 0
    guyane_annees: int = 0
    guyane_site_isole_annees: int = 0
    sportif_annees_atp: int = 0
    demandes_consecutives: int = 1
    cimm: str = ""
    demandes_corse: int = 1

    def __post_init__(self) -> None:
        """Refuse unknown words, negative counts and facts that contradict each other."""
        for field, allowed in _WORDS.items():
            _among(getattr(self, field), allowed, field)
        for demande in self.demandes:
            _among(demande, Demande, "demandes")
        for field in _COUNTS:
            _positive(getattr(self, field) or 0, field)
        for field in _ACADEMIES:
            _known_academie(getattr(self, field), field)
        for name in self.academies_handicap:
            _known_academie(name, "academies_handicap")
        _known_departement(self.departement, "departement")
        for field in ("echelon", "demandes_consecutives", "demandes_corse"):
            if getattr(self, field) < 1:
                raise InputError(
                    f"{getattr(self, field)} n’est pas possible.",
                    where=field,
                    remedy="Donnez un nombre à partir de 1.",
                )
        _refuse_contradictions(self)

    def __str__(self) -> str:
        """Return only what was said of the person, for explanations."""
        facts = {field.name: getattr(self, field.name) for field in fields(self)}
        empty = {field.name: field.default for field in fields(self)}
        return ", ".join(
            f"{name} = {value}" for name, value in facts.items() if value != empty[name]
        )

    @property
    def stagiaire(self) -> bool:
        """Tell whether the person is not yet titulaire in this corps."""
        return self.statut == "stagiaire"

    @property
    def must_be_posted(self) -> bool:
        """Tell whether the person has no post to keep, and so is subject to the extension."""
        if self.doit_etre_affecte is not None:
            return self.doit_etre_affecte
        newcomer = self.stagiaire and self.origine != "ex_titulaire_enseignement"
        return newcomer or bool(self.retour)


_WORDS: dict[str, object] = {
    "corps": Literal[moving("2d")],
    "grade": Grade,
    "statut": Statut,
    "origine": Origine,
    "lien": Lien,
    "interruption": Interruption,
    "dossier_handicap": Handicap,
    "retour": Retour,
}
_COUNTS = words_in(
    "anciennete_poste_annees annees_avant_interruption detachement_annees corps_origine_annees "
    "enfants_a_naitre ex_apv_annees mayotte_annees guyane_annees guyane_site_isole_annees "
    "sportif_annees_atp contractuel_annees_etp"
)
_ACADEMIES = ("academie", "academie_stage", "academie_concours", "ancienne_academie", "cimm")


def _refuse_contradictions(person: Person2D) -> None:
    family = set(person.demandes)
    if len(family) > 1:
        raise InputError(
            f"ces demandes ne se cumulent pas : {', '.join(sorted(family))}.",
            where="demandes",
            remedy="Gardez-en une seule.",
        )
    if family and person.conjoint is None and "parent_isole" not in family:
        raise InputError(
            f"la demande « {person.demandes[0]} » suppose l’autre personne.",
            where="conjoint",
            remedy="Indiquez son académie.",
        )
    if family & {"autorite_parentale_conjointe", "parent_isole"} and not (
        person.naissances or person.enfants_a_naitre
    ):
        raise InputError(
            "cette demande suppose un enfant.",
            where="naissances",
            remedy="Indiquez sa naissance, ou retirez la demande.",
        )
    if person.origine and not person.stagiaire:
        raise InputError(
            "l’origine ne concerne qu’un stagiaire.",
            where="origine",
            remedy="Retirez-la, ou indiquez que la personne est stagiaire.",
        )
    if person.bonification_stagiaire and not person.stagiaire:
        raise InputError(
            "cette bonification ne concerne qu’un stagiaire.",
            where="bonification_stagiaire",
            remedy="Retirez-la, ou indiquez que la personne est stagiaire.",
        )
    if person.retour and not person.ancienne_academie:
        raise InputError(
            "une réintégration suppose l’ancienne académie.",
            where="ancienne_academie",
            remedy="Indiquez-la.",
        )
    if person.origine == "ex_titulaire_autre_corps" and not person.ancienne_academie:
        raise InputError(
            "l’ancienne académie manque, pour un ancien titulaire d’un autre corps.",
            where="ancienne_academie",
            remedy="Indiquez-la.",
        )
    if person.dossier_handicap and not person.academies_handicap:
        raise InputError(
            "les académies que concerne le dossier de handicap manquent.",
            where="academies_handicap",
            remedy="Nommez-les.",
        )
    if person.guyane_site_isole_annees > person.guyane_annees:
        raise InputError(
            "les années en site isolé dépassent les années en Guyane.",
            where="guyane_site_isole_annees",
            remedy="Corrigez l’un des deux nombres.",
        )


def _among(value: str, allowed: object, where: str) -> None:
    words = get_args(allowed)
    if value not in words:
        known = ", ".join(word for word in words if word)
        raise InputError(
            f"« {value} » n’est pas connu.",
            where=where,
            remedy=f"Valeurs admises : {known}.",
        )


def _positive(value: float, where: str) -> None:
    if not value >= 0:
        raise InputError(
            f"{value} n’est pas possible.", where=where, remedy="Donnez un nombre positif ou nul."
        )


def _known_academie(name: str, where: str) -> None:
    if name:
        academie(name, where=where)


def _known_departement(code: str, where: str) -> None:
    if code:
        departement(code, where=where)
