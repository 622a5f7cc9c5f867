"""The operations of the desk: what a case manager reads and does for the people she follows.

She sees the files of her portfolios of the day, and those of whom she stands in for; each reading
is in the journal with its reason, and the person sees it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.courrier import Evenement, FilLu, Page
from iprof_kit.services.contract.cv import Key, Name
from iprof_kit.services.contract.operation import LONG, NoArguments, OfRole, Operations, Reading
from iprof_kit.services.contract.own_file import ErreurChamp, Typed

LONGEST_NOTE = 2_000
"""Characters of an internal note."""
PAS_DANS_UNE_NOTE = (
    "Écrivez des faits datés. Jamais d’opinion, d’engagement syndical, politique ou religieux, de "
    "santé ni de vie privée. La personne reçoit ces notes quand elle demande ses données."
)
"""What must not be written in an internal note: said beside its field."""
Facette = Annotated[str, StringConstraints(max_length=60, pattern=r"\A[^\x00]*\z")]
Age = Literal["depasse", "moitie", "recent"]
"""Of a thread that waits: past the announced delay, past half of it, younger."""


class FilEnAttente(Plain):
    """A thread that waits for the service; `personne` is whose."""

    id: str
    numero: str
    personne: str
    dossier: str
    nature: str
    objet: str
    etat: str
    libelle: str
    depuis: datetime
    jours: int
    """Days that the person has been waiting for."""
    age: Age
    avant: date | None = None
    """The date that the service itself announced."""
    nouveau: bool = False
    pour: str = ""
    """The absent colleague's service whose thread it is, for who stands in."""


class Delais(Plain):
    """The answers of the last 30 days, in days; None while there is none."""

    reponses: int = 0
    mediane: float | None = None
    neuf_sur_dix: float | None = None
    par_jour: list[int] = Field(default_factory=list)
    """How many answers came after 0, 1, 2… days."""


class Absence(Plain):
    """Dates of an absence, both included, and the account that answers meanwhile."""

    id: int
    du: date
    au: date
    suppleant: str
    suppleant_nom: str = ""


class Suppleance(Plain):
    """The days on which she answers for an absent colleague, both included; `service` is whose."""

    service: str
    du: date
    au: date
    par: str = ""
    """Who answers meanwhile, where it is a colleague's absence."""


class Part(Plain):
    """How many threads wait, how many of them past the announced delay."""

    nombre: int = 0
    depasses: int = 0


class Reprise(Suppleance, Part):
    """What an absence leaves her to take over, until when."""


class EquipeLue(Plain):
    """Who holds what waits: hers, what absences leave her, the rest of her service as one number.

    `reste` is None where nobody else is of her service; `remplacees` are her colleagues' absences.
    """

    vous: Part = Part()
    reprises: list[Reprise] = Field(default_factory=list)
    reste: Part | None = None
    remplacees: list[Suppleance] = Field(default_factory=list)


Groupement = Literal["", "sujet", "personne", "campagne"]
"""By what the threads that wait are grouped; empty: by their age alone."""


class GroupeDeFils(Plain):
    """The threads that wait on one subject, of one person, for one campaign."""

    cle: str
    titre: str
    nombre: int
    depasses: int = 0


Echeance = Literal["", "passee", "7", "15"]
"""When an answer is due: the date that the service announced, else the end of the delay."""
Chez = Literal["", "vous", "absence"]
"""Whose thread it is: hers, or left to her by an absence."""


class LireBureau(Plain):
    """What waits: a state (empty: all), what is searched, a group, filters, a page from 0."""

    etat: Facette = ""
    par: Groupement = ""
    dans: Annotated[str, StringConstraints(max_length=200, pattern=r"\A[^\x00]*\z")] = ""
    """The `cle` of one group."""
    echelon: Facette = ""
    grade: Facette = ""
    departement: Facette = ""
    ecole: Facette = ""
    echeance: Echeance = ""
    chez: Chez = ""
    cherche: Annotated[str, StringConstraints(max_length=200)] = ""
    page: Page = 0


