"""A PDF looked through before it is kept: what it holds, and what it would have a reader do."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

from iprof_kit.given.faults import Fault

_MOST_PAGES, _MOST_OBJECTS, _DEEPEST = 500, 20_000, 40
_ACTIVE = {
    "/JavaScript": "un programme", "/JS": "un programme", "/XFA": "un formulaire actif",
    "/EF": "un autre fichier", "/EmbeddedFile": "un autre fichier",
    "/EmbeddedFiles": "un autre fichier", "/FileAttachment": "un autre fichier",
    "/RichMedia": "un média actif", "/Rendition": "un média actif", "/Movie": "un média actif",
    "/Launch": "l’ordre d’ouvrir un programme",
    "/GoToR": "l’ordre d’ouvrir un fichier", "/GoToE": "l’ordre d’ouvrir un fichier",
    "/SubmitForm": "l’ordre d’envoyer des données", "/ImportData": "l’ordre de lire un fichier",
}  # fmt: skip
"""Names that a paper to read does not need, as keys or as kinds of action."""

_LINKS = re.compile(r"(https?://|mailto:|www\.)", re.IGNORECASE)
"""How a link that a paper may carry begins; any other scheme asks a program to do something."""
_END, _EMPTY = b"%%EOF", b" \t\r\n\f\0"

_LINK = "a link of another kind"
DAMAGED: Fault = ("Ce PDF est abîmé.", "Enregistrez-le de nouveau.")
_AGAIN = "Imprimez-le dans un nouveau PDF, puis joignez celui-ci."
COMPLICATED: Fault = ("Ce PDF est trop compliqué pour être vérifié.", _AGAIN)


def is_pdf(content: bytes) -> bool:
    """Return whether a file begins as a PDF does."""
    return content.startswith(b"%PDF-")


def fault_of(content: bytes) -> Fault | None:
    """Return why a PDF is refused, or None."""
    from pypdf import PdfReader
    from pypdf.errors import LimitReachedError

    if more_than_a_pdf(content):
        return "Ce PDF contient autre chose après sa fin.", _AGAIN
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return "Ce PDF est protégé par un mot de passe.", "Retirez la protection."
        if not 0 < len(reader.pages) <= _MOST_PAGES:
            return (
                f"Ce PDF n’a pas de page lisible, ou en a plus de {_MOST_PAGES}.",
                "Joignez un PDF, ou une image JPEG, PNG ou GIF.",
            )
        for name in _names(reader.trailer):
            if name is None:
                return COMPLICATED
            if name in _ACTIVE:
                return f"Ce PDF contient {_ACTIVE[name]}.", _AGAIN
            if name == _LINK:
                return "Ce PDF contient un lien qui n’est pas une adresse du web.", _AGAIN
    except (LimitReachedError, MemoryError, RecursionError):
        return COMPLICATED
    except Exception:  # whatever a parser meets in a hostile file
        return DAMAGED
    return None


def more_than_a_pdf(content: bytes) -> bool:
    """Return whether something follows the end of a PDF, or it is an archive as well."""
    end = content.rfind(_END)
    after = content[end + len(_END) :] if end >= 0 else b""
    return bool(after.strip(_EMPTY)) or zipfile.is_zipfile(io.BytesIO(content))


def _names(trailer: object) -> Iterator[str | None]:
    """Yield the keys of every object, the names that say what an action does, and odd links.

    None where there is too much to look at.
    """
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[tuple[object, int]] = [(trailer, 0)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        node, depth = waiting.pop()
        if isinstance(node, IndirectObject):
            mark = (node.idnum, node.generation)
            if mark in seen:
                continue
            seen.add(mark)
            node, depth = node.get_object(), 0
        if depth > _DEEPEST or len(seen) > _MOST_OBJECTS:
            yield None
        if isinstance(node, DictionaryObject):
            for key, value in node.items():
                yield str(key)
                if key in ("/S", "/Type", "/Subtype"):
                    yield str(value)
                if key in ("/URI", "/Base") and not _is_web(node[key]):
                    yield _LINK
                waiting.append((node.raw_get(key), depth + 1))
        elif isinstance(node, ArrayObject):
            waiting.extend((one, depth + 1) for one in list.__iter__(node))


def _is_web(address: object) -> bool:
    """Return whether a link is one of the web; a dictionary of links is looked at by itself."""
    if isinstance(address, bytes):
        address = address.decode("latin-1")
    return not isinstance(address, str) or _LINKS.match(address) is not None
