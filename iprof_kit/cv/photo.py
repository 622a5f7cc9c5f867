"""The photo: read from its content whatever its name says, turned upright, made small again."""

from __future__ import annotations

import base64
import binascii
import io
import warnings
from typing import Any

from PIL import Image, ImageOps, UnidentifiedImageError

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import french
from iprof_kit.cv.person import Photo

LARGEST_FILE = 5_000_000
LARGEST_PIXELS = 50_000_000
BOX = (600, 800)
_QUALITY = 85
_FORMATS = ("PNG", "JPEG")
SIGNS = (
    (b"GIF8", "une image GIF"), (b"%PDF", "un PDF"), (b"PK\x03\x04", "un fichier compressé"),
    (b"BM", "une image BMP"), (b"II*\x00", "une image TIFF"), (b"MM\x00*", "une image TIFF"),
    (b"<svg", "un dessin SVG"), (b"<?xml", "un fichier XML"), (b"<", "une page web"),
    (b"MZ", "un programme"),
)  # fmt: skip
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
    image = ImageOps.exif_transpose(_opened(content))
    image.thumbnail(BOX, Image.Resampling.LANCZOS)
    return _written(_on_white(image))


def kept(photo: Photo) -> Photo | None:
    """Return a photo that came inside a file, as it is where `read_photo` could have made it.

    Anything else that holds a picture is read anew; None where there is no picture.
    """
    try:
        content = base64.b64decode(photo.base64, validate=True)
        image = _opened(content)
        claimed = (photo.type_media, photo.largeur, photo.hauteur)
        fits = image.width <= BOX[0] and image.height <= BOX[1]
        if fits and claimed == (Image.MIME[str(image.format)], *image.size) and not image.getexif():
            return photo
        return read_photo(content)
    except (InputError, binascii.Error, ValueError):
        return None


def from_base64(text: str) -> Photo | None:
    """Return the picture that a text holds, as `kept` keeps it; None where there is none."""
    try:
        image = _opened(base64.b64decode(text, validate=True))
    except (InputError, binascii.Error, ValueError):
        return None
    kind: Any = Image.MIME[str(image.format)]
    return kept(Photo(type_media=kind, base64=text, largeur=image.width, hauteur=image.height))


def _opened(content: bytes) -> Image.Image:
    """Return the whole picture decoded, its size looked at before."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image: Image.Image = Image.open(io.BytesIO(content), formats=_FORMATS)
            if image.width * image.height > LARGEST_PIXELS:
                raise _too_many()
            image.load()
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many() from error
    except UnidentifiedImageError as error:
        raise _refused(f"ce fichier n’est pas une photo : {_looks_like(content)}.") from error
    except (OSError, SyntaxError, ValueError) as error:
        raise _refused("cette image est abîmée.") from error
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        page = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(page, over).convert("RGB")
    return image.convert("RGB")


def _written(image: Image.Image) -> Photo:
    out = io.BytesIO()
    clean = Image.new("RGB", image.size)
    clean.paste(image)
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return Photo(
        type_media="image/jpeg",
        base64=base64.b64encode(out.getvalue()).decode("ascii"),
        largeur=clean.width,
        hauteur=clean.height,
    )


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


def _too_many() -> InputError:
    return _refused("cette image a trop de points pour une photo.", "Réduisez la photo.")


def _refused(message: str, remedy: str = _REMEDY) -> InputError:
    return InputError(french(message), where="Photo", remedy=french(remedy))
