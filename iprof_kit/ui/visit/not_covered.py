"""Whom the kit does not cover: one guard for every screen, so that no rule of another is shown.

What is said, of whom, and on which addresses, is in `texts/non_couvert.fr.yml`.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.parts import Block, Notice, TextView
from iprof_kit.ui.texts import texts_of

_SAYS = "non couvert : "


def is_not_covered(dossier: Dossier, today: date) -> bool:
    """Tell whether a file is that of somebody of a private school.

    By the sector of her affectations of today, where the import gives it, and by the words of the
    status, of the corps as it is written, and of these affectations.
    """
    now = [
        one
        for one in dossier.affectations
        if one.debut <= today and (one.fin is None or one.fin >= today)
    ]
    if any(one.secteur == "prive" for one in now):
        return True
    places = [f"{one.type} ; {one.type_etablissement} ; {one.etablissement}" for one in now]
    written = " ; ".join([dossier.statut, dossier.libelle_corps or "", *places])
    return _pattern().search(written) is not None


def is_closed(path: str) -> bool:
    """Tell whether an address calculates by rules that are not hers.

    Examples
    --------
    >>> is_closed("/perspectives/retraite"), is_closed("/dossier/perso")
    (True, False)
    """
    return any(path == one or path.startswith(f"{one}/") for one in _texts()["fermes"])


def not_covered_page(title: str) -> TextView:
    """Return what is shown at an address that calculates by rules that are not hers."""
    words = _texts()
    different = tuple(f"{one['texte']} ({one['source']})" for one in words["differences"])
    return TextView(
        title=title,
        lead_strong=f"{_SAYS[0].upper()}{_SAYS[1:]}{words['titre'].lower()}.",
        lead=words["phrase"],
        blocks=(
            Block("Ce qui est différent pour vous", different),
            Block("Où demander", tuple(words["ou"])),
        ),
    )


def not_covered_notice() -> Notice:
    """Return what each of her other screens says first."""
    words = _texts()
    title = f"{words['titre']} : non couvert par ce kit."
    return Notice(title, words["avis"], kind="")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_texts()["motif"], re.IGNORECASE)


@cache
def _texts() -> dict[str, Any]:
    words: dict[str, Any] = texts_of("non_couvert")["prive"]
    return words
