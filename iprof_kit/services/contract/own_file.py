"""The operations by which a person watches over her own file, part of `services.contract`.

She writes her contact details beside those of the administration, says what is wrong with a
datum and joins papers to it, sees who read her file and what is kept about her. Nothing here
changes what the administration recorded.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from iprof_kit.base.plain import Plain
from iprof_kit.services.contract.cv import Key, Name, Revision
from iprof_kit.services.contract.operation import LONG, NoArguments, Operations, OwnFile, Reading

LONGEST_CLAIM = 300
"""Characters of the value that a person says is right."""
LONGEST_REASON = 2_000
LARGEST_PIECE = 5_000_000
"""Bytes of one paper."""
MOST_PIECES = 5
"""Papers of one report."""
LARGEST_SLICE = 600_000
"""Bytes of a paper that one request carries."""

Champ = Literal[
    "rue", "code_postal", "ville", "pays", "telephone", "portable", "courriel_personnel"
]
CHAMPS: tuple[Champ, ...] = (
    "rue",
    "code_postal",
    "ville",
    "pays",
    "telephone",
    "portable",
    "courriel_personnel",
)
Typed = Annotated[str, StringConstraints(max_length=20_000)]


class Changement(Plain):
    """One thing that is new in the file, and the screen that shows it."""

    quand: datetime
    quoi: str
    adresse: str


class VisiteLue(Plain):
    """What changed since the last visit; `precedente` is None at the first one."""

    precedente: datetime | None
    changements: list[Changement] = Field(default_factory=list)
    cv_enregistre_le: datetime | None = None
    """When one's CV was last saved; None where none is begun."""


class Saisie(Plain):
    """One contact detail that the person wrote, and what the administration had then.

    An empty `valeur` says that she has none.
    """

    champ: Champ
    valeur: str
    le: datetime
    administration: str | None = None


class AncienneSaisie(Plain):
    """A value that she had written, until `jusqu_au`."""

    champ: Champ
    valeur: str
    le: datetime
    jusqu_au: datetime


class ContactLu(Plain):
    """The contact details that she wrote; `revision` is 0 before the first of them."""

    revision: int = 0
    enregistre_le: datetime | None = None
    saisies: list[Saisie] = Field(default_factory=list)
    anciennes: list[AncienneSaisie] = Field(default_factory=list)


class EnregistrerContact(Plain):
    """What the form holds, field by field; `revision` is the one that she was looking at.

    A field that says what is already there is not written. `reprendre`: the fields where the
    administration's value is taken again.
    """

    valeurs: dict[Champ, Typed] = Field(default_factory=dict)
    reprendre: list[Champ] = Field(default_factory=list)
    revision: Revision
    cle: Key


class ErreurChamp(Plain):
    """What is wrong in one field, and how to mend it."""

    champ: str
    message: str
    remede: str = ""


class ContactEnregistre(Plain):
    """« erreurs » and « conflit »: nothing was written. `numero` is that of the receipt."""

    issue: Literal["enregistre", "inchange", "erreurs", "conflit"]
    contact: ContactLu
    numero: int | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


class Donnee(Plain):
    """One datum of a file that may be reported; `cle` names it for ever."""

    cle: str
    partie: str
    libelle: str
    valeur: str


class Piece(Plain):
    """One paper; `type_media` is what its content is, None until every slice is here."""

    id: str
    nom: str
    type_media: str | None
    taille: int
    deposee_le: datetime


class Signalement(Plain):
    """One report: what the file showed, what she says, the four steps and the answer."""

    id: str
    numero: str
    """« 2026-0147 »."""
    donnee: str
    libelle: str
    valeur: str
    indique: str
    explication: str = ""
    envoye_le: datetime
    pris_en_charge_le: datetime | None = None
    repondu_le: datetime | None = None
    corrige_le: datetime | None = None
    service: str = ""
    """Who takes care of it: a service, never a person's name."""
    reponse: str = ""
    valeur_corrigee: str | None = None
    pieces: list[Piece] = Field(default_factory=list)


class SignalementsLus(Plain):
    """What may be reported, what was (newest first), and the papers that wait to be joined."""

    donnees: list[Donnee] = Field(default_factory=list)
    signalements: list[Signalement] = Field(default_factory=list)
    en_attente: list[Piece] = Field(default_factory=list)