class BureauLu(Plain):
    """The desk at a glance; the threads are the oldest first."""

    service: str
    suivies: int = 0
    """People of the portfolios of the day."""
    delai_jours: int | None = None
    fils: list[FilEnAttente] = Field(default_factory=list)
    groupes: list[GroupeDeFils] = Field(default_factory=list)
    """The groups of what is shown, the largest first."""
    trouves: int = 0
    en_attente: int = 0
    depasses: int = 0
    moitie: int = 0
    attentes: list[int] = Field(default_factory=list)
    """How many have been waiting for 0, 1, 2… days."""
    filtres: dict[str, dict[str, int]] = Field(default_factory=dict)
    """How many threads each value of a filter holds, the other filters being as they are."""
    equipe: EquipeLue = EquipeLue()
    par_etat: dict[str, int] = Field(default_factory=dict)
    etats: dict[str, str] = Field(default_factory=dict)
    """What each state of `par_etat` is called."""
    delais: Delais = Delais()
    absence: Absence | None = None
    """The one that runs, or the next."""
    suppleances: list[Suppleance] = Field(default_factory=list)
    """The absences for which she stands in, today or to come."""


class LireFilGere(Plain):
    """A thread of her portfolio."""

    id: Name
    page: Page = 0


class Note(Plain):
    """An internal note: dated, released with the person's access request."""

    le: datetime
    service: str
    texte: str


class Apercu(Plain):
    """What the desk shows of a person beside her thread: label and value, nothing else."""

    libelle: str
    valeur: str


class Proposition(Plain):
    """A correction that waits for a second person: both values, when, and whether she proposed it.

    The person whose thread it is reads nothing of it before it is confirmed.
    """

    valeur: str
    avant: str
    texte: str
    le: datetime
    par_vous: bool


class ServiceVoisin(Plain):
    """A service of the academy to which a thread may be passed, and how long its answers took."""

    nom: str
    delais: Delais = Delais()


class FilGere(Plain):
    """A thread as the service reads it, what it may do, the person in a few lines, the notes.

    In `lu`, « vous » is the person whose thread it is, as in her own.
    """

    lu: FilLu
    personne: str
    dossier: str
    apercu: list[Apercu] = Field(default_factory=list)
    caches: list[str] = Field(default_factory=list)
    """What this role never sees, by name."""
    notes: list[Note] = Field(default_factory=list)
    champs: dict[str, str] = Field(default_factory=dict)
    """What fills the fields of a template: {prenom}, {nom}, {objet}, {numero}, {service}, {date}.
    What the act brings ({avant}, {corrige_le}, {valeur}) is typed on the screen; a text with a
    field that is not filled is refused."""
    brouillon: str = ""
    """The answer that this account is writing and has not sent."""
    seconde_lecture: bool = False
    """A correction noted here waits for another person of the service."""
    proposition: Proposition | None = None
    suivie: bool = True
    """Whether the person is of her portfolios: another service's thread opens no file."""
    part_a: datetime | None = None
    """When an answer that was confirmed leaves to it."""
    services: list[ServiceVoisin] = Field(default_factory=list)
    """To whom it may be passed."""


class TransmettreFil(Plain):
    """Pass a thread to another service of the academy, with a word that the person reads."""

    id: Name
    vers: Annotated[str, StringConstraints(max_length=150, pattern=r"\A[^\x00]*\z")]
    texte: Typed = ""
    vus: Annotated[int, Field(ge=0, le=100_000)]
    cle: Key


class FilTransmis(Plain):
    """To whom and when it was passed, or what is wrong, or what came meanwhile."""

    vers: str = ""
    recu: int | None = None
    le: datetime | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)
    entre_temps: list[Evenement] = Field(default_factory=list)


class AgirBureau(Plain):
    """One act of the service on a thread: `acte` of the table of passages, `puis_clore` with it.

    `version` is the number of messages that she had before her eyes: two managers who answer at
    once are told.
    """

    id: Name
    acte: Annotated[str, StringConstraints(pattern=r"\A[a-z_]{3,20}\z")]
    texte: Typed = ""
    valeur: Typed = ""
    avant: date | None = None
    corrige_le: date | None = None
    puis_clore: bool = False
    vus: Annotated[int, Field(ge=0, le=100_000)]
    cle: Key


class ActeGere(Plain):
    """The thread after the act, or what is wrong, or what came meanwhile: nothing written then."""

    lu: FilGere | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)
    entre_temps: list[Evenement] = Field(default_factory=list)


class GarderBrouillon(Plain):
    """The answer being written to a thread, as it is now; an empty one forgets it."""

    id: Name
    texte: Typed


