"""A paper joined to a report: what it is by its content, whatever its name says, or why not."""

from __future__ import annotations

import io
import unicodedata
import warnings
import zipfile
from pathlib import PurePosixPath

from PIL import Image, UnidentifiedImageError

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import french
from iprof_kit.cv.photo import LARGEST_PIXELS, SIGNS
from iprof_kit.services.contract.own_file import LARGEST_PIECE
from iprof_kit.services.workers.pdf_reading import fault_of

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
_ALSO = (
    (b"<script", "une page web"), (b"<html", "une page web"), (b"<!doctype", "une page web"),
    (b"<?php", "un programme"), (b"rar!\x1a\x07", "une archive"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
)  # fmt: skip
"""Signs, in small letters, that a picture is something else too."""
_PDF_HEAD = 1024
"""Bytes among which readers of PDF look for its beginning."""
_WANTED = "Joignez un PDF, ou une image JPEG, PNG ou GIF."


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
    media_type = _pdf(content) if content.startswith(b"%PDF-") else _image(content)
    announced_type = _ENDS.get(PurePosixPath(name.lower()).suffix)
    if announced_type is not None and announced_type != media_type:
        raise _refused(
            f"Son nom annonce {_WORDS[announced_type]}, son contenu est {_WORDS[media_type]}.",
            "Donnez-lui le nom qui convient, puis joignez-le de nouveau.",
        )
    if announced_type is None and PurePosixPath(name).suffix:
        raise _refused(
            f"Son nom finit par « {PurePosixPath(name).suffix[:12]} », son contenu est "
            f"{_WORDS[media_type]}.",
            "Donnez-lui le nom qui convient, puis joignez-le de nouveau.",
        )
    return media_type


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
    if also := _also(content):
        raise _refused(f"Cette image est aussi {also}.", "Enregistrez-la de nouveau comme image.")
    return str(Image.MIME[str(image.format)])


def _also(content: bytes) -> str | None:
    """Return what else another program would see in a picture.

    Bytes after its end are not enough to refuse it: telephones write their own there.
    """
    if zipfile.is_zipfile(io.BytesIO(content)):
        return "une archive"
    if b"%PDF-" in content[:_PDF_HEAD]:
        return "un PDF"
    small = content.lower()
    return next((what for sign, what in _ALSO if sign in small), None)


def _pdf(content: bytes) -> str:
    if (fault := fault_of(content)) is not None:
        raise _refused(*fault)
    return _PDF


def _looks_like(content: bytes) -> str:
    head = content.lstrip()[:200]
    kind = next((words for sign, words in SIGNS if head.startswith(sign)), None)
    return f"Ce fichier est {kind}." if kind else "Ce fichier n’est ni un PDF ni une image lue."


def _refused(message: str, remedy: str = _WANTED) -> InputError:
    return InputError(french(message), where="Pièce", remedy=french(remedy))
