"""The model of a CV: one body of facts, and the CVs (targets) made of it.

Everything a person types is kept as text, a date or a number badly written included: the model
never refuses a draft, `checks.check` says what is wrong. Dates are written « AAAA », « AAAA-MM »
or « AAAA-MM-JJ »; an empty text is a field left empty. The lines are described in `sections`, the
person in `person`.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field, model_validator

from iprof_kit.base.asked import Asked, Choices
from iprof_kit.base.plain import Plain
from iprof_kit.cv.form import Written, new_id
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.sections import ITEMS, TITLES, Section
from iprof_kit.cv.sections.activites import Activite
from iprof_kit.cv.sections.competences import Competence
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.publications import Publication
from iprof_kit.cv.sections.references import Recommandation
from iprof_kit.cv.sections.situation import Situation

SCHEMA_VERSION = 1

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
USAGES: Choices = (
    ("general", "Usage général"),
    ("liste_aptitude_agreges", "Liste d’aptitude des professeurs agrégés"),
    ("chaires_superieures", "Corps des professeurs de chaires supérieures"),
    ("poste_specifique", "Poste spécifique ou à profil"),
    ("formateur", "Fonctions de formateur"),
    ("mobilite", "Mobilité"),
    ("hors_education_nationale", "Hors de l’Éducation nationale"),
)
MODELES: Choices = (
    ("classique", "Classique"),
    ("moderne", "Moderne"),
    ("une_page", "Une page"),
    ("statutaire", "Statutaire"),
)


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


class Choix(Written):
    """What one target does with one section."""

    section: Section
    titre: str = ""
    """Replaces the usual title; empty: the usual one."""
    visible: bool = True
    items: tuple[str, ...] | None = None
    """Ids chosen, in order; None: all, in the order of the facts, the future ones included."""


class Lettre(Written):
    """A letter that goes with one application; empty `texte`: no letter."""

    destinataire: str = ""
    objet: str = ""
    lieu: str = ""
    date: str = ""
    texte: str = ""

    form: ClassVar = (
        Asked(
            "destinataire",
            "Destinataire",
            "long",
            "Une ligne par ligne de l’adresse.",
            most=2_000,
        ),
        Asked("objet", "Objet"),
        Asked("lieu", "Lieu"),
        Asked("date", "Date", "day", "Jour, mois, année : 01/09/2024."),
        Asked("texte", "Texte de la lettre", "long", in_a_sentence="texte"),
    )


class Cible(Written):
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

    form: ClassVar = (
        Asked(
            "titre",
            "Nom de ce CV",
            hint="Pour le retrouver ici ; il n’est pas imprimé.",
            needed=True,
            in_a_sentence="titre",
        ),
        Asked("usage", "À quoi il sert", "select", choices=USAGES, needed=True),
        Asked(
            "modele",
            "Modèle de page",
            "select",
            "Statutaire : les cinq rubriques imposées pour la liste d’aptitude des agrégés.",
            choices=MODELES,
            needed=True,
        ),
        Asked("coordonnees", "Imprimer vos coordonnées", "check"),
        Asked("date_naissance", "Imprimer votre date de naissance", "check"),
        Asked("photo", "Imprimer votre photo", "check"),
        Asked("discipline", "Discipline demandée", in_a_sentence="discipline"),
        Asked("campagne", "Année de la campagne", "number", in_a_sentence="campagne"),
    )

    @property
    def nom(self) -> str:
        """Return how it is called: « sans nom » where nothing was typed."""
        return self.titre or "sans nom"

    @property
    def usage_dit(self) -> str:
        """Return what it is for: « Mobilité »."""
        return dict(USAGES)[self.usage]

    @property
    def modele_dit(self) -> str:
        """Return its model of page within a sentence: « une page »."""
        return dict(MODELES)[self.modele].lower()

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
