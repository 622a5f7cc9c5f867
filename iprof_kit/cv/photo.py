"""The photo: read from its content whatever its name says, turned upright, made small again."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from iprof_kit.base.errors import InputError
from iprof_kit.cv.person import Photo
from iprof_kit.given.pictures import MEDIA_TYPES, NotShown, is_small, made_small, opened
from iprof_kit.given.signs import SIGNS

LARGEST_FILE = 5_000_000
_REMEDY = "Choisissez une photo en PNG ou en JPEG."


def read_photo(content: bytes) -> Photo:
    """Return the picture in a file, upright, without what the camera wrote in it.

    Raises
    ------
    InputError
        More than 5 MB, not a PNG or JPEG image whatever its name, or unreadable.
    """
    if len(content) > LARGEST_FILE:
        raise _refused(
            f"le fichier pèse {len(content) / 1e6:.1f} Mo, la limite est de 5 Mo.".replace(
                ".", ",", 1
            ),
            "Réduisez la photo, ou choisissez-en une autre.",
        )
    try:
        made, (width, height) = made_small(content)
    except NotShown as error:
        raise _fault(error, content) from error
    text = base64.b64encode(made).decode("ascii")
    return Photo(type_media="image/jpeg", base64=text, largeur=width, hauteur=height)


def kept(photo: Photo) -> Photo | None:
    """Return a photo that came inside a file, as it is where `read_photo` could have made it.

    Anything else that holds a picture is read anew; None where there is no picture.
    """
    try:
        content = base64.b64decode(photo.base64, validate=True)
        image = opened(content)
        claimed = (photo.type_media, photo.largeur, photo.hauteur)
        if is_small(image) and claimed == (MEDIA_TYPES[str(image.format)], *image.size):
            return photo
        return read_photo(content)
    except (InputError, NotShown, binascii.Error, ValueError):
        return None


def from_base64(text: str) -> Photo | None:
    """Return the picture that a text holds, as `kept` keeps it; None where there is none."""
    try:
        image = opened(base64.b64decode(text, validate=True))
    except (NotShown, binascii.Error, ValueError):
        return None
    kind: Any = MEDIA_TYPES[str(image.format)]
    return kept(Photo(type_media=kind, base64=text, largeur=image.width, hauteur=image.height))


def _fault(error: NotShown, content: bytes) -> InputError:
    if error.why == "other":
        return _refused(f"ce fichier n’est pas une photo : {_looks_like(content)}.")
    if error.why == "points":
        return _refused("cette image a trop de points pour une photo.", "Réduisez la photo.")
    if error.why == "scans":
        return _refused(
            "cette image est trop longue à décoder.", "Enregistrez-la de nouveau en JPEG ordinaire."
        )
    return _refused("cette image est abîmée.")


def _looks_like(content: bytes) -> str:
    head = content.lstrip()[:200]
    if not head:
        return "il est vide"
    if content[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"):
        return "c’est une image HEIC ou AVIF, que le kit ne lit pas"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "c’est une image WebP, que le kit ne lit pas"
    other_kind = next((words for sign, words in SIGNS if head.startswith(sign)), None)
    return f"c’est {other_kind}" if other_kind else "son contenu n’est ni du PNG ni du JPEG"


def _refused(message: str, remedy: str = _REMEDY) -> InputError:
    return InputError(message, where="Photo", remedy=remedy)
