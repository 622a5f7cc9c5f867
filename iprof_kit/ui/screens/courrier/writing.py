"""What is being written: a new message or an answer, its papers, what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace

from iprof_kit.base.asked import Asked
from iprof_kit.services.contract.courrier import (
    LONGEST_MESSAGE,
    LONGEST_SUBJECT,
    Correspondant,
    NatureOuverte,
)
from iprof_kit.services.contract.own_file import (
    LARGEST_PIECE,
    MOST_PIECES,
    Donnee,
    ErreurChamp,
    Piece,
)
from iprof_kit.ui.kit.carnet import NEW, CarnetView, Draft
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.fields.papers import KINDS, names_health
from iprof_kit.ui.kit.parts import Field, Group, Option
from iprof_kit.ui.screens.courrier.rows import announced
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded
from iprof_kit.ui.visit.reported import groups

OPENED: dict[NatureOuverte, str] = {
    "question": "question",
    "changement": "changement de situation",
    "erreur": "erreur du dossier",
    "pieces": "envoi de pièces",
}
_NEARLY = 500
"""How many characters before the longest message the person is told how many are left."""
HINT = f"{KINDS}, {LARGEST_PIECE // 1_000_000} Mo au plus chacune. Contenu contrôlé."


@dataclass(frozen=True, kw_only=True)
class WritingView:
    """One form. `of` is the thread, or « nouveau »; `key` names it for the browser."""

    of: str
    key: str
    draft: Draft
    papers: Sequence[Piece]
    faults: Sequence[ErreurChamp]
    kept: CarnetView
    doctor: str
    words: Field
    of_health: tuple[Piece, ...]
    """The papers that are called as health papers are, and that she said nothing of."""
    most: int = MOST_PIECES
    papers_hint: str = HINT
    kinds: tuple[Option, ...] = ()
    subject: Field | None = None
    claimed: Field | None = None
    data: tuple[Group, ...] = ()
    datum: Donnee | None = None
    datum_required: bool = False
    """Whether the message is refused without its datum: an error that a service is to correct."""
    to: str = ""
    """To whom, and under how many days an answer is announced."""
    letter: bool = False
    """Whether it makes a letter: nobody reads here."""

    @property
    def refused(self) -> ErreurChamp | None:
        """What is wrong with the papers."""
        return next((one for one in self.faults if one.champ == "pieces"), None)


@dataclass(frozen=True)
class Written:
    """A message as it stands: its draft and papers, what is wrong with it, how it is kept."""

    draft: Draft
    papers: Sequence[Piece]
    faults: Sequence[ErreurChamp]
    key: str
    kept: CarnetView
    doctor: str
    sure: Container[str] = ()
    """The papers that she said to be of no health."""

    def field(self, name: str, label: str, hint: str = "") -> Field:
        """Return one of the fields that the draft holds, with what is wrong in it."""
        wrong = next((one for one in self.faults if one.champ == name), None)
        return shown(Asked(name, label, hint=hint, needed=True), getattr(self.draft, name), wrong)


def answer_form(thread: str, written: Written, label: str = "Votre réponse") -> WritingView:
    """Return the form of an answer in a thread."""
    draft = written.draft
    return WritingView(
        of=thread,
        key=written.key,
        draft=draft,
        papers=written.papers,
        faults=written.faults,
        kept=written.kept,
        doctor=written.doctor,
        words=written.field("texte", label, _left(draft.texte)),
        of_health=tuple(_of_health(written.papers, written.sure)),
    )


def new_form(written: Written, data: Sequence[Donnee], correspondent: Correspondant) -> WritingView:
    """Return the form of a new message, about one of these data where it is to be corrected."""
    draft = written.draft
    kind = draft.nature or "question"
    asks_value, letter = kind == "erreur", correspondent.mode == "lettre"
    return replace(
        answer_form(NEW, written, "Message"),
        kinds=tuple(Option(code, words, code == kind) for code, words in OPENED.items()),
        subject=written.field("objet", "Objet", f"{LONGEST_SUBJECT} caractères au plus."),
        claimed=written.field("indique", "Ce qui devrait y être") if asks_value else None,
        data=groups(data, draft.donnee),
        datum=next((one for one in data if one.cle == draft.donnee), None),
        datum_required=asks_value and not letter,
        to=to_words(correspondent),
        letter=letter,
    )


def datum_of(data: Sequence[Donnee], named: str) -> str:
    """Return the datum that an address names by its key or by its part of the file, or nothing."""
    return next((one.cle for one in data if named and named in (one.cle, one.partie)), "")


def to_words(correspondent: Correspondant) -> str:
    """Return « À : Division des enseignants. Réponse annoncée sous 10 jours. »."""
    service = text.sentence(f"À : {correspondent.service}")
    days = correspondent.delai_jours
    return worded("{} Réponse annoncée sous {}.", service, announced(days)) if days else service


def _of_health(papers: Sequence[Piece], sure: Container[str]) -> Iterator[Piece]:
    return (one for one in papers if names_health(one.nom) and one.id not in sure)


def unanswered(papers: Sequence[Piece], sure: Container[str]) -> ErreurChamp | None:
    """Return what is asked before a paper leaves that is called as a health paper is."""
    for one in _of_health(papers, sure):
        return ErreurChamp(
            champ="pieces",
            message=f"« {one.nom} » : est-ce une pièce de santé ?",
            remede="Retirez-la, ou dites qu’elle peut partir : rien n’est envoyé d’ici là.",
        )
    return None


def too_long(words: str) -> ErreurChamp | None:
    """Return what is wrong with a message that is longer than a message may be."""
    if len(words) <= LONGEST_MESSAGE:
        return None
    limit = text.whole(LONGEST_MESSAGE)
    return ErreurChamp(
        champ="texte",
        message=f"Ce message dépasse {limit} caractères.",
        remede="Raccourcissez-le, ou joignez le reste en PDF. D’ici là, il reste sur cet écran "
        "sans être gardé en brouillon.",
    )


def _left(words: str) -> str:
    """Return how many characters a message may have, and how many are left once they are few."""
    left = LONGEST_MESSAGE - len(words)
    limit = f"{text.whole(LONGEST_MESSAGE)} caractères au plus"
    return f"{limit}, il en reste {left}." if 0 <= left <= _NEARLY else f"{limit}."
