"""A PDF is read by two parsers: what any reader would do with it is known before it is kept."""

import io
from datetime import date

import pikepdf
import pytest
from pypdf import PdfReader
from written_pdf import written_pdf

from iprof_kit.documents import render
from iprof_kit.documents.model import Document, Fact
from iprof_kit.given.pdf import fault_of

GOTO, SCRIPT = b"<</S/GoTo/D[3 0 R/Fit]>>", b"<</S/JavaScript/JS(app.alert(1))>>"
TWICE, FILE, ACTION = "deux fois la même chose", "autre fichier", "une action"
LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A%s>>]"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (written_pdf(b"/OpenAction" + GOTO + b"/OpenAction" + SCRIPT), ""),
        (written_pdf(b"/OpenAction" + SCRIPT + b"/OpenAction" + GOTO), ""),
        (written_pdf(b"/OpenAction<</S/GoTo/S/Named/D[3 0 R/Fit]>>"), TWICE),
        (written_pdf(b"", LINK % b"<</S/URI/URI(https://a.fr)/URI(https://b.fr)>>"), TWICE),
        (written_pdf(b"", LINK % b"<</S/URI/URI(https://a.fr)/URI(file:///c:/x)>>"), ""),
        (written_pdf(b"", LINK % b"<</S/URI/#55RI(https://a.fr)/URI(https://b.fr)>>"), TWICE),
        (written_pdf(b"", b"", b"<</K/x/K/y>>", trailer=b"/Info 4 0 R"), TWICE),
        (written_pdf(b"", b"", b"<</K/x/K/y>>"), TWICE),  # nowhere named, and yet there
    ],
)
def test_w13_a_key_written_twice_is_refused_whatever_each_parser_keeps(content, said):
    fault = fault_of(content)
    assert fault is not None
    assert said in fault[0]
    assert "Imprimez-le" in fault[1]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (written_pdf(b"/OpenAction<</S/Thread/F(\\\\\\\\server\\\\share)/D 0>>"), ACTION),
        (written_pdf(b"/OpenAction<</S/T#68read/F(x)>>"), ACTION),
        (written_pdf(b"/OpenAction 4 0 R", b"", b"<</S/ResetForm>>"), ACTION),
        (written_pdf(b"", b"/AA<</O<</S/Hide/T(x)>>>>"), ACTION),
        (written_pdf(b"", b"/AA 4 0 R", b"<</C 5 0 R>>", b"<</S/SetOCGState/State[]>>"), ACTION),
        (written_pdf(b"", LINK % (GOTO[:-2] + b"/Next[<</S/Sound>>]>>")), ACTION),
        (written_pdf(b"", LINK % b"<</S/Named/N/Print>>"), ACTION),
        (written_pdf(b"", LINK % b"<</Type/Action/S/Trans>>"), ACTION),
        (written_pdf(b"", LINK % b"<</S/URI/URI(file:///etc/passwd)>>"), "un lien"),
        (written_pdf(b"", LINK % b"<</S/URI/URI(telnet:a)>>"), "un lien"),
        (
            written_pdf(
                b"",
                b"/Contents 4 0 R",
                b"<</Length 0/F(\\\\\\\\server\\\\share)>>stream\n\nendstream",
            ),
            FILE,
        ),
    ],
)
def test_w13_an_action_that_is_not_allowed_is_refused_with_its_sentence(content, said):
    fault = fault_of(content)
    assert fault is not None
    assert said in fault[0]


@pytest.mark.parametrize(
    "content",
    [
        written_pdf(),
        written_pdf(b"/OpenAction" + GOTO, LINK % b"<</S/Named/N/NextPage>>"),
        written_pdf(b"/OpenAction[3 0 R/Fit]", LINK % b"<</S/URI/URI(tel:+33612345678)>>"),
        written_pdf(b"", LINK % b"<</S/URI/URI(mailto:a@b.fr)>>"),
        written_pdf(b"/Threads[4 0 R]", b"", b"<</Type/Thread/F 5 0 R>>", b"<</Type/Bead>>"),
        written_pdf(
            b"/StructTreeRoot 4 0 R",
            b"",
            b"<</Type/StructTreeRoot/K 5 0 R>>",
            b"<</Type/StructElem/S/H1/P 4 0 R/A<</O/Layout/Placement/Block>>>>",
        ),
        written_pdf(b"/PageLabels<</Nums[0<</S/D>>]>>", b"/Group<</S/Transparency/CS/DeviceRGB>>"),
        written_pdf(
            b"/AcroForm<</SigFlags 3/Fields[4 0 R]>>",
            b"",
            b"<</FT/Sig/T(S)/V 5 0 R>>",
            b"<</Type/Sig/Filter/Adobe.PPKLite/ByteRange[0 1 2 3]/Contents<00>/Reference[6 0 R]>>",
            b"<</Type/SigRef/TransformMethod/DocMDP/TransformParams<</P 2/V/1.2>>>>",
        ),
    ],
)
def test_w13_what_honest_papers_hold_is_kept(content):
    assert fault_of(content) is None


def test_w13_the_kit_s_own_cv_with_its_telephone_is_a_paper():
    contact = (
        Fact("Téléphone", "06 12 34 56 78", link="tel:+33612345678"),
        Fact("Courriel", "jeanne@example.org", link="mailto:jeanne@example.org"),
    )
    made = Document(
        title="CV", author="Jeanne", date=date(2026, 12, 1), name="Jeanne Roux", contact=contact
    )
    for template in ("classique", "moderne", "une_page", "statutaire"):
        content = render.pdf(made, template)
        assert b"tel:" in content or "tel:" in str(
            PdfReader(io.BytesIO(content)).pages[0]["/Annots"]
        )
        assert fault_of(content) is None


def test_w13_duplicates_inside_a_compressed_part_are_seen():
    held = pikepdf.open(io.BytesIO(written_pdf(b"/Extra 4 0 R", b"", b"<</AAAA 1/BBBB 2>>")))
    out = io.BytesIO()
    held.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=False,
              stream_decode_level=pikepdf.StreamDecodeLevel.none)  # fmt: skip
    assert fault_of(out.getvalue()) is None
    assert b"/BBBB" in out.getvalue()
    twice = out.getvalue().replace(b"/BBBB", b"/AAAA")
    assert TWICE in fault_of(twice)[0]


def test_w13_pages_that_two_readers_count_otherwise_are_refused(monkeypatch):
    from iprof_kit.given import pdf
    from iprof_kit.given.pdf_views import View

    monkeypatch.setattr(pdf, "seen_by_qpdf", lambda content: View(2, False, (), False))
    assert TWICE in fault_of(written_pdf())[0]
