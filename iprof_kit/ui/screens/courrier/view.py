"""« Votre courrier »: the list, the thread or the form beside it, and what explains."""

from __future__ import annotations

from dataclasses import dataclass

from iprof_kit.services.contract.courrier import Comptes, Correspondant
from iprof_kit.ui.kit.parts import Option, Page
from iprof_kit.ui.screens.courrier.mailing import KitMessagesView, MailingView
from iprof_kit.ui.screens.courrier.rows import Row
from iprof_kit.ui.screens.courrier.thread import ThreadView
from iprof_kit.ui.screens.courrier.writing import WritingView, to_words
from iprof_kit.ui.shared.worded import worded

_NO_HEALTH = (
    "Certificat, arrêt, dossier médical, reconnaissance de handicap : ce courrier ne les reçoit "
    "pas, et votre service n’a pas à les lire."
)
_NO_DOCTOR = (
    "Le médecin de prévention de votre académie seul les reçoit ; la configuration de ce kit ne "
    "donne pas son adresse."
)


@dataclass(frozen=True)
class Receipt:
    """What was just done, and where its receipt is."""

    strong: str
    words: str
    path: str = ""


@dataclass(frozen=True)
class Fold:
    """What is explained below: a question, its answer in few words, its lines."""

    id: str
    question: str
    answer: str
    lines: tuple[str, ...]
    link: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class CourrierView(Page):
    """The screen. On a phone, a thread or a form takes the place of the list."""

    rows: tuple[Row, ...] = ()
    count: str = ""
    views: tuple[Option, ...] = ()
    sought: str = ""
    newer_list: bool = False
    older_list: bool = False
    """Whether the list has threads before or after those shown."""
    nothing: str = ""
    """What is said of an empty list."""
    thread: ThreadView | None = None
    form: WritingView | None = None
    receipt: Receipt | None = None
    service: str = ""
    is_new: bool = False
    reopening: str = ""
    reopening_error: str = ""
    folds: tuple[Fold, ...] = ()
    mailing: MailingView | None = None
    """Being told by e-mail, once asked for."""
    kit_messages: KitMessagesView | None = None
    """Which messages the kit writes, once asked for."""
    bare: bool = False
    """Whether there is no thread at all: no list is drawn."""
    letter: bool = False
    """Whether nobody reads here."""
    proof: str = ""
    """What to do with a letter, and what proves that it was sent."""
    official: tuple[str, str] = ("", "")
    address: str = ""
    turn: str = ""
    focus: str = ""

    @property
    def alone(self) -> bool:
        """Whether something is open, which a phone shows instead of the list."""
        return self.thread is not None or self.is_new


def folds(correspondent: Correspondant, counts: Comptes) -> tuple[Fold, ...]:
    """Return who reads, which papers are never received, how to take everything away."""
    who = Fold(
        "qui-lit",
        "Qui lit mes messages ?",
        "votre service, chaque lecture datée",
        (
            worded(
                "{} Son nom est celui d’un service, jamais d’une personne.",
                to_words(correspondent),
            ),
            "Chaque lecture est notée ; « Vu par le service » le dit dans le fil.",
        ),
        ("/consultations", "Qui a consulté mon dossier"),
    )
    doctor = correspondent.medecin
    health = Fold(
        "sante",
        "Où envoyer une pièce de santé ?",
        "jamais ici",
        (
            _NO_HEALTH,
            f"Le médecin de prévention seul les reçoit : {doctor}." if doctor else _NO_DOCTOR,
        ),
    )
    many = counts.tous
    take = Fold(
        "emporter",
        "Emporter tout mon courrier",
        "aucun fil" if not many else "1 fil" if many == 1 else f"{many} fils",
        ("Fils, pièces et reçus sont dans le fichier de « Mes données ».",),
        ("/mes-donnees", "Mes données"),
    )
    if correspondent.mode == "lettre":
        return (health, take)
    return (who, health, take)
