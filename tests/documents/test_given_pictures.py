"""Pictures that somebody gives: what they ask for is known before anything is decoded."""

import io
from time import process_time

import pytest
from PIL import Image
from tiring_pictures import many_scans

from iprof_kit.given.pictures import BOX, NotShown, checked, made_small, scans_of

ALL = ("JPEG", "PNG", "GIF")


def written(kind="JPEG", size=(640, 480), mode="RGB", **words):
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert(mode).save(out, kind, **words)
    return out.getvalue()


def shot_twice():
    """Return what a telephone writes: a picture, and in the same file its map of lights."""
    out = io.BytesIO()
    first = Image.new("RGB", (400, 300), "teal")
    first.save(out, "MPO", save_all=True, append_images=[first.resize((40, 30))])
    return out.getvalue()


@pytest.mark.parametrize("size", [(7000, 7000), (5000, 6000), (590, 790)])
def test_w01_a_progressive_picture_of_thousands_of_scans_is_not_decoded(size):
    content, begun = many_scans(size, 3_000), process_time()
    assert len(content) < 700_000
    for opened in (lambda: checked(content, ALL), lambda: made_small(content)):
        with pytest.raises(NotShown) as refused:
            opened()
        assert refused.value.why == "scans"
    assert process_time() - begun < 0.5


def test_w01_scans_hidden_behind_segments_and_between_others_are_counted():
    content = many_scans((64, 64), 40)
    assert scans_of(content) == 41
    head, rest = content[:2], content[2:]
    with_a_drawing = head + b"\xff\xe1\x00\x06\xff\xda\xff\xd9" + rest
    assert scans_of(with_a_drawing) == 41
    assert scans_of(content.replace(b"\xff\xda", b"\xff\xff\xff\xda")) == 41


def test_w12_a_picture_that_holds_another_after_its_end_counts_its_own_scans():
    plain = written()
    assert scans_of(plain) == 1
    assert scans_of(plain + many_scans((64, 64), 500)) == 1


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (written(progressive=True, quality=95), "image/jpeg"),
        (written(size=(4000, 3000)), "image/jpeg"),
        (written(mode="CMYK"), "image/jpeg"),
        (written(mode="L", progressive=True), "image/jpeg"),
        (shot_twice(), "image/jpeg"),
        (written("PNG", mode="RGBA"), "image/png"),
        (written("GIF", mode="P"), "image/gif"),
    ],
)
def test_w12_what_a_telephone_or_a_scanner_writes_is_read(content, kind):
    assert checked(content, ALL) == kind


def test_w12_a_photo_keeps_its_look_whatever_its_size():
    lying = Image.Exif()
    lying[0x0112] = 6  # the telephone was held upright
    made, size = made_small(written(size=(4800, 3600), exif=lying))
    assert size == BOX
    image = Image.open(io.BytesIO(made))
    assert (image.size, image.getexif()) == (BOX, {})
    same = Image.radial_gradient("L").resize((4800, 3600)).rotate(-90, expand=True).resize(BOX)
    here, there = image.convert("L"), same
    assert all(
        abs(here.getpixel(at) - there.getpixel(at)) < 6 for at in [(9, 9), (300, 400), (590, 30)]
    )


@pytest.mark.parametrize("cut", [30, 200, 2_000])
def test_w12_a_picture_cut_short_is_damaged(cut):
    with pytest.raises(NotShown) as refused:
        checked(written()[:cut], ALL)
    assert refused.value.why in {"damaged", "other"}
