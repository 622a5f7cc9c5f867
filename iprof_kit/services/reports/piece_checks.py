"""A paper joined to a report: what it is by its content, whatever its name says, or why not."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from iprof_kit.base.errors import InputError
from iprof_kit.given.papers import WANTED
from iprof_kit.services.contract.own_file import LARGEST_PIECE
from iprof_kit.services.workers.opening import paper_of

LONGEST_FILE_NAME = 120
_PDF = "application/pdf"
_ENDS = {
    ".pdf": _PDF,
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".jpe": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
}
_WORDS = {
    _PDF: "un PDF",
    "image/jpeg": "une image JPEG",
    "image/png": "une image PNG",
    "image/gif": "une image GIF",
}


def media_type_of(content: bytes, name: str) -> str:
    """Return the media type of a paper, from its content, opened in a process of its own.

    Raises
    ------
    InputError
        Empty, too large, of another kind, damaged, protected, active, or not what its name says.
    """
    if not content:
        raise _refused("Ce fichier est vide.")
    if len(content) > LARGEST_PIECE:
        raise _refused(too_large(len(content)), "Réduisez-le, ou découpez-le en plusieurs pièces.")
    media_type, fault = paper_of(content)
    if fault is not None:
        raise _refused(*fault)
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


def _refused(message: str, remedy: str = WANTED) -> InputError:
    return InputError(message, where="Pièce", remedy=remedy)
