"""Pictures that somebody gives: their size and their scans are read before anything is decoded."""

from __future__ import annotations

import io
import re
import warnings
from typing import Literal

from PIL import Image, ImageOps, UnidentifiedImageError

LARGEST_PIXELS = 50_000_000
MOST_SCANS = 100
MOST_DECODED = 1_000_000_000
"""Pixels times scans: twenty passes over the largest picture."""
BOX = (600, 800)
"""What a photo of a CV is made to fit."""
MEDIA_TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "GIF": "image/gif"}
"""By what the decoder calls them; a JPEG that holds a second picture for screens is one."""
_QUALITY, _EIGHTH = 85, 8
_ENOUGH = (2 * max(BOX), 2 * max(BOX))
"""A JPEG is decoded no larger than this needs: both ways, since the camera may have lain."""
_JPEG = b"\xff\xd8"
_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")
"""The next marker: neither a stuffed byte nor the restart of what is being read."""
_SCAN, _END, _ALONE = 0xDA, 0xD9, (0x01, 0xD8)
"""Markers: the start of a scan, the end of the picture, those that no length follows."""

Why = Literal["other", "points", "scans", "damaged"]


class NotShown(Exception):  # noqa: N818  # it says what happened
    """A picture that is not decoded, or whose decoding failed."""

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why: Why = why


def checked(content: bytes, formats: tuple[str, ...]) -> str:
    """Return the media type of a picture that can be read to its end.

    Raises
    ------
    NotShown
        It is of another kind, asks for too much, or is damaged.
    """
    image = _begun(content, formats)
    kind = MEDIA_TYPES[str(image.format)]
    _load(image, (image.width // _EIGHTH, image.height // _EIGHTH))
    return kind


def opened(content: bytes) -> Image.Image:
    """Return a PNG or JPEG photo decoded; one much larger than its box may come smaller than it is.

    Raises
    ------
    NotShown
        It is of another kind, asks for too much, or is damaged.
    """
    image = _begun(content, ("PNG", "JPEG"))
    _load(image, _ENOUGH)
    return image


def made_small(content: bytes) -> tuple[bytes, tuple[int, int]]:
    """Return a photo upright, small, without what the camera wrote in it, as a JPEG; its size.

    Raises
    ------
    NotShown
        As `opened` does.
    """
    image = ImageOps.exif_transpose(opened(content))
    image.thumbnail(BOX, Image.Resampling.LANCZOS)
    plain = _on_white(image)
    clean = Image.new("RGB", plain.size)
    clean.paste(plain)
    out = io.BytesIO()
    clean.save(out, "JPEG", quality=_QUALITY, optimize=True)
    return out.getvalue(), clean.size


def is_small(image: Image.Image) -> bool:
    """Return whether a picture is as `made_small` leaves it."""
    return image.width <= BOX[0] and image.height <= BOX[1] and not image.getexif()


def _begun(content: bytes, formats: tuple[str, ...]) -> Image.Image:
    """Return a picture of which the size alone was read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image: Image.Image = Image.open(io.BytesIO(content), formats=formats)
    except UnidentifiedImageError as error:
        raise NotShown("other") from error
    except Image.DecompressionBombError as error:
        raise NotShown("points") from error
    except Exception as error:  # whatever a decoder meets in a hostile file
        raise NotShown("damaged") from error
    pixels = image.width * image.height
    if pixels > LARGEST_PIXELS:
        raise NotShown("points")
    scans = scans_of(content) if content.startswith(_JPEG) else 1
    if scans > MOST_SCANS or scans * pixels > MOST_DECODED:
        raise NotShown("scans")
    return image


def _load(image: Image.Image, fitting: tuple[int, int]) -> None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            if all(fitting):
                image.draft(None, fitting)
            image.load()
    except MemoryError as error:
        raise NotShown("points") from error
    except Exception as error:  # whatever a decoder meets in a hostile file
        raise NotShown("damaged") from error


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        over = image.convert("RGBA")
        page = Image.new("RGBA", over.size, "white")
        return Image.alpha_composite(page, over).convert("RGB")
    return image.convert("RGB")


def scans_of(content: bytes) -> int:
    r"""Return how many times the whole picture is gone through to decode it.

    A progressive picture is sent in some ten scans; one of thousands, each of a few bytes, takes as
    long as thousands of pictures.

    Examples
    --------
    >>> scans_of(b"\xff\xd8\xff\xda\0\2one\xff\xda\0\2two\xff\xd9\xff\xda")
    2
    """
    scans, place = 0, 0
    while marker := _MARKER.search(content, place):
        kind, place = marker[1][0], marker.end()
        if kind == _END:
            return scans
        scans += kind == _SCAN
        if kind not in _ALONE:
            place += int.from_bytes(content[place : place + 2], "big")
    return scans
