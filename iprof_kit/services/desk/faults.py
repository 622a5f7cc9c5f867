"""What is wrong in a field of the desk, told beside it."""

from __future__ import annotations

from iprof_kit.base.characters import name_of, tidy, unfit
from iprof_kit.services.contract.own_file import ErreurChamp


def text_fault(name: str, text: str, longest: int) -> ErreurChamp | None:
    """Return why a text cannot be kept: too long, or characters that nobody sees."""
    typed = tidy(text).strip()
    if len(typed) > longest:
        return wrong(
            name, f"Ce texte compte {len(typed)} caractères.", f"Il en tient {longest} au plus."
        )
    if unseen := unfit(typed, lines=name == "texte"):
        return wrong(
            name,
            f"Ce texte contient {name_of(unseen)}.",
            "Effacez-le, ou saisissez le texte au clavier.",
        )
    return None


def wrong(champ: str, message: str, remedy: str) -> ErreurChamp:
    """Return what is wrong in a field, in French."""
    words = message[:1].upper() + message[1:]
    return ErreurChamp(champ=champ, message=words, remede=remedy)
