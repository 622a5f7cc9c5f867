"""What a participant leaves with: a page, a handout, slides, a notebook; alone, tagged, escaped."""

import html
import io
import re

import nbformat
import pikepdf
import pytest
import ui_takeaway as sample
from nbclient import NotebookClient
from pypdf import PdfReader

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.lessons.played import Ecran
from iprof_kit.ui.screens.atelier.takeaway.contents import MOST_PEOPLE, of_lesson, of_seances
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of
from iprof_kit.ui.screens.atelier.takeaway.handout import pdf_of
from iprof_kit.ui.screens.atelier.takeaway.notebook import notebook_of
from iprof_kit.ui.screens.atelier.takeaway.page import LARGEST, data_of, html_of
from iprof_kit.ui.screens.atelier.takeaway.slides import slides_of

ELSEWHERE = re.compile(r"""(?:src|href|url\(|@import)\s*=?\s*["'(]?\s*(?:https?:)?//""")
PEOPLE = ("claire_vasseur", "karim_benali", "hugo_lambert", "elodie_martin")


@pytest.fixture(scope="module")
def page():
    return html_of(sample.taken_seance(*PEOPLE))


@pytest.mark.parametrize("key", personas())
def test_each_persona_of_the_kit_can_be_taken_away(key):
    made = html_of(sample.taken_seance(key)).decode()
    assert personas()[key].prenom in made
    assert "undefined" not in made.split("<script>")[0]


def test_the_page_is_light_and_loads_nothing(page):
    assert len(page) < LARGEST / 10
    words = page.decode()
    assert not ELSEWHERE.search(words)
    assert "default-src &#39;none&#39;" in words or "default-src 'none'" in words
    assert words.count("<script>") == 1


def test_the_cases_of_a_page_are_those_of_the_engine(page):
    for key, person in zip(PEOPLE, data_of(page)["personnes"], strict=True):
        persona = personas()[key]
        board = answer(persona.question(persona.scenarios, persona.jour))
        for rank, one in enumerate(board.scenarios):
            case = person["cas"]["|".join([str(rank), *("0" for _ in person["leviers"][1:])])]
            shown = [(begin, net, index) for begin, net, _, index in case["t"]]
            assert shown == [
                (piece.debut.isoformat(), round(piece.net * 100), piece.indice_majore)
                for piece in one.tranches
                if piece.debut.isoformat() < f"{person['horizon']}-09-01"
            ]


def test_without_a_script_the_tables_hold_every_case(page):
    read = re.sub(rb"<script.*?</script>", b"", page, flags=re.DOTALL).decode()
    shut = sum("ferme" in one for who in data_of(page)["personnes"] for one in who["cas"].values())
    cases = sum(len(who["cas"]) for who in data_of(page)["personnes"])
    assert read.count("<s>non calculé</s>") == shut
    assert read.count("<small>+") + read.count("<small>−") + read.count("<small>égal") + read.count(
        "<small>référence"
    ) == cases - shut  # fmt: skip


def test_each_day_of_the_gap_leads_to_its_reason_on_the_page_the_slides_and_the_handout(page):
    # 673 et 634 points × 59,0734 € ÷ 12 (décret 2023-519)
    index = "+ 191,99 € (3 313,03 € contre 3 121,04 €)"
    pdf = PdfReader(io.BytesIO(pdf_of(sample.taken_seance()))).pages
    made = {
        "page": page.decode(),
        "slides": slides_of(sample.taken_seance()).decode(),
        "handout": " ".join(one.extract_text() for one in pdf),
    }
    for name, words in made.items():
        plain = re.sub(r"\s+", " ", words.replace("\u00a0", " ").replace("\u2212", "-"))
        assert index in plain, name
        assert "le 1er septembre 2026" in plain, name
    told = made["page"].replace("\u00a0", " ")
    days = sum(len(one.reasons) for one in sample.taken_seance(*PEOPLE).showings)
    assert told.count("<summary>Pourquoi le ") == days > len(PEOPLE)
    assert "Passage à la hors classe, au 1er septembre 2026" in told
    assert "hypothèse" in told


@pytest.mark.parametrize("write", [html_of, slides_of])
def test_hostile_names_stay_text(write):
    made = write(sample.taken_hostile()).decode()
    assert sample.HOSTILE not in made
    assert "<img" not in made
    assert not re.search(r"<(em|code|a)\b", made.split("<body>")[1].split("<script")[0])
    assert "49" not in re.findall(r"<h[12][^>]*>(.*?)</h", made)


def test_hostile_names_are_read_as_they_are_written():
    body = html_of(sample.taken_hostile()).decode().split("<body>")[1].split("<script")[0]
    assert sample.HOSTILE in html.unescape(re.sub(r"<[^>]*>", "", body))


