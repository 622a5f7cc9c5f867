"""The access sheet of an academy: one tagged page, nothing invented, no name on it."""

from datetime import date

import pikepdf
import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from iprof_kit.base.errors import InputError
from iprof_kit.commands.access.sheet import access_sheet
from iprof_kit.services.access.sheet import sheet_document
from iprof_kit.services.contract.dossier import Academie

TODAY = date(2026, 11, 28)
BARE = Academie(code="10", nom="Lyon", assistance_nom="Assistance de votre académie")


def written(folder, *options):
    file = folder / "fiche.pdf"
    options = ["--adresse", "https://kit.example", *options]
    return file, CliRunner().invoke(access_sheet, [str(file), *options])


def test_it_is_one_tagged_page_that_tells_each_step_and_the_assistance(tmp_path):
    file, answer = written(tmp_path, "--academie", "06")
    assert answer.exit_code == 0, answer.output
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 1
        assert bool(pdf.Root.MarkInfo.Marked)
    text = " ".join(PdfReader(file).pages[0].extract_text().split())
    for words in ("https://kit.example", "jdupont", "NUMEN", "Nouveau message", "04 65 71 00 00",
                  "non officiel", "Cette fiche est un exemple"):  # fmt: skip
        assert words in text.replace("\u00a0", " "), words


def test_what_an_academy_does_not_say_is_not_invented():
    facts = str(sheet_document(BARE, "https://kit.example", TODAY))
    assert "Téléphone" not in facts
    assert "De votre académie" not in facts


@pytest.mark.parametrize("address", ["kit.example", "ftp://kit.example", "https://", ""])
def test_an_address_that_is_none_is_refused(address):
    with pytest.raises(InputError, match="adresse du site"):
        sheet_document(BARE, address, TODAY)


def test_words_too_long_for_the_page_are_refused_and_no_file_is_replaced(tmp_path, monkeypatch):
    file, _ = written(tmp_path)
    before = file.read_bytes()
    assert isinstance(written(tmp_path)[1].exception, InputError)
    assert file.read_bytes() == before
    long = BARE.model_copy(update={"textes": {"fiche_acces": "Des mots sans fin. " * 400}})
    monkeypatch.setattr("iprof_kit.commands.access.sheet.academie", lambda _code: long)
    answer = CliRunner().invoke(
        access_sheet, [str(tmp_path / "x.pdf"), "--adresse", "https://kit.example"]
    )
    assert "une seule est voulue" in str(answer.exception)
    assert not (tmp_path / "x.pdf").exists()
