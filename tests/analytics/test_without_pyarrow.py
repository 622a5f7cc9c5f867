"""What the portal's environment holds is enough to read an extract and to write a workbook."""

import io
import random
import subprocess
import sys
import zipfile

import pandas as pd
import pytest
from written_pdf import written_pdf

from iprof_kit.analytics import needs
from iprof_kit.analytics.imports.files import delimited, sheets
from iprof_kit.analytics.imports.opening import open_raw
from iprof_kit.analytics.imports.source import Source
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands.promotions import read_people

LEFT_OUT = ("pyarrow", "scipy", "itables", "jupyterlab")
"""What the workshop has and the portal has not."""
PROGRAM = """
import sys
for name in {names!r}:
    sys.modules[name] = None
from pathlib import Path
import iprof_kit
from iprof_kit.analytics.promotions.writing import workbook_of
extract = iprof_kit.read_extract(Path(sys.argv[1]), "portail")
print(len(extract.table), workbook_of({{"table": extract.table}})[:2])
"""


def without_arrow(monkeypatch):
    monkeypatch.setattr(delimited, "pyarrow_csv", lambda: None)


@pytest.mark.parametrize("name", ["utf8.csv", "tableur.xlsx", "avant_l_entete.csv"])
def test_w19_in_the_portal_s_environment_an_extract_is_read_and_a_workbook_written(
    extracts, tmp_path, monkeypatch, name
):
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    program = PROGRAM.format(names=LEFT_OUT)
    done = subprocess.run(
        [sys.executable, "-c", program, str(extracts / name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-800:]
    assert done.stdout.endswith("b'PK'\n")


def test_w19_both_readers_read_the_same_of_every_extract(extracts, monkeypatch):
    compared = 0
    for path in sorted(extracts.glob("*.csv")):
        try:
            with_it = open_raw(path, Source("essai"))
        except InputError:
            continue
        with monkeypatch.context() as patch:
            without_arrow(patch)
            alone = open_raw(path, Source("essai"))
        pd.testing.assert_frame_equal(with_it.table, alone.table)
        assert (with_it.lines == alone.lines).all()
        compared += 1
    assert compared > 20


@pytest.mark.parametrize("seed", range(30))
def test_w19_both_readers_read_the_same_of_odd_cells(monkeypatch, seed):
    chance = random.Random(seed)
    odd = ["", " ", "NA", "null", "007", "1e5", "é", "a b", '"x"', '"a;b"', '"l1\nl2"', '"d""q"',
           "\u00a0", "#N/D", "-", "O'Hara", "\t", "12,5", "TRUE", "'"]  # fmt: skip
    rows = [";".join(chance.choice(odd) for _ in range(4)) for _ in range(60)]
    data = "\n".join(["numero;corps;grade;echelon", *rows]).encode()
    with_it = delimited.read_delimited(data, "essai.csv")
    without_arrow(monkeypatch)
    alone = delimited.read_delimited(data, "essai.csv")
    pd.testing.assert_frame_equal(with_it.table, alone.table)
    assert (with_it.lines == alone.lines).all()


@pytest.mark.parametrize(("name", "extra"), [("openpyxl", "serve"), ("pyarrow", "lab")])
def test_w10_a_part_that_is_missing_is_called_so_and_no_file_is_blamed(
    extracts, monkeypatch, name, extra
):
    monkeypatch.setitem(sys.modules, name, None)
    file = extracts / ("tableur.xlsx" if name == "openpyxl" else "table.parquet")
    with pytest.raises(Unavailable, match=f"{name} n’est pas installé") as refused:
        open_raw(file, Source("essai"))
    assert f".[{extra}]" in refused.value.remedy


def test_w10_a_table_in_parquet_is_refused_in_french_where_nothing_reads_it(extracts, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Unavailable, match="pyarrow n’est pas installé"):
        read_people(extracts / "table.parquet")


def test_w10_a_damaged_table_in_parquet_is_said_in_french(extracts):
    whole = (extracts / "table.parquet").read_bytes()
    for data in (whole[:40], whole[:-30] + bytes(30), b"PAR1" + bytes(50) + b"PAR1"):
        with pytest.raises(InputError, match="abîmé"):
            sheets.read_parquet(data, "table.parquet")


def test_w10_a_workbook_that_a_password_closes_says_so_and_a_damaged_one_is_damaged(
    extracts, tmp_path
):
    closed = tmp_path / "ferme.xlsx"
    locked = "EncryptedPackage".encode("utf-16-le")
    closed.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + locked + bytes(600))
    with pytest.raises(InputError, match="protégé par un mot de passe"):
        open_raw(closed, Source("essai"))
    whole = (extracts / "tableur.xlsx").read_bytes()
    for data in (whole[:2_000] + b"xl/", whole.replace(b"worksheets", b"worksheetz")):
        cut = tmp_path / "abime.xlsx"
        cut.write_bytes(data)
        with pytest.raises(InputError, match="abîmé") as refused:
            open_raw(cut, Source("essai"))
        assert "mot de passe" not in str(refused.value)


def test_w12_a_workbook_that_would_fill_the_memory_is_refused_before_it_is_opened(extracts):
    out = io.BytesIO((extracts / "tableur.xlsx").read_bytes())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/media/image1.bin", bytes(40_000_000))
    with pytest.raises(InputError, match="trop grand une fois décompressé"):
        sheets.read_xlsx(out.getvalue(), "gonfle.xlsx")


def test_w19_a_missing_library_of_the_workshop_names_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "scipy", None)
    monkeypatch.delitem(sys.modules, "scipy.sparse", raising=False)
    with pytest.raises(Unavailable, match="scipy n’est pas installé") as refused:
        needs.scipy_sparse()
    assert ".[lab]" in refused.value.remedy


@pytest.mark.parametrize("without", [True, False])
def test_w12_a_lone_return_within_a_cell_is_one_of_its_letters(monkeypatch, without):
    if without:
        without_arrow(monkeypatch)
    data = b"numero;corps;grade;echelon\n1;pe\rx;classe_normale;7\n2;pe;classe_normale;8\n"
    raw = delimited.read_delimited(data, "essai.csv")
    assert raw.table["corps"].tolist() == ["pe\rx", "pe"]


@pytest.mark.parametrize(
    "content",
    [
        written_pdf(trailer=b"/Encrypt<</Filter/Adobe.PubSec/V 4>>/ID[<00><00>]"),
        written_pdf(b"", b"/Contents 2 0 R/Rotate null"),
        written_pdf().replace(b"/Kids[3 0 R]", b"/Kids[2 0 R]"),
    ],
)
def test_w12_a_pdf_that_no_parser_reads_is_refused_in_french(tmp_path, content):
    file = tmp_path / "liste.pdf"
    file.write_bytes(content)
    with pytest.raises(InputError, match=r"PDF") as refused:
        open_raw(file, Source("essai"))
    assert refused.value.remedy
