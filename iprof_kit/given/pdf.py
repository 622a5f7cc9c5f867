"""A PDF looked through before it is kept, by two parsers: what either sees is what a reader may do.

The bytes that are kept are those that came: a signed paper stays signed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

from iprof_kit.given.faults import Fault
from iprof_kit.given.pdf_views import (
    HOLD_ACTIONS,
    TooMuchError,
    View,
    Words,
    seen_by_pypdf,
    seen_by_qpdf,
)

_MOST_PAGES = 500
_ACTIVE = {
    "/JavaScript": "un programme",
    "/JS": "un programme",
    "/XFA": "un formulaire actif",
    "/EF": "un autre fichier",
    "/EmbeddedFile": "un autre fichier",
    "/EmbeddedFiles": "un autre fichier",
    "/FileAttachment": "un autre fichier",
    "/RichMedia": "un média actif",
    "/Rendition": "un média actif",
    "/Movie": "un média actif",
    "/Launch": "l’ordre d’ouvrir un programme",
    "/GoToR": "l’ordre d’ouvrir un fichier",
    "/GoToE": "l’ordre d’ouvrir un fichier",
    "/SubmitForm": "l’ordre d’envoyer des données",
    "/ImportData": "l’ordre de lire un fichier",
}
"""Names that a paper to read does not need, as keys or as kinds."""
_SAYS_WHAT = ("/S", "/Type", "/Subtype")
_TO_A_FILE = frozenset({"/Thread", "/GoToDp"})
"""Kinds of action alone: a list of articles says « Thread » of itself too."""
_HARMLESS = frozenset({"/GoTo", "/URI", "/Named"})
"""What an action may be: to go to a page of this paper, to follow a link, to turn a page."""
_PAGES_TURNED = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms", "/Ref", "/OPI"})
"""Keys of a stream whose content is in another file."""
_LINKS = re.compile(r"(https?://|mailto:|tel:|www\.)", re.IGNORECASE)
"""How a link that a paper may carry begins; any other scheme asks a program to do something."""
_END, _EMPTY = b"%%EOF", b" \t\r\n\f\0"

DAMAGED: Fault = ("Ce PDF est abîmé.", "Enregistrez-le de nouveau.")
_AGAIN = "Imprimez-le dans un nouveau PDF, puis joignez celui-ci."
COMPLICATED: Fault = ("Ce PDF est trop compliqué pour être vérifié.", _AGAIN)
_LOCKED: Fault = ("Ce PDF est protégé par un mot de passe.", "Retirez la protection.")
_TWICE: Fault = (
    "Ce PDF dit deux fois la même chose autrement, et deux lecteurs y liraient autre chose.",
    _AGAIN,
)


def is_pdf(content: bytes) -> bool:
    """Return whether a file begins as a PDF does."""
    return content.startswith(b"%PDF-")


def fault_of(content: bytes) -> Fault | None:
    """Return why a PDF is refused, or None."""
    if more_than_a_pdf(content):
        return "Ce PDF contient autre chose après sa fin.", _AGAIN
    views = []
    for seen_by in (seen_by_pypdf, seen_by_qpdf):
        view = _view(seen_by, content)
        if not isinstance(view, View):
            return view
        if (fault := _fault_of_view(view)) is not None:
            return fault
        views.append(view)
    return None if views[0].pages == views[1].pages else _TWICE


def more_than_a_pdf(content: bytes) -> bool:
    """Return whether something follows the end of a PDF, or it is an archive as well."""
    end = content.rfind(_END)
    after = content[end + len(_END) :] if end >= 0 else b""
    return bool(after.strip(_EMPTY)) or zipfile.is_zipfile(io.BytesIO(content))


def _view(seen_by: Callable[[bytes], View], content: bytes) -> View | Fault:
    from pikepdf import PasswordError
    from pypdf.errors import LimitReachedError

    try:
        return seen_by(content)
    except PasswordError:
        return _LOCKED
    except (TooMuchError, LimitReachedError, MemoryError, RecursionError):
        return COMPLICATED
    except Exception:  # whatever a parser meets in a hostile file
        return DAMAGED


def _fault_of_view(view: View) -> Fault | None:
    if view.locked:
        return _LOCKED
    for one in view.dictionaries:
        if (what := _acts(one)) is not None:
            return f"Ce PDF contient {what}.", _AGAIN
    if view.twice:
        return _TWICE
    if not 0 < view.pages <= _MOST_PAGES:
        return (
            f"Ce PDF n’a pas de page lisible, ou en a plus de {_MOST_PAGES}.",
            "Joignez un PDF, ou une image JPEG, PNG ou GIF.",
        )
    return None


def _acts(one: Words) -> str | None:
    """Return what a dictionary would have a reader do that a paper to read does not need."""
    named = (*one.keys, *(one.names[key] for key in _SAYS_WHAT if key in one.names))
    for name in named:
        if name in _ACTIVE:
            return _ACTIVE[name]
    if one.stream and one.keys & _ELSEWHERE:
        return "le renvoi à un autre fichier"
    if any(not _LINKS.match(link) for link in _links_of(one)):
        return "un lien qui n’est pas une adresse du web"
    if _is_action(one):
        kind = one.names["/S"]
        turned = kind != "/Named" or one.names.get("/N") in _PAGES_TURNED
        if kind not in _HARMLESS or not turned:
            return f"une action qu’un document à lire n’a pas ({kind.removeprefix('/')[:30]})"
    return None


def _is_action(one: Words) -> bool:
    """Return whether a dictionary is an action: by what it says of itself, or by what holds it."""
    kind = one.names.get("/S")
    stated = one.names.get("/Type") == "/Action" or kind in _TO_A_FILE
    return kind is not None and (stated or one.under in HOLD_ACTIONS)


def _links_of(one: Words) -> list[str]:
    return [one.texts[key] for key in ("/URI", "/Base") if key in one.texts]
