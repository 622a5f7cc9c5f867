"""A paper joined to a report: what it is by its content, whatever its name says, or why not."""

from __future__ import annotations

import io
import unicodedata
import warnings
from collections.abc import Iterator
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError
from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from iprof_kit.base.errors import InputError
from iprof_kit.base.typography import french
from iprof_kit.cv.photo import LARGEST_PIXELS, SIGNS
from iprof_kit.services.contract_dossier import LARGEST_PIECE

LONGEST_FILE_NAME = 120
_PDF = "application/pdf"
_ENDS = {
    ".pdf": _PDF, ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".jpe": "image/jpeg",
    ".png": "image/png", ".gif": "image/gif",
}  # fmt: skip
_WORDS = {
    _PDF: "un PDF", "image/jpeg": "une image JPEG", "image/png": "une image PNG",
    "image/gif": "une image GIF",
}  # fmt: skip
_WANTED = "Joignez un PDF, ou une image JPEG, PNG ou GIF."
_MOST_OBJECTS, _DEEPEST = 20_000, 40
_ACTIVE = {
    "/JavaScript": "un programme", "/JS": "un programme", "/Launch": "l’ordre d’ouvrir un "
    "programme", "/EmbeddedFile": "un autre fichier", "/EmbeddedFiles": "un autre fichier",
    "/RichMedia": "un média actif", "/XFA": "un formulaire actif", "/SubmitForm": "l’ordre "
    "d’envoyer des données", "/ImportData": "l’ordre de lire un fichier",
}  # fmt: skip
"""Names that a paper to read does not need, as keys or as kinds of action."""


def media_type_of(content: bytes, name: str) -> str:
    """Return the media type of a paper, from its content.

    Raises
    ------
    InputError
        Empty, too large, of another kind, damaged, protected, active, or not what its name says.
    """
    if not content:
        raise _refused("Ce fichier est vide.")
    if len(content) > LARGEST_PIECE:
        raise _refused(too_large(len(content)), "Réduisez-le, ou découpez-le en plusieurs pièces.")
    found = _pdf(content) if content.startswith(b"%PDF-") else _image(content)
    said = _ENDS.get(PurePosixPath(name.lower()).suffix)
    if said is not None and said != found:
        raise _refused(
            f"Son nom annonce {_WORDS[said]}, son contenu est {_WORDS[found]}.",
            "Donnez-lui le nom qui convient, puis joignez-le de nouveau.",
        )
    if said is None and PurePosixPath(name).suffix:
        raise _refused(
            f"Son nom finit par « {PurePosixPath(name).suffix[:12]} », son contenu est "
            f"{_WORDS[found]}.", "Donnez-lui le nom qui convient, puis joignez-le de nouveau.",
        )  # fmt: skip
    return found


def too_large(size: int) -> str:
    """Return « Ce fichier pèse 7,2 Mo, la limite est de 5 Mo. »."""
    shown = f"{size / 1e6:.1f}".replace(".", ",")
    return f"Ce fichier pèse {shown} Mo, la limite est de {LARGEST_PIECE // 1_000_000} Mo."


def clean_name(name: str) -> str:
    """Return the last part of a file's name, without what a screen or a system would obey."""
    last = name.replace("\\", "/").rpartition("/")[2]
    kept = (
        " " if unicodedata.category(one)[0] in "CZ" or one in '"<>|:*?' else one for one in last
    )
    plain = " ".join("".join(kept).split()).lstrip(".")
    stem, dot, end = plain.rpartition(".")
    if dot and len(plain) > LONGEST_FILE_NAME and len(end) <= 5:
        return f"{stem[: LONGEST_FILE_NAME - len(end) - 1]}.{end}"
    return plain[:LONGEST_FILE_NAME] or "piece"


def _image(content: bytes) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "GIF"))
            if image.width * image.height > LARGEST_PIXELS:
                raise _refused("Cette image a trop de points.", "Réduisez-la.")
            image.load()
    except UnidentifiedImageError:
        raise _refused(f"{_looks_like(content)}") from None
    except Image.DecompressionBombError:
        raise _refused("Cette image a trop de points.", "Réduisez-la.") from None
    except InputError:
        raise
    except Exception:  # whatever a decoder meets in a hostile file
        raise _refused("Cette image est abîmée.", "Enregistrez-la de nouveau.") from None
    return str(Image.MIME[str(image.format)])


def _pdf(content: bytes) -> str:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _refused("Ce PDF est protégé par un mot de passe.", "Retirez la protection.")
        if not reader.pages or len(reader.pages) > 500:
            raise _refused("Ce PDF n’a pas de page lisible, ou en a plus de 500.")
        for name in _names(reader):
            if name in _ACTIVE:
                raise _refused(
                    f"Ce PDF contient {_ACTIVE[name]}.",
                    "Imprimez-le dans un nouveau PDF, puis joignez celui-ci.",
                )
    except InputError:
        raise
    except (PyPdfError, RecursionError):
        raise _refused("Ce PDF est abîmé.", "Enregistrez-le de nouveau.") from None
    except Exception:  # whatever a parser meets in a hostile file
        raise _refused("Ce PDF est abîmé.", "Enregistrez-le de nouveau.") from None
    return _PDF


def _names(reader: PdfReader) -> Iterator[str]:
    """Yield the keys of every object, and the names that say what an action does."""
    waiting: list[tuple[object, int]] = [(reader.trailer, 0)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        found, depth = waiting.pop()
        if isinstance(found, IndirectObject):
            mark = (found.idnum, found.generation)
            if mark in seen:
                continue
            seen.add(mark)
            if len(seen) > _MOST_OBJECTS:
                raise _refused("Ce PDF est trop compliqué pour être vérifié.",
                               "Imprimez-le dans un nouveau PDF.")  # fmt: skip
            found, depth = found.get_object(), 0
        if depth > _DEEPEST:
            raise _refused("Ce PDF est trop compliqué pour être vérifié.",
                           "Imprimez-le dans un nouveau PDF.")  # fmt: skip
        if isinstance(found, DictionaryObject):
            for key, value in found.items():
                yield str(key)
                if key in ("/S", "/Type", "/Subtype"):
                    yield str(value)
                waiting.append((found.raw_get(key), depth + 1))
        elif isinstance(found, ArrayObject):
            waiting.extend((one, depth + 1) for one in list.__iter__(found))


def _looks_like(content: bytes) -> str:
    head = content.lstrip()[:200]
    found = next((words for sign, words in SIGNS if head.startswith(sign)), None)
    return f"Ce fichier est {found}." if found else "Ce fichier n’est ni un PDF ni une image lue."


def _refused(message: str, remedy: str = _WANTED) -> InputError:
    return InputError(french(message), where="Pièce", remedy=french(remedy))
