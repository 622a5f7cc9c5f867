"""Papers joined to what a person sends: said before choosing, sent in slices, listed."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass

from iprof_kit.base.words import folded, weight_text
from iprof_kit.services.contract.own_file import (
    LARGEST_PIECE,
    LARGEST_SLICE,
    MOST_PIECES,
    PIECE_DEPOSER,
    ErreurChamp,
    Piece,
)
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent

_MB = 1_000_000
KINDS = "PDF, JPEG, PNG ou GIF"
PIECES = (
    f"{KINDS}, {LARGEST_PIECE // _MB} Mo au plus par pièce, {MOST_PIECES} pièces au plus. "
    "Le contenu est vérifié."
)


_OF_HEALTH = re.compile(
    r" (?:medica\w*|certif\w* med\w*|arret (?:de )?(?:travail|maladie)|avis d arret|ordonnance\w*|"
    r"hospitali\w*|invalidite|handicap\w*|rqth|mdph|grossesse|psychiatr\w*|bilan sanguin|sante) "
)
"""What the name of a health paper says, its words folded and parted by spaces."""


@dataclass(frozen=True)
class PieceRow:
    """One paper: its name, its weight, where it is; whether its name is that of a health paper."""

    id: str
    name: str
    words: str
    of_health: bool = False


def piece_row(piece: Piece) -> PieceRow:
    """Return one paper."""
    return PieceRow(piece.id, piece.nom, weight_text(piece.taille), names_health(piece.nom))


def names_health(name: str) -> bool:
    """Tell whether a file is called as a health paper is: its author is then asked, not refused.

    Examples
    --------
    >>> names_health("Certificat-medical_2026.pdf"), names_health("arrêté-médaille.pdf")
    (True, False)
    """
    words = re.split(r"[^a-z]+", folded(name))
    return _OF_HEALTH.search(f" {' '.join(words)} ") is not None


def deposit(visit: Visit, intent: Intent, to: str, salt: str) -> ErreurChamp | None:
    """Give the server the file of an intent; what is too large is not given at all.

    Parameters
    ----------
    intent : Intent
        Its file and its content.
    to : str
        What the paper will go with: « signalement », « nouveau », or a thread.
    salt : str
        Names what is being written: the same file sent again for it goes on where it was cut.

    Returns
    -------
    ErreurChamp or None
        Why it was refused: nothing is kept of it.
    """
    content = intent.content
    if content is None or len(content) > LARGEST_PIECE:
        size = weight_text(intent.size)
        return ErreurChamp(
            champ="pieces",
            message=f"Ce fichier pèse {size}, la limite est de {weight_text(LARGEST_PIECE)}.",
            remede="Réduisez-le, ou découpez-le en plusieurs pièces.",
        )
    named = f"{salt}\n{intent.file}\n".encode() + content
    key = hashlib.sha256(named).hexdigest()[:24]
    starts = range(0, max(len(content), 1), LARGEST_SLICE)
    received = 0
    for part, start in enumerate(starts):
        if part < received:  # an earlier try has brought it
            continue
        answer = visit.ask(
            PIECE_DEPOSER,
            nom=intent.file,
            pour=to,
            part=part,
            parts=len(starts),
            contenu=base64.b64encode(content[start : start + LARGEST_SLICE]).decode("ascii"),
            cle=key,
        )
        received = answer.recues
        if answer.erreur is not None:
            message = f"« {intent.file} » : {answer.erreur.message}"
            return answer.erreur.model_copy(update={"message": message})
    return None
