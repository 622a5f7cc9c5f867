"""The zero of what is read has no bar; it keeps its place, its author's notice, another name."""

import pytest
from fontTools.ttLib import TTFont

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.documents.coverage import FONTS
from iprof_kit.ui.components.look import tokens_text

FACES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")


@pytest.mark.parametrize("face", FACES)
def test_the_open_zero_is_an_oval_and_its_counter_as_wide_as_the_barred_one(face):
    barred = TTFont(FONTS / f"AtkinsonHyperlegible_{face}.ttf")
    opened = TTFont(FONTS / f"ZeroOuvert_{face}.ttf")
    zero, was = opened["glyf"]["zero"], barred["glyf"]["zero"]
    assert (zero.numberOfContours, was.numberOfContours) == (2, 3)
    assert (zero.yMin, zero.yMax) == (was.yMin, was.yMax)
    assert opened["hmtx"]["zero"][0] == barred["hmtx"]["zero"][0]


@pytest.mark.parametrize("face", FACES)
def test_a_modified_face_has_another_name_and_keeps_notice_and_licence(face):
    opened = TTFont(FONTS / f"ZeroOuvert_{face}.ttf")
    names = {record.nameID: record.toUnicode() for record in opened["name"].names}
    assert not any("Atkinson" in names[which] for which in (1, 4, 6))
    assert "Braille Institute" in names[0]
    assert "SIL Open Font License" in names[13]


def test_the_pages_have_both_weights_before_the_letters():
    css = tokens_text()
    assert '--font: "Zero ouvert", var(--letters)' in css
    for weight in (400, 700):
        assert f"fonts/zero-ouvert-{weight}-normal.woff2" in css
        assert (VOILA_TEMPLATES / f"iprof/static/fonts/zero-ouvert-{weight}-normal.woff2").is_file()
