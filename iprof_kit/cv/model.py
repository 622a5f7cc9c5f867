"""The model of a CV: one body of facts, and the CVs (targets) made of it.

Everything a person types is kept as text, a date or a number badly written included: the model
never refuses a draft, `checks.check` says what is wrong. Dates are written « AAAA », « AAAA-MM »
or « AAAA-MM-JJ »; an empty text is a field left empty.
"""

from __future__ import annotations

import secrets
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = 1

Source = Literal["dossier", "saisie"]
Modele = Literal["classique", "moderne", "une_page", "statutaire"]
Usage = Literal[
    "general",
    "liste_aptitude_agreges",
    "chaires_superieures",
    "poste_specifique",
    "formateur",
    "mobilite",
    "hors_education_nationale",
]
Section = Literal[
    "situation",
    "fonctions",
    "diplomes",
    "formations",
    "activites",
    "competences",
    "publications",
    "engagements",
    "references",
]
ItemSection = Literal[
    "fonctions",
    "diplomes",
    "formations",
    "activites",
    "competences",
    "publications",
    "engagements",
    "references",
]


class Plain(BaseModel):
    """Plain, frozen data that refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def new_id() -> str:
    """Return an identifier for a new item or a new target: 12 hexadecimal digits."""
    return secrets.token_hex(6)


class Photo(Plain):
    """A PNG or JPEG picture; made by `photo.read_photo`, which looks at its content."""

    type_media: Literal["image/png", "image/jpeg"]
    base64: str
    largeur: int
    hauteur: int


class Profil(Plain):
    """A page of the person on a network."""

    reseau: str = ""
    identifiant: str = ""
    adresse: str = ""


class Identite(Plain):
    """Who the person is."""

    source: Source = "saisie"
    civilite: str = ""
    prenom: str = ""
    nom: str = ""
    date_naissance: str = ""
    titre: str = ""
    """What is written under the name: « Professeure certifiée d’anglais »."""
    resume: str = ""
    """A few lines of presentation."""
    photo: Photo | None = None


class Contact(Plain):
    """How to reach the person; hidden in a shared link unless chosen."""

    source: Source = "saisie"
    courriel: str = ""
    telephone: str = ""
    rue: str = ""
    code_postal: str = ""
    ville: str = ""
    pays: str = ""
    site: str = ""
    profils: tuple[Profil, ...] = ()


class Situation(Plain):
    """The administrative situation; codes are those of corps.csv, labels are what is printed."""

    source: Source = "saisie"
    corps: str = ""
    libelle_corps: str = ""
    grade: str = ""
    echelon: str = ""
    date_echelon: str = ""
    discipline: str = ""
    academie: str = ""
    etablissement: str = ""
    commune: str = ""
    position: str = ""
    quotite: str = ""
    entree_corps: str = ""
    titularisation: str = ""
    mode_acces: str = ""
    """How the corps was entered: « concours externe », « liste d’aptitude »…"""
    annee_acces: str = ""


class Item(Plain):
    """What every line of a section has. `id` never changes, `source` says who wrote it first.

    An item prefilled from the dossier keeps `source="dossier"` as long as nobody changes it;
    `edits.change` turns it into « saisie » and keeps its id, so that it is never filled twice.
    """

    id: str = Field(default_factory=new_id)
    source: Source = "saisie"


class Fonction(Item):
    """An affectation, a function or a mission, one line per period (or per school year)."""

    nature: Literal["affectation", "fonction", "mission"] = "fonction"
    type: str = ""
    """One of `lists.FONCTIONS` or free: tutorat, PEMF, coordination…"""
    intitule: str = ""
    etablissement: str = ""
    lieu: str = ""
    discipline: str = ""
    education_prioritaire: str = ""
    """"", « REP » or « REP+ »."""
    quotite: str = ""
    debut: str = ""
    fin: str = ""
    """Empty: still held."""
    description: str = ""


class Diplome(Item):
    """A diploma or a title."""

    nature: Literal["diplome", "titre"] = "diplome"
    intitule: str = ""
    specialite: str = ""
    niveau: str = ""
    """Code of `lists.NIVEAUX_DIPLOME`, "3" to "8"."""
    etablissement: str = ""
    lieu: str = ""
    annee: str = ""
    """When it was obtained, or is expected."""
    etat: Literal["obtenu", "en_cours"] = "obtenu"
    mention: str = ""
    description: str = ""


class Formation(Item):
    """A training followed or given."""

    intitule: str = ""
    organisme: str = ""
    lieu: str = ""
    debut: str = ""
    fin: str = ""
    heures: str = ""
    role: Literal["stagiaire", "formateur"] = "stagiaire"
    description: str = ""


class Activite(Item):
    """A professional or personal activity."""

    nature: Literal["professionnelle", "personnelle"] = "professionnelle"
    type: str = ""
    """One of `lists.ACTIVITES` or free."""
    intitule: str = ""
    organisme: str = ""
    lieu: str = ""
    debut: str = ""
    fin: str = ""
    description: str = ""


class Competence(Item):
    """A language (CECRL level, certificate), a digital skill or another one."""

    nature: Literal["langue", "numerique", "autre"] = "autre"
    intitule: str = ""
    niveau: str = ""
    """For a language a code of `lists.CECRL` (A1 to C2) or « maternelle »; else free."""
    certificat: str = ""
    annee: str = ""
    description: str = ""


class Publication(Item):
    """A publication."""

    titre: str = ""
    auteurs: str = ""
    editeur: str = ""
    annee: str = ""
    adresse: str = ""
    description: str = ""


class Engagement(Item):
    """A commitment. « syndical » is sensitive data: `checks.check` warns, it never refuses."""

    nature: Literal["associatif", "electif", "syndical", "autre"] = "associatif"
    intitule: str = ""
    organisme: str = ""
    debut: str = ""
    fin: str = ""
    description: str = ""


class Recommandation(Item):
    """A person who can be asked, and what she wrote."""

    nom: str = ""
    fonction: str = ""
    organisme: str = ""
    contact: str = ""
    texte: str = ""


ITEMS: dict[ItemSection, type[Item]] = {
    "fonctions": Fonction,
    "diplomes": Diplome,
    "formations": Formation,
    "activites": Activite,
    "competences": Competence,
    "publications": Publication,
    "engagements": Engagement,
    "references": Recommandation,
}
TITLES: dict[Section, str] = {
    "situation": "Situation administrative",
    "fonctions": "Affectations, fonctions et missions",
    "diplomes": "Diplômes et titres",
    "formations": "Formations",
    "activites": "Activités professionnelles et personnelles",
    "competences": "Compétences",
    "publications": "Publications",
    "engagements": "Engagements",
    "references": "Références",
}


class Inconnu(Plain):
    """A field of an imported file that the kit does not know: kept as it was, and shown."""

    origine: str
    """« JSON Resume », « CSV »…"""
    chemin: str
    valeur: str
    """The value, as JSON."""


class Faits(Plain):
    """The body of facts of one person, entered once."""

    schema_version: int = SCHEMA_VERSION
    identite: Identite = Identite()
    contact: Contact = Contact()
    situation: Situation = Situation()
    fonctions: tuple[Fonction, ...] = ()
    diplomes: tuple[Diplome, ...] = ()
    formations: tuple[Formation, ...] = ()
    activites: tuple[Activite, ...] = ()
    competences: tuple[Competence, ...] = ()
    publications: tuple[Publication, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    references: tuple[Recommandation, ...] = ()
    ecartes: tuple[str, ...] = ()
    """Ids of the items of the dossier that the person deleted: never prefilled again."""
    inconnus: tuple[Inconnu, ...] = ()

    @model_validator(mode="after")
    def _known_version_and_single_ids(self) -> Faits:
        if not 1 <= self.schema_version <= SCHEMA_VERSION:
            raise ValueError(
                f"schema_version : ce CV est écrit en version {self.schema_version}, le kit lit "
                f"les versions 1 à {SCHEMA_VERSION}."
            )
        for section in ITEMS:
            ids = [item.id for item in getattr(self, section)]
            if len(set(ids)) < len(ids):
                raise ValueError(f"{section} : un identifiant est donné deux fois.")
        return self


class Choix(Plain):
    """What one target does with one section."""

    section: Section
    titre: str = ""
    """Replaces the usual title; empty: the usual one."""
    visible: bool = True
    items: tuple[str, ...] | None = None
    """Ids chosen, in order; None: all, in the order of the facts, the future ones included."""


class Lettre(Plain):
    """A letter that goes with one application; empty `texte`: no letter."""

    destinataire: str = ""
    objet: str = ""
    lieu: str = ""
    date: str = ""
    texte: str = ""


class Cible(Plain):
    """One CV made of the facts: what is shown, in which order, on which page."""

    id: str = Field(default_factory=new_id)
    titre: str = "Mon CV"
    usage: Usage = "general"
    modele: Modele = "classique"
    sections: tuple[Choix, ...] = Field(default_factory=lambda: every_section())
    photo: bool = False
    date_naissance: bool = False
    """Print the birth date, whatever the model."""
    coordonnees: bool = True
    discipline: str = ""
    """Discipline asked for, where the usage asks for one."""
    campagne: str = ""
    """Year of the list or of the campaign, where the usage has one."""
    lettre: Lettre = Lettre()

    @model_validator(mode="after")
    def _each_section_once(self) -> Cible:
        named = [choice.section for choice in self.sections]
        if len(set(named)) < len(named):
            raise ValueError("sections : une rubrique est donnée deux fois.")
        return self


class Cv(Plain):
    """The whole: what is saved as one draft, versioned, exported and imported."""

    schema_version: int = SCHEMA_VERSION
    faits: Faits = Faits()
    cibles: tuple[Cible, ...] = ()


def every_section() -> tuple[Choix, ...]:
    """Return every section with every item, in the usual order."""
    return tuple(Choix(section=section) for section in TITLES)


def shown_items(faits: Faits, choice: Choix) -> tuple[Item, ...]:
    """Return the items of a section that a target shows, in its order; a lost id is skipped."""
    items: tuple[Item, ...] = getattr(faits, choice.section)
    if choice.items is None:
        return items
    by_id = {item.id: item for item in items}
    return tuple(by_id[one] for one in choice.items if one in by_id)
