"""What is being written: a new message or an answer, its papers, what is wrong with it."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

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
from iprof_kit.ui.kit.fields.papers import KINDS, PieceRow, names_health, piece_row
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
_NOTHING_KEPT = CarnetView()


@dataclass(frozen=True)
class WritingView:
    """One form. `of` is the thread, or « nouveau »; `key` names it for the browser."""

    of: str
    key: str
    words: Field
    papers: tuple[PieceRow, ...]
    papers_title: str
    papers_error: str = ""
    papers_remedy: str = ""
    papers_hint: str = HINT
    doctor: str = ""
    full: bool = False
    """Whether it holds as many papers as it may."""
    kept: CarnetView = _NOTHING_KEPT
    has_draft: bool = False
    errors: tuple[tuple[str, str], ...] = ()
    """Each thing that is wrong: the end of the id of its field, its words."""
    kinds: tuple[Option, ...] = ()
    subject: Field | None = None
    claimed: Field | None = None
    data: tuple[Group, ...] = ()
    datum_shown: str = ""
    datum_error: str = ""
    datum_required: bool = False
    """Whether the message is refused without its datum: an error that a service is to correct."""
    to: str = ""
    """To whom, and under how many days an answer is announced."""
    letter: bool = False
    """Whether it makes a letter: nobody reads here."""


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


def answer_form(thread: str, written: Written) -> WritingView:
    """Return the form of an answer in a thread."""
    return _form(thread, "Votre réponse", written)


def new_form(written: Written, data: Sequence[Donnee], correspondent: Correspondant) -> WritingView:
    """Return the form of a new message, about one of these data where it is to be corrected."""
    draft, wrong = written.draft, {one.champ: one for one in written.faults}
    kind = draft.nature or "question"
    datum = next((one for one in data if one.cle == draft.donnee), None)
    asks_value, letter = kind == "erreur", correspondent.mode == "lettre"
    subject = f"{LONGEST_SUBJECT} caractères au plus."
    claimed = _typed("indique", "Ce qui devrait y être", draft.indique, wrong, "")
    return replace(
        _form(NEW, "Message", written),
        kinds=tuple(Option(code, words, code == kind) for code, words in OPENED.items()),
        subject=_typed("objet", "Objet", draft.objet, wrong, subject),
        claimed=claimed if asks_value else None,
        data=groups(data, draft.donnee),
        datum_shown=datum.valeur if datum else "",
        datum_error=wrong["donnee"].message if "donnee" in wrong else "",
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


def unanswered(papers: Sequence[Piece], sure: Container[str]) -> ErreurChamp | None:
    """Return what is asked before a paper leaves that is called as a health paper is."""
    asked = [one.nom for one in papers if names_health(one.nom) and one.id not in sure]
    if not asked:
        return None
    return ErreurChamp(
        champ="pieces",
        message=f"« {asked[0]} » : est-ce une pièce de santé ?",
        remede="Retirez-la, ou dites qu’elle peut partir : rien n’est envoyé d’ici là.",
    )


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


def _form(of: str, label: str, written: Written) -> WritingView:
    draft, papers = written.draft, written.papers
    wrong = {one.champ: one for one in written.faults}
    refused = wrong.get("pieces")
    return WritingView(
        of=of,
        key=written.key,
        words=_typed("texte", label, draft.texte, wrong, _left(draft.texte)),
        papers=tuple(
            replace(row, of_health=row.of_health and row.id not in written.sure)
            for row in map(piece_row, papers)
        ),
        papers_title=f"Pièces, {len(papers)} sur {MOST_PIECES}",
        papers_error=refused.message if refused else "",
        papers_remedy=refused.remede if refused else "",
        doctor=written.doctor,
        full=len(papers) >= MOST_PIECES,
        kept=written.kept,
        has_draft=not draft.is_empty,
        errors=tuple((one.champ, one.message) for one in written.faults),
    )


def _typed(name: str, label: str, value: str, wrong: dict[str, ErreurChamp], hint: str) -> Field:
    fault = wrong.get(name)
    return Field(
        name,
        label,
        value,
        hint,
        error=fault.message if fault else "",
        remedy=fault.remede if fault else "",
    )


def _left(words: str) -> str:
    """Return how many characters a message may have, and how many are left once they are few."""
    left = LONGEST_MESSAGE - len(words)
    limit = f"{text.whole(LONGEST_MESSAGE)} caractères au plus"
    return f"{limit}, il en reste {left}." if 0 <= left <= _NEARLY else f"{limit}."
