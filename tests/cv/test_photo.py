"""A photo is what its content says: turned upright, made small, without what the camera wrote."""

import base64
import io
from datetime import date

import pytest
from PIL import Image

from iprof_kit.base.errors import InputError
from iprof_kit.cv.inputs import read
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.outputs import json_resume, own
from iprof_kit.cv.person import Identite, Photo
from iprof_kit.cv.photo import LARGEST_FILE, kept, read_photo
from iprof_kit.given.pictures import BOX

TODAY = date(2026, 11, 25)
RED, BLUE = (220, 30, 30), (30, 30, 220)


def picture(kind="JPEG", size=(300, 400), mode="RGB", colour=RED, **options):
    out = io.BytesIO()
    Image.new(mode, size, colour).save(out, kind, **options)
    return out.getvalue()


def opened(photo):
    return Image.open(io.BytesIO(base64.b64decode(photo.base64)))


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_is_read_and_its_size_said(kind):
    photo = read_photo(picture(kind))
    assert opened(photo).size == (photo.largeur, photo.hauteur) == (300, 400)
    assert opened(photo).format == "JPEG"
    assert photo.type_media == "image/jpeg"


def test_a_large_picture_is_made_small_in_its_proportions():
    photo = read_photo(picture(size=(3000, 2000)))
    assert (photo.largeur, photo.hauteur) == (BOX[0], 400)


def test_a_picture_is_turned_as_the_camera_says_and_nothing_else_of_the_camera_stays():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Appareil de Camille"
    photo = read_photo(picture(size=(400, 200), exif=exif))
    assert (photo.largeur, photo.hauteur) == (200, 400)
    assert not opened(photo).getexif()
    assert b"Camille" not in base64.b64decode(photo.base64)


def test_what_is_transparent_becomes_white():
    photo = read_photo(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert opened(photo).getpixel((150, 200)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK"])
def test_pictures_of_other_colour_modes_are_read(mode):
    colour = (0, 0, 0, 0) if mode == "CMYK" else 1
    kind = "JPEG" if mode in ("L", "CMYK") else "PNG"
    assert opened(read_photo(picture(kind, mode=mode, colour=colour))).mode == "RGB"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vide"),
        (b"%PDF-1.7", "un PDF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"<html>photo.jpg</html>", "page web"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"MZ\x90\x00", "programme"),
        (b"Je suis une photo", "ni du PNG ni du JPEG"),
        (picture("GIF"), "GIF"),
        (picture("BMP"), "BMP"),
        (picture()[:-200], "abîmée"),
        (picture("PNG", size=(80, 80))[:60], "abîmée"),
    ],
)
def test_what_is_not_a_png_or_jpeg_picture_is_refused_whatever_its_name(content, words):
    with pytest.raises(InputError, match=words) as caught:
        read_photo(content)
    assert caught.value.remedy


def test_a_file_of_twenty_megabytes_is_refused_before_being_looked_at():
    with pytest.raises(InputError, match="20,0 Mo"):
        read_photo(picture() + b"\x00" * (20_000_000 - len(picture())))
    assert LARGEST_FILE == 5_000_000


@pytest.mark.parametrize("side", [8_000, 20_000])
def test_a_small_file_that_holds_a_giant_picture_is_refused_before_being_decoded(side):
    bomb = picture("PNG", size=(side, side), mode="1", colour=1)
    assert len(bomb) < LARGEST_FILE
    with pytest.raises(InputError, match="trop de points"):
        read_photo(bomb)


def test_a_photo_goes_round_with_its_cv():
    cv = Cv(faits=Faits(identite=Identite(nom="Martin", photo=read_photo(picture(colour=BLUE)))))
    for dump in (own.dump, json_resume.dump):
        assert read(dump(cv), Cv(), TODAY).cv_propose == cv


def test_a_photo_inside_a_file_is_looked_at_too():
    good = read_photo(picture())
    assert kept(good) == good
    liar = good.model_copy(update={"type_media": "image/png", "largeur": 1})
    assert (kept(liar).type_media, kept(liar).largeur) == ("image/jpeg", 300)
    lie = Photo(
        type_media="image/png", base64=base64.b64encode(b"<html>").decode(), largeur=1, hauteur=1
    )
    assert kept(lie) is None
    assert kept(lie.model_copy(update={"base64": "pas du base64 !"})) is None
    preview = read(
        own.dump(Cv(faits=Faits(identite=Identite(nom="Martin", photo=lie)))), Cv(), TODAY
    )
    assert preview.cv_propose.faits.identite.photo is None
    assert any("photo" in one.message for one in preview.remarques)
