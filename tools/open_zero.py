"""Draw the open zero of the kit from the outlines of Atkinson Hyperlegible, and write its faces.

Atkinson's zero is barred: right in a NUMEN, tiresome in a date or an amount. The bar leaves two
counters in the oval; one counter of their common size takes their place, everything else is kept.
The licence asks for another name. Run by hand, once, where the outlines change::

    uv run --with fonttools --with brotli tools/open_zero.py
"""

from __future__ import annotations

from math import radians, tan
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.reverseContourPen import ReverseContourPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[1]
OUTLINES = ROOT / "iprof_kit" / "documents" / "fonts"
PAGES = ROOT / "voila_templates" / "iprof" / "static" / "fonts"
NAME = "Zero ouvert"
FACES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
NAMES_WITH_FAMILY = {1: NAME, 16: NAME, 3: None, 4: None, 6: None}
"""Records of the table of names that hold the reserved name; None: made of family and style."""

Box = tuple[float, float, float, float]


def main() -> None:
    """Write the four faces of documents, and the two of the pages."""
    for face in FACES:
        font = TTFont(OUTLINES / f"AtkinsonHyperlegible_{face}.ttf")
        open_the_zero(font)
        keep_zero_alone(font)
        rename(font, face.partition("0")[2].lstrip("0").replace("_", " "))
        font.save(OUTLINES / f"ZeroOuvert_{face}.ttf")
        if "Italic" not in face:
            font.flavor = "woff2"
            font.save(PAGES / f"zero-ouvert-{face[:3]}-normal.woff2")


def open_the_zero(font: TTFont) -> None:
    """Replace the two counters of the barred zero by one of their common size."""
    slant = tan(radians(-font["post"].italicAngle))
    glyphs = font.getGlyphSet()
    upright = DecomposingRecordingPen(glyphs)
    glyphs["zero"].draw(TransformPen(upright, (1, 0, -slant, 1, 0, 0)))
    outer, *counters = contours(upright.value)
    inside = [box(counter) for counter in counters]
    hole = (
        min(b[0] for b in inside),
        min(b[1] for b in inside),
        max(b[2] for b in inside),
        max(b[3] for b in inside),
    )
    drawn = TTGlyphPen(None)
    slanted = TransformPen(drawn, (1, 0, slant, 1, 0, 0))
    replay(outer, slanted)
    replay(outer, ReverseContourPen(TransformPen(slanted, onto(box(outer), hole))))
    width = font["hmtx"]["zero"][0]
    font["glyf"]["zero"] = glyph = drawn.glyph()
    glyph.recalcBounds(font["glyf"])
    font["hmtx"]["zero"] = (width, glyph.xMin)


def contours(commands: list) -> list[list]:
    """Return the commands of each contour, the outer one first."""
    cut: list[list] = []
    for command in commands:
        if command[0] == "moveTo":
            cut.append([])
        cut[-1].append(command)
    return sorted(cut, key=lambda c: box(c)[0])


def box(commands: list) -> Box:
    """Return the smallest box that holds the points of a contour."""
    points = [point for _, given in commands for point in given if point]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def onto(source: Box, target: Box) -> tuple[float, ...]:
    """Return the transformation that takes a box onto another."""
    across = (target[2] - target[0]) / (source[2] - source[0])
    up = (target[3] - target[1]) / (source[3] - source[1])
    return across, 0, 0, up, target[0] - source[0] * across, target[1] - source[1] * up


def replay(commands: list, pen: object) -> None:
    """Draw the commands of a contour again."""
    for name, given in commands:
        getattr(pen, name)(*given)


def keep_zero_alone(font: TTFont) -> None:
    """Leave nothing but zero, and its tabular form."""
    options = Options()
    options.layout_features = ["tnum"]
    options.name_IDs = [0, 1, 2, 3, 4, 6, 13, 14]
    options.hinting = False
    options.notdef_outline = False
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[ord("0")])
    subsetter.subset(font)


def rename(font: TTFont, style: str) -> None:
    """Give the face its own name; author and licence stay."""
    full = f"{NAME} {style}"
    for record in font["name"].names:
        if record.nameID in NAMES_WITH_FAMILY:
            new = NAMES_WITH_FAMILY[record.nameID]
            plain = full.replace(" ", "") if record.nameID == 6 else full
            record.string = new or plain


if __name__ == "__main__":
    main()
