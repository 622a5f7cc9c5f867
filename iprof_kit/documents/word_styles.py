"""The styles of a DOCX: those of the word processor, sober, and a few of our own."""

from __future__ import annotations

from typing import cast

from docx.document import Document as WordFile
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import CharacterStyle, ParagraphStyle

_INK, _QUIET, _ACCENT = (
    RGBColor(0x1C, 0x25, 0x26), RGBColor(0x4A, 0x5A, 0x5C), RGBColor(0x0B, 0x5C, 0x6B),
)  # fmt: skip
_FONT = "Calibri"  # what its owner has where she goes on writing; ours she has not
_DATES = Cm(4.2)


def prepare(made: WordFile, lang: str) -> None:
    """Give a new file its page, its language and its styles."""
    page = made.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    _usual(made, lang)
    _own(made)


def _usual(made: WordFile, lang: str) -> None:
    normal = _style(made, "Normal", 10.5, _INK)
    _spaced(normal, after=3)
    for language in made.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), f"{lang}-FR" if lang == "fr" else lang)
    _spaced(_style(made, "Title", 24, _INK, bold=True), after=2)
    _spaced(_style(made, "Subtitle", 12, _QUIET), after=6)
    _spaced(_style(made, "Heading 1", 13, _ACCENT, bold=True), before=12, after=3)
    _spaced(_style(made, "Heading 2", 11, _INK, bold=True), before=6, after=2)
    bullet = _style(made, "List Bullet", 10.5, _INK)
    bullet.paragraph_format.left_indent = _DATES + Cm(0.5)
    bullet.paragraph_format.first_line_indent = Cm(-0.5)
    _spaced(bullet, after=1)


def _own(made: WordFile) -> None:
    entry = _new(made, "Entrée", before=4)
    entry.paragraph_format.left_indent = _DATES
    entry.paragraph_format.first_line_indent = -_DATES
    entry.paragraph_format.tab_stops.add_tab_stop(_DATES)
    entry.paragraph_format.keep_with_next = True
    for name in ("Détails", "Précisions"):
        _new(made, name, after=1).paragraph_format.left_indent = _DATES
    cast(ParagraphStyle, made.styles["Détails"]).font.color.rgb = _QUIET
    _new(made, "Fait", after=1)
    _new(made, "Coordonnées", after=0)
    right = _new(made, "Destinataire", after=0)
    right.paragraph_format.left_indent = Cm(9)
    _new(made, "Objet", before=12, after=12).font.bold = True
    dates = cast(CharacterStyle, made.styles.add_style("Dates", WD_STYLE_TYPE.CHARACTER))
    dates.font.color.rgb = _QUIET


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