def test_a_page_says_its_law_its_day_and_that_it_is_unofficial(page):
    words = page.decode().replace("\u00a0", " ")
    assert "Kit libre, non officiel. Droit du " in words
    assert "rien n’est envoyé" in words
    assert "jour figé, 31 août 2026" in words
    assert "Ce fichier a plus d’un an." in words


def test_a_lesson_has_its_questions_its_answers_and_what_to_keep():
    made = html_of(sample.taken_lesson()).decode()
    assert "Quatre questions" in made
    assert "Il s’arrête au dernier échelon." in made
    assert [one["forme"] for one in data_of(made.encode())["questions"]] == [
        "choix", "plusieurs", "estimation", "ordre",
    ]  # fmt: skip
    assert data_of(made.encode())["droit"] == "2026-11-20"  # the oldest law of what it says


def test_a_lesson_without_a_figure_is_taken_away_but_not_as_a_notebook():
    plain = sample.lesson().model_copy(update={"ecrans": sample.lesson().ecrans[1:]})
    taken = of_lesson(plain, sample.MADE)
    assert b'id="instrument"' not in html_of(taken)
    assert pdf_of(taken)
    assert slides_of(taken)
    with pytest.raises(InputError, match="aucune séance"):
        notebook_of(taken)


def test_a_figure_that_is_no_seance_is_said():
    broken = sample.lesson().model_copy(update={"ecrans": (Ecran(titre="x", figure="abc"),)})
    with pytest.raises(InputError, match="séance"):
        of_lesson(broken)


def test_too_many_people_are_refused():
    with pytest.raises(InputError, match=str(MOST_PEOPLE)):
        of_seances([sample.seance("claire_vasseur")] * (MOST_PEOPLE + 1))


def tags(pdf):
    return {
        str(one.S) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/S" in one
    }


def test_the_handout_is_tagged_and_short():
    made = pdf_of(sample.taken_seance())
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"
        assert str(pdf.Root.Lang) == "fr"
        assert {"/Figure", "/Table", "/TH", "/H1", "/H2"} <= tags(pdf)
    pages = PdfReader(io.BytesIO(made)).pages
    words = " ".join(page.extract_text() for page in pages).replace("\u00a0", " ")
    assert len(pages) <= 2
    assert "A donne 8 405 € nets de plus que B d’ici 2037." in words
    assert "jour figé le 31 août 2026" in words


def test_the_answers_of_a_lesson_stand_on_the_last_page_alone():
    pages = PdfReader(io.BytesIO(pdf_of(sample.taken_lesson()))).pages
    words = [page.extract_text().replace("\u00a0", " ") for page in pages]
    assert "Combien en plus ?" in words[1]
    assert [number for number, page in enumerate(words) if "Un an d’avance" in page] == [
        len(words) - 1
    ]


def test_a_handout_of_hostile_names_comes_all_the_same():
    pages = PdfReader(io.BytesIO(pdf_of(sample.taken_hostile()))).pages
    assert "</script>" in pages[0].extract_text()


def test_slides_hold_all_that_they_need():
    made = slides_of(sample.taken_lesson()).decode()
    assert not ELSEWHERE.search(made)
    assert not [name for name in ("unpkg", "cdnjs", "jsdelivr", "require(") if name in made]
    assert "Reveal.initialize" in made
    assert made.count("<section><section>") == 2 + 2 + 4 + 1  # title, sources; Claire; asked; kept
    assert 'class="fragment"' in made
    assert "8 405" in made.replace("\u00a0", " ")


@pytest.mark.parametrize("key", ["claire_vasseur", "karim_benali"])
def test_the_notebook_has_ten_lines_and_ends_on_the_same_euros_and_figure(key):
    taken = sample.taken_seance(key)
    book = nbformat.reads(notebook_of(taken).decode(), as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [len(cell.source.splitlines()) for cell in code] == [10]
    NotebookClient(book, timeout=120, kernel_name="python3", shutdown_kernel="immediate").execute()
    said, shown = code[0].outputs[0].text.strip(), code[0].outputs[-1].data
    assert said == taken.showings[0].lead
    assert "<svg" in shown["image/svg+xml"]


def test_a_seance_too_long_for_an_address_still_has_its_notebook():
    taken = of_seances([sample.hostile_seance()], sample.MADE)
    book = nbformat.reads(notebook_of(taken).decode(), as_version=4)
    assert len([cell for cell in book.cells if cell.cell_type == "code"]) == 1
    assert sample.HOSTILE not in book.cells[0].source


def test_equal_contents_give_equal_bytes():
    for vers in FORMATS:
        one, other = (file_of(sample.taken_seance(), vers) for _ in range(2))
        assert re.sub(rb"\bg\d+\b|\bg\d+[td]\b", b"", one.content) == re.sub(
            rb"\bg\d+\b|\bg\d+[td]\b", b"", other.content
        )
        assert one.name.startswith("seance-claire-vasseur-2026-08-31.")
