"""The operations of an evaluator, and the one by which a person reads what is prepared about her.

What is written here is a *projet d’avis* : it is copied by hand in the official application, shown
to the person, and erased on its day. Nothing of it is an opinion that was given.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Name, Revision
from iprof_kit.services.contract.operation import (
    LONG,
    NoArguments,
    OfRole,
    Operations,
    OwnFile,
    Reading,
)

LONGEST_PROJECT = 4_000
"""Characters of the words of a project."""
MOST_PEOPLE = 1_000
"""People of a portfolio that are sent at once; who has more of them looks for a name."""
Partie = Literal["inspection", "chef"]
"""The half of a report that an evaluator writes."""
Objet = Annotated[
    str,
    StringConstraints(pattern=r"^(rdv-[123]|hors_classe|classe_exceptionnelle)-20[0-9]{2}$"),
]
"""« rdv-2-2026 », by the year its school year begins in; « hors_classe-2027 », by campaign."""
Code = Annotated[str, StringConstraints(pattern=r"^[a-z_]{1,30}$")]
_Day = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,40}$")]
"""A day as it was typed, readable or not: nothing entered is lost."""
_Item = Annotated[str, StringConstraints(pattern=r"^(inspection|chef|ensemble)-[0-9]{1,2}$")]


class Tenu(Plain):
    """A rendez-vous that the file tells of: which one and when, never its appreciation."""

    numero: int
    annee_scolaire: str


class Evalue(Plain):
    """A person of the portfolio of the day: what an evaluator needs to know whom she meets."""

    dossier: str
    personne: str
    madame: bool
    partie: Partie
    corps: str
    libelle_corps: str
    grade: str = ""
    echelon: str = ""
    chevron: str | None = None
    depuis: date | None = None
    reliquat_jours: int = 0
    etablissement: str = ""
    type_etablissement: str = ""
    fonction: str = ""
    discipline: str = ""
    departement: str = ""
    tenus: tuple[Tenu, ...] = ()


class EnAttente(Plain):
    """A field that two tabs changed: where it is, and what one of them wrote; None: taken out.

    What the other wrote is at its place.
    """

    ou: Annotated[list[Annotated[str, StringConstraints(max_length=40)]], Field(max_length=3)]
    ici: Annotated[str, StringConstraints(max_length=LONGEST_PROJECT)] | None = None


class Contenu(Plain):
    """What is written: the days of the procedure as typed, a level by item, an opinion, words."""

    notification: _Day = ""
    entretien: _Day = ""
    autre_entretien: _Day = ""
    compte_rendu: _Day = ""
    niveaux: Annotated[dict[_Item, Code], Field(max_length=20)] = Field(default_factory=dict)
    avis: Annotated[str, StringConstraints(pattern=r"^[a-z_]{0,30}$")] = ""
    texte: Annotated[str, StringConstraints(max_length=LONGEST_PROJECT)] = ""
    deux_ecritures: Annotated[list[EnAttente], Field(max_length=30)] = Field(default_factory=list)
    """The fields that wait for a choice: nothing is shown to the person before it is made."""

    @property
    def vide(self) -> bool:
        """Whether nothing is written."""
        return self == Contenu()


class EtatProjet(Plain):
    """What a list says of a project that is kept, without its words; `efface_le` is its last day.

    `entretien` is the day of the interview as it was typed.
    """

    dossier: str
    objet: str
    partie: Partie
    entretien: _Day = ""
    vide: bool = False
    """Nothing is written."""
    enregistre_le: datetime
    montre_le: datetime | None = None
    vu_le: datetime | None = None
    change_depuis: bool = False
    """It was written to since the person was shown it."""
    efface_le: date


class Projet(EtatProjet):
    """A project that is kept, whole: `revision` is that of its last save."""

    contenu: Contenu
    revision: int


class Portefeuille(Plain):
    """One line of the portfolio of the day, in words."""

    partie: Partie
    perimetre: str
    au: date | None = None


class LireEvaluations(Plain):
    """The people of the portfolio of the day whose name holds some words."""

    cherche: Annotated[str, StringConstraints(max_length=200)] = ""


class EvaluationsLues(Plain):
    """Her portfolio, its people by name, and where her projects about them stand.

    The words of a project are read one by one: the person then sees who read, and for what.
    """

    portefeuilles: list[Portefeuille] = Field(default_factory=list)
    gens: list[Evalue] = Field(default_factory=list)
    trouves: int = 0
    projets: list[EtatProjet] = Field(default_factory=list)


class LireEvaluation(Plain):
    """One person of the portfolio of the day, and what is to be prepared."""

    dossier: Name
    objet: Objet


class EvaluationLue(Plain):
    """The person, the project of her part; what she never sees of a file, by name."""

    personne: Evalue
    projet: Projet | None = None
    efface_le: date
    caches: list[str] = Field(default_factory=list)


class GarderProjet(Plain):
    """The project as it is now; `revision` is the one that she was looking at."""

    dossier: Name
    objet: Objet
    contenu: Contenu
    revision: Revision
    cle: Key


class ProjetGarde(Plain):
    """« conflit »: another tab wrote meanwhile.

    `recu` is the number of the receipt of a project that was shown.
    """

    issue: Literal["enregistre", "conflit"]
    projet: Projet
    recu: int | None = None


class MontrerProjet(Plain):
    """Show the project to the person, as it was at `revision`."""

    dossier: Name
    objet: Objet
    revision: Revision
    cle: Key


class EffacerProjet(Plain):
    """Erase the project before its day; what the person was shown goes with it."""

    dossier: Name
    objet: Objet


class ProjetEfface(Plain):
    """Whether there was one."""

    efface: bool


class ProjetMontre(Plain):
    """A project as the person reads it: what she was shown, and until when it is kept."""

    objet: str
    partie: Partie
    contenu: Contenu
    montre_le: datetime
    efface_le: date


class EnPreparation(Plain):
    """A project that is being written and was not shown: since when, and until when at most."""

    objet: str
    partie: Partie
    depuis: datetime
    efface_le: date


class ProjetsLus(Plain):
    """What evaluators prepare about the person who asks."""

    montres: list[ProjetMontre] = Field(default_factory=list)
    en_preparation: list[EnPreparation] = Field(default_factory=list)


EVALUATION_OPERATIONS = Operations(OfRole("evaluateur", "l’évaluation"))
"""About the people of her portfolio of the day."""
EVALUATIONS_LIRE = EVALUATION_OPERATIONS.add("evaluations", LireEvaluations, EvaluationsLues)
EVALUATION_LIRE = EVALUATION_OPERATIONS.add(
    "evaluation",
    LireEvaluation,
    EvaluationLue,
    reads=Reading("evaluation_lue", "Identité, carrière et affectation, par qui évalue"),
)
EVALUATION_GARDER = EVALUATION_OPERATIONS.add("evaluation_garder", GarderProjet, ProjetGarde, LONG)
EVALUATION_MONTRER = EVALUATION_OPERATIONS.add("evaluation_montrer", MontrerProjet, ProjetGarde)
EVALUATION_EFFACER = EVALUATION_OPERATIONS.add("evaluation_effacer", EffacerProjet, ProjetEfface)
PROJETS_OPERATIONS = Operations(OwnFile("vos projets d’avis"))
PROJETS_AVIS_LIRE = PROJETS_OPERATIONS.add(
    "projets_avis",
    NoArguments,
    ProjetsLus,
    reads=Reading(
        "projets_avis_lus", "Les projets d’avis de vos évaluateurs", "afficher vos projets d’avis"
    ),
)