class Signaler(Plain):
    """One report; `pieces` are the papers already received that go with it."""

    donnee: str
    indique: Typed
    explication: Typed = ""
    pieces: list[Name] = Field(default_factory=list)
    cle: Key


class SignalementEnregistre(Plain):
    """The report, or what is wrong in the form."""

    signalement: Signalement | None = None
    erreurs: list[ErreurChamp] = Field(default_factory=list)


class DeposerPiece(Plain):
    """Slice `part` (from 0) of `parts`, in base64; a slice already received is received once.

    `pour` is what the paper will go with: a report, a new message, or the `id` of a thread.
    """

    nom: Typed
    pour: Name = "signalement"
    part: Annotated[int, Field(ge=0, le=50)]
    parts: Annotated[int, Field(ge=1, le=50)]
    contenu: Annotated[str, StringConstraints(max_length=LARGEST_SLICE * 4 // 3 + 8)]
    cle: Key


class PieceDeposee(Plain):
    """`recues` slices are here; `erreur` says why the paper was refused: nothing is kept of it."""

    recues: int
    piece: Piece | None = None
    erreur: ErreurChamp | None = None


class RetirerPiece(Plain):
    """`id` of a paper that is not joined yet; `pour` as it was when it was received."""

    id: Name
    pour: Name = "signalement"


class PiecesLues(Plain):
    """The papers that wait to be joined, of the same message."""

    en_attente: list[Piece] = Field(default_factory=list)


class Consultation(Plain):
    """Readings of the file: one, or those of the person herself in one day."""

    le: datetime
    qui: str
    """« vous », or a role: never anybody's name."""
    objet: str
    motif: str
    nombre: int = 1
    vous: bool = False


class ConsultationsLues(Plain):
    """The readings, newest first; `depuis` is the oldest line kept."""

    consultations: list[Consultation] = Field(default_factory=list)
    depuis: datetime | None = None
    abregee: bool = False
    """Whether older readings are kept that are not in this list."""


class CategorieDonnees(Plain):
    """One kind of data: what, why, how long, and how much of it there is now."""

    quoi: str
    pourquoi: str
    duree: str | None
    """None: the configuration does not say."""
    nombre: int


class MesDonneesLues(Plain):
    """What is kept about a person, and who answers for it; None: the configuration is silent."""

    responsable: str | None = None
    responsable_contact: str | None = None
    delegue: str | None = None
    base_legale: str | None = None
    reclamation: str | None = None
    categories: list[CategorieDonnees] = Field(default_factory=list)


DOSSIER_OPERATIONS = Operations(OwnFile("un dossier"))
VISITE_LIRE = DOSSIER_OPERATIONS.add(
    "visite",
    NoArguments,
    VisiteLue,
    reads=Reading("changements_lus", "Ce qui a changé", "afficher l’accueil"),
)
CONTACT_LIRE = DOSSIER_OPERATIONS.add(
    "contact",
    NoArguments,
    ContactLu,
    reads=Reading("contact_lu", "Les coordonnées", "afficher les coordonnées"),
)
CONTACT_ENREGISTRER = DOSSIER_OPERATIONS.add(
    "contact_enregistrer", EnregistrerContact, ContactEnregistre, LONG
)
SIGNALEMENTS_LIRE = DOSSIER_OPERATIONS.add(
    "signalements",
    NoArguments,
    SignalementsLus,
    reads=Reading("signalements_lus", "Les signalements", "afficher les signalements"),
)
SIGNALER = DOSSIER_OPERATIONS.add("signaler", Signaler, SignalementEnregistre, LONG)
PIECE_DEPOSER = DOSSIER_OPERATIONS.add("piece_deposer", DeposerPiece, PieceDeposee, LONG)
PIECE_RETIRER = DOSSIER_OPERATIONS.add("piece_retirer", RetirerPiece, PiecesLues)
CONSULTATIONS_LIRE = DOSSIER_OPERATIONS.add(
    "consultations",
    NoArguments,
    ConsultationsLues,
    reads=Reading("consultations_lues", "Cette liste", "afficher qui a consulté le dossier"),
)
MES_DONNEES_LIRE = DOSSIER_OPERATIONS.add(
    "mes_donnees",
    NoArguments,
    MesDonneesLues,
    reads=Reading("donnees_lues", "Ce qui est gardé", "afficher la page Mes données"),
)