class BrouillonGarde(Plain):
    """When it was kept; None: nothing is kept any more."""

    le: datetime | None = None


class EcrireNote(Plain):
    """A note on the person of a thread."""

    id: Name
    texte: Typed
    cle: Key


class OuvrirDossier(Plain):
    """The file of a person of the portfolio, and why: a thread, or a reason in words."""

    dossier: Name
    motif: Annotated[str, StringConstraints(min_length=3, max_length=120)]


class Rubrique(Plain):
    """One part of a file: a title and its lines."""

    titre: str
    lignes: list[Apercu] = Field(default_factory=list)


class DossierGere(Plain):
    """The administrative data of a person that this role may see."""

    personne: str
    dossier: str
    rubriques: list[Rubrique] = Field(default_factory=list)
    caches: list[str] = Field(default_factory=list)
    fils: list[FilEnAttente] = Field(default_factory=list)


class LirePortefeuille(Plain):
    """The people followed, by facets; empty: all."""

    corps: Facette = ""
    position: Facette = ""
    etablissement: Facette = ""
    cherche: Annotated[str, StringConstraints(max_length=200)] = ""
    page: Page = 0


class Suivi(Plain):
    """One person followed."""

    dossier: str
    personne: str
    corps: str
    echelon: str = ""
    position: str = ""
    etablissement: str = ""
    fils: int = 0


class PortefeuilleLu(Plain):
    """A page of people, and how many each value of a facet holds."""

    gens: list[Suivi] = Field(default_factory=list)
    trouves: int = 0
    facettes: dict[str, dict[str, int]] = Field(default_factory=dict)
    depuis: date | None = None


class Modele(Plain):
    """An answer template: `champs` are the fields that it takes from the thread."""

    nom: str
    acte: str
    texte: str
    champs: list[str] = Field(default_factory=list)


class ModelesLus(Plain):
    """The templates of the academy, in the order of its file."""

    modeles: list[Modele] = Field(default_factory=list)


class DireAbsence(Plain):
    """An absence and who answers meanwhile; `retirer` takes one back."""

    du: date | None = None
    au: date | None = None
    suppleant: Annotated[str, StringConstraints(max_length=60)] = ""
    retirer: int | None = None
    cle: Key


class AbsencesLues(Plain):
    """Her absences that are not over, and whom she may name."""

    absences: list[Absence] = Field(default_factory=list)
    suppleances: list[Suppleance] = Field(default_factory=list)
    suppleants: dict[str, str] = Field(default_factory=dict)
    erreurs: list[ErreurChamp] = Field(default_factory=list)


BUREAU_OPERATIONS = Operations(OfRole("gestionnaire", "la gestion"))
BUREAU_LIRE = BUREAU_OPERATIONS.add("bureau", LireBureau, BureauLu)
BUREAU_FIL = BUREAU_OPERATIONS.add(
    "bureau_fil",
    LireFilGere,
    FilGere,
    reads=Reading("bureau_fil_lu", "Un fil et l’aperçu du dossier"),
)
BUREAU_AGIR = BUREAU_OPERATIONS.add("bureau_agir", AgirBureau, ActeGere, LONG)
BUREAU_TRANSMETTRE = BUREAU_OPERATIONS.add("bureau_transmettre", TransmettreFil, FilTransmis, LONG)
BUREAU_BROUILLON = BUREAU_OPERATIONS.add("bureau_brouillon", GarderBrouillon, BrouillonGarde, LONG)
BUREAU_NOTE = BUREAU_OPERATIONS.add("bureau_note", EcrireNote, FilGere, LONG)
BUREAU_DOSSIER = BUREAU_OPERATIONS.add(
    "bureau_dossier",
    OuvrirDossier,
    DossierGere,
    LONG,
    reads=Reading("bureau_dossier_lu", "Le dossier, par le service qui le suit"),
)
BUREAU_PORTEFEUILLE = BUREAU_OPERATIONS.add("bureau_portefeuille", LirePortefeuille, PortefeuilleLu)
BUREAU_MODELES = BUREAU_OPERATIONS.add("bureau_modeles", NoArguments, ModelesLus)
BUREAU_ABSENCES = BUREAU_OPERATIONS.add("bureau_absences", NoArguments, AbsencesLues)
BUREAU_ABSENCE = BUREAU_OPERATIONS.add("bureau_absence", DireAbsence, AbsencesLues, LONG)
