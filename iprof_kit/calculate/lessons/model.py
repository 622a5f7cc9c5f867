"""A lesson as a trainer writes it: what to calculate, by name, and screens that name it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.calculate.atelier.model import LAST, Letter, Line
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.calculate.lessons.played import Forme

Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Written = Literal[
    "euros",
    "centimes",
    "pour_cent",
    "mois",
    "annees",
    "trimestres",
    "points",
    "duree",
    "date",
    "echelon",
    "nombre",
    "texte",
]
"""How a value is written in a sentence."""


class Personne(Plain):
    """Somebody of the atelier, with the scenarios of the lesson where hers do not serve."""

    persona: Name
    horizon: int | None = None
    scenarios: tuple[ScenarioEtSi, ...] = ()


class Demande(Plain):
    """A question to the engine; with `comme`, another one's of which these fields change."""

    sujet: str = ""
    comme: Name | None = None
    question: dict[str, Any] = Field(default_factory=dict)


class Valeur(Plain):
    """One thing that the engine knows: of a person, of a question, of a table, or of two values.

    Exactly one of `personne`, `demande`, `table` and `de` says where it comes from.
    """

    personne: Name | None = None
    scenario: Letter = "A"
    contre: Letter | None = None
    le: date | None = None
    demande: Name | None = None
    table: Name | None = None
    ou: dict[str, str] = Field(default_factory=dict)
    somme: bool = Field(default=False, description="Le total des lignes, au lieu d’une seule.")
    lit: str = Field(default="", description="Ce qui est lu : un fait, un champ, une colonne.")
    de: Name | None = None
    moins: Name | None = None
    plus: Name | None = None
    sur: Name | None = Field(default=None, description="La part, en pour cent.")
    en: Written | None = None
    divise_par: float | None = None
    arrondi: float | None = None


class Choix(Plain):
    """One choice: `si` says when it is right, `rang` the value by which it is put in order."""

    texte: str
    si: str = ""
    rang: Name | None = None


class Retenir(Plain):
    """One line to keep in mind: a figure, and what it says."""

    chiffre: str
    texte: str


class Curseur(Plain):
    """The slider of an estimate."""

    minimum: float
    maximum: float
    pas: float = 1
    unite: str = ""


class EcranEcrit(Plain):
    """One screen as written: its title, the words before its block, the block, the words after."""

    titre: str
    avant: str = ""
    apres: str = ""
    forme: Forme | None = None
    reponse: Name | None = None
    choix: tuple[Choix, ...] = ()
    sens: Literal["croissant", "decroissant"] = "croissant"
    curseur: Curseur | None = None
    secondes: int = 45
    revele: str = ""
    chapeau: str = ""
    regles: tuple[Name, ...] = ()
    verifie: tuple[str, ...] = ()
    figure: Name | None = None
    retenir: tuple[Retenir, ...] = ()


class Lesson(Plain):
    """A lesson of the atelier: see docs/atelier.md for the file."""

    id: Name
    titre: Line
    rang: int = Field(default=LAST, description="Place dans la liste ; à égalité, par id.")
    enseigne: Line = Field(description="Ce que l’on retient, en une phrase.")
    minutes: int = 10
    jour: date = Field(description="Jour figé : celui des euros et du droit.")
    personnes: dict[Name, Personne] = Field(default_factory=dict)
    demandes: dict[Name, Demande] = Field(default_factory=dict)
    valeurs: dict[Name, Valeur] = Field(default_factory=dict)
    ecrans: tuple[EcranEcrit, ...] = ()
