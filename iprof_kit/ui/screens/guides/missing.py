"""« Dire que ce mot manque »: a message ready to be read again, that the person alone sends.

No list of what people look for and do not find: a word may name an illness, and nothing of that is
kept here (docs/decisions/0018).
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.shared import text

SUBJECT = "Assistant carrière : un mot qui ne trouve rien"
_LONGEST = 100
_SAFE = "@.+-_"


@dataclass(frozen=True)
class MissingWord:
    """What says that a word is missing: to whom, the words, where her own mail opens them."""

    to: str
    message: str
    link: str = ""
    """« mailto: » of who keeps this site; "" where the configuration names no address."""


def missing_word(asked: str, academie: Academie) -> MissingWord:
    """Return the message about a word that finds nothing.

    Parameters
    ----------
    asked : str
        As it was typed.
    academie : Academie
        Whose assistance keeps this site.

    Examples
    --------
    >>> here = Academie(code="", nom="Test", assistance_nom="Assistance de Test",
    ...     assistance_courriel="aide@exemple.fr")
    >>> said = missing_word("place en crèche", here)
    >>> said.to, said.link.partition("?")[0], "place en crèche" in said.message
    ('Assistance de Test', 'mailto:aide@exemple.fr', True)
    """
    word = " ".join(asked[:_LONGEST].split())
    message = text.french(
        "Bonjour,\n\nDans la recherche de l’assistant carrière, ces mots ne trouvent rien : "
        f"« {word} ».\nJ’espérais y lire : \n"
    )
    address = academie.assistance_courriel or ""
    link = ""
    if address:
        asking = f"subject={quote(SUBJECT)}&body={quote(message)}"
        link = f"mailto:{quote(address, safe=_SAFE)}?{asking}"
    return MissingWord(text.french(academie.assistance_nom), message, link)
