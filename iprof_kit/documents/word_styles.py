"""The styles of a DOCX: those of the word processor, sober, arranged as each template is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

_INK, _QUIET = RGBColor(0x1C, 0x25, 0x26), RGBColor(0x4A, 0x5A, 0x5C)
_ACCENT, _DARK = RGBColor(0x0B, 0x5C, 0x6B), RGBColor(0x0B, 0x3F, 0x49)
_WHITE = RGBColor(0xFF, 0xFF, 0xFF)
_FONT = "Calibri"  # what its owner has where she goes on writing; ours she has not


@dataclass(frozen=True)
class Look:
    """How a template arranges a page, as a word processor can."""

    size: float = 10.5
    name_size: float = 22
    head_size: float = 12.5
    head_colour: RGBColor = _INK
    head_line: RGBColor | None = _INK
    """The line under the title of a section; None: no line."""
    head_ground: str = ""
    """What is behind the title of a section, as « EEF1F1 »."""
    banner: bool = False
    """Whether the name stands on a dark ground."""
    centred: bool = False
    """Whether the head of the page is centred."""
    numbered: bool = False
    """Whether sections are numbered."""
    margins: tuple[float, float] = (2.1, 1.8)
    """At the sides, above and below, in centimetres."""
    dates: float = 4.6
    """Width of the column of dates, in centimetres."""
    space: float = 4
    """Points before each line."""

    @property
    def longest_date(self) -> int:
        """Return how many characters the column of dates holds, at the width of Calibri."""
        return int(self.dates * 28.35 / (self.size * 0.51)) - 1


LOOKS = {
    "classique": Look(),
    "moderne": Look(size=10, name_size=24, head_size=12, head_colour=_ACCENT, head_line=None,
                    banner=True, margins=(1.8, 1.5), dates=4.2),
    "une_page": Look(size=9, name_size=19, head_size=10.5, head_colour=_ACCENT,
                     head_line=_ACCENT, margins=(1.5, 1.2), dates=3.8, space=2),
    "statutaire": Look(name_size=16, head_size=12, head_line=None, head_ground="EEF1F1",
                       centred=True, numbered=True, margins=(2.2, 2)),
}  # fmt: skip
"""As `templates/*.typ`."""


def prepare(made: WordFile, lang: str, look: Look) -> None:
    """Give a new file its page, its language and its styles."""
    page = made.sections[0]
    side, end = look.margins
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(side)
    page.top_margin = page.bottom_margin = Cm(end)
    _usual(made, lang, look)
    _own(made, look)


def _usual(made: WordFile, lang: str, look: Look) -> None:
    _spaced(_style(made, "Normal", look.size, _INK), after=3)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), f"{lang}-FR" if lang == "fr" else lang)
    _heads(made, look)
    one = _style(made, "Heading 1", look.head_size, look.head_colour, bold=True)
    _spaced(one, before=look.space * 3, after=3)
    if look.head_line is not None:
        _underlined(one, look.head_line)
    if look.head_ground:
        _grounded(one, look.head_ground)
    two = _style(made, "Heading 2", look.size, _ACCENT if look.head_line else _INK, bold=True)
    _spaced(two, before=6, after=2)
    bullet = _style(made, "List Bullet", look.size, _INK)
    bullet.paragraph_format.left_indent = Length(Cm(look.dates) + Cm(0.5))
    bullet.paragraph_format.first_line_indent = Cm(-0.5)
    _spaced(bullet, after=1)


def _heads(made: WordFile, look: Look) -> None:
    """Give the name and what stands around it their styles."""
    name = _style(made, "Title", look.name_size, _WHITE if look.banner else _INK, bold=True)
    under = _style(made, "Subtitle", 12, _WHITE if look.banner else _QUIET)
    _spaced(name, after=0 if look.banner else 2)
    _spaced(under, after=0 if look.banner else 6)
    for style in (name, under):
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
        if look.centred:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if look.banner:
            _grounded(style, str(_DARK))


def _own(made: WordFile, look: Look) -> None:
    width = Cm(look.dates)
    entry = _new(made, "Entrée", before=look.space)
    entry.paragraph_format.left_indent = width
    entry.paragraph_format.first_line_indent = Length(-width)
    entry.paragraph_format.tab_stops.add_tab_stop(width)
    entry.paragraph_format.keep_with_next = True
    for name in ("Détails", "Précisions"):
        _new(made, name, after=1).paragraph_format.left_indent = width
    cast(ParagraphStyle, made.styles["Détails"]).font.color.rgb = _QUIET
    _new(made, "Fait", after=1)
    contact = _new(made, "Coordonnées", after=0)
    if look.centred:
        contact.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    right = _new(made, "Destinataire", after=0)
    right.paragraph_format.left_indent = Cm(9)
    _new(made, "Objet", before=12, after=12).font.bold = True
    dates = cast(CharacterStyle, made.styles.add_style("Dates", WD_STYLE_TYPE.CHARACTER))
    dates.font.color.rgb = _QUIET
    link = cast(CharacterStyle, made.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, True))
    link.font.color.rgb, link.font.underline = _ACCENT, True


def _underlined(style: ParagraphStyle, colour: RGBColor) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "2"), ("color", str(colour))):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    style.element.get_or_add_pPr().insert_element_before(
        borders,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:outlineLvl",
    )


def _grounded(style: ParagraphStyle, colour: str) -> None:
    ground = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        ground.set(qn(f"w:{name}"), value)
    style.element.get_or_add_pPr().insert_element_before(
        ground, "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _style(
    made: WordFile, name: str, size: float, colour: RGBColor, *, bold: bool = False
) -> ParagraphStyle:
    style = cast(ParagraphStyle, made.styles[name])
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{script}"), None)
    fonts.set(qn("w:cs"), _FONT)
    return style


def _new(made: WordFile, name: str, before: float = 0, after: float = 3) -> ParagraphStyle:
    style = cast(ParagraphStyle, made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH))
    style.base_style = made.styles["Normal"]
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    _spaced(style, before, after)
    return style


def _spaced(style: ParagraphStyle, before: float = 0, after: float = 0) -> None:
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
