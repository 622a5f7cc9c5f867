"""An extract that would fill the machine of who opens it: refused in French, with what to do."""

import io
import time
import zipfile

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from pyarrow import parquet as arrow_parquet
from pypdf import PdfWriter

from iprof_kit.analytics.imports import opening
from iprof_kit.analytics.imports.opening import open_raw
from iprof_kit.analytics.imports.source import Source
from iprof_kit.analytics.projection.chunks import finished, read_chunks, write_chunk
from iprof_kit.analytics.storage import load_population, read_parquet
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands import calculate, promotions
from iprof_kit.given import elsewhere, parquet, workbook
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, Ended


def opened(folder, content):
    file = folder / "extrait"
    file.write_bytes(content)
    return open_raw(file, Source("essai"))


def refused_a_process(*_):
    raise PermissionError


def swelling(**options):
    """Return a Parquet file of some kilobytes that becomes 3.6 GB."""
    texts = pa.DictionaryArray.from_arrays(np.zeros(9_000, np.int32), ["x" * 400_000])
    out = io.BytesIO()
    arrow_parquet.write_table(pa.table({"numero": texts}), out, **options)
    assert len(out.getvalue()) < 500_000
    return out.getvalue()


def written(columns):
    out = io.BytesIO()
    arrow_parquet.write_table(pa.table(columns), out)
    return out.getvalue()


def book(rows, dimension="A1:B3"):
    """Return a workbook of one sheet, its rows as they are written in it."""
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    of_package = "http://schemas.openxmlformats.org/package/2006"
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": f'<Types xmlns="{of_package}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{sheet}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheet}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{of_package}/relationships"><Relationship Id="r1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space} xmlns:r="{relations}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{of_package}/relationships">'
        f'<Relationship Id="r1" Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet {space}><dimension ref="{dimension}"/><sheetData>'
        f"{rows}</sheetData></worksheet>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in files.items():
            packed.writestr(name, text)
    return out.getvalue()


def line(number, *cells):
    texts = "".join(
        f'<c r="{place}{number}" t="inlineStr"><is><t>{text}</t></is></c>' for place, text in cells
    )
    return f'<row r="{number}">{texts}</row>'


@pytest.mark.parametrize(
    "columns",
    [
        {"numero": np.zeros(parquet.MOST_ROWS + 1, np.int8)},
        {f"c{number}": [1] for number in range(parquet.MOST_COLUMNS + 1)},
    ],
    ids=["rows", "columns"],
)
def test_w12_a_parquet_file_that_declares_too_much_is_refused_before_it_is_decoded(
    tmp_path, columns
):
    content = written(columns)
    assert len(content) < 300_000
    with pytest.raises(InputError, match="trop grand une fois décodé") as refused:
        opened(tmp_path, content)
    assert refused.value.where == "extrait"
    assert "CSV" in refused.value.remedy


@pytest.mark.parametrize("kept", [True, False])
def test_w12_a_parquet_file_that_declares_little_and_becomes_much_ends_its_own_process(
    tmp_path, monkeypatch, kept
):
    monkeypatch.setattr(parquet, "BOUNDS", Bounds(60.0, 1_000_000_000, longest=100_000_000))
    with pytest.raises(InputError, match="trop grand une fois décodé"):
        opened(tmp_path, swelling(store_schema=kept))


@pytest.mark.parametrize(
    "asked",
    [
        lambda file: promotions.read_people(file),
        lambda file: calculate.rows_given(file),
        lambda file: load_population(file),
        lambda file: read_chunks([file], "flux"),
    ],
    ids=["promotions", "calculer", "a population", "a projection"],
)
def test_w12_a_parquet_file_that_the_kit_is_given_back_is_decoded_in_a_process_of_its_own_first(
    tmp_path, monkeypatch, asked
):
    monkeypatch.setattr(parquet, "BOUNDS", Bounds(60.0, 1_000_000_000, longest=100_000_000))
    file = tmp_path / "table.parquet"
    file.write_bytes(swelling(store_schema=False))
    with pytest.raises(InputError, match="trop grand une fois décodé"):
        asked(file)
    file.write_bytes(b"PAR1" + bytes(50) + b"PAR1")
    with pytest.raises(InputError, match="n’est pas du Parquet"):
        asked(file)


def test_w12_a_table_of_parquet_comes_back_as_it_was_written(tmp_path):
    table = pd.DataFrame(
        {"numero": ["7", None], "corps": pd.Categorical(["pe", "plp"]), "enfants": [[2], [3, 4]]},
        index=pd.Index(["a", "b"], name="qui"),
    )
    table.to_parquet(tmp_path / "table.parquet")
    back = read_parquet(tmp_path / "table.parquet")
    assert back.index.name == "qui"
    assert back["corps"].dtype == "category"
    assert [*back["enfants"].iloc[1]] == [3, 4]


def test_w12_what_a_folder_of_projections_holds_is_known_by_the_end_of_its_files(
    tmp_path, monkeypatch
):
    write_chunk(pd.DataFrame({"valeur": [1.0]}), tmp_path / "repetition-0003.parquet", {"g": 7})
    started = []

    class Counted(BoundedProcess):
        def __init__(self, *arguments):
            started.append(arguments)
            super().__init__(*arguments)

    monkeypatch.setattr(elsewhere, "BoundedProcess", Counted)
    assert finished(tmp_path, {"g": 7}) == {3}
    (tmp_path / "autre.parquet").write_bytes(b"PAR1" + b"\xff" * 60 + b"PAR1")
    with pytest.raises(InputError, match="un autre fichier"):
        finished(tmp_path, {"g": 7})
    assert len(started) == 2  # one for all the files of a folder


def test_w12_a_workbook_has_its_time(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "BOUNDS", Bounds(1.0, 1_000_000_000, longest=100_000_000))
    cells = "".join(line(number, ("A", "numero"), ("B", "1")) for number in range(1, 90_000))
    with pytest.raises((InputError, Unavailable)) as refused:
        opened(tmp_path, book(cells))
    assert refused.value.remedy


def test_w12_composed_columns_of_a_parquet_file_are_left_undecoded_and_said(tmp_path):
    raw = opened(tmp_path, written({"numero": ["1", "2"], "liste": [[1], [2, 3]]}))
    assert list(raw.table["numero"]) == ["1", "2"]
    assert "liste" in raw.notes[0]


def test_w12_a_sheet_that_lies_about_its_size_is_read_as_far_as_it_goes(tmp_path):
    rows = line(1, ("A", "numero"), ("B", "corps")) + line(1_048_576, ("A", "7"), ("B", "pe"))
    begun = time.process_time()
    raw = opened(tmp_path, book(rows, "A1:XFD1048576"))
    assert raw.table.to_dict("records") == [{"numero": "7", "corps": "pe"}]
    assert list(raw.lines) == [1_048_576]
    assert time.process_time() - begun < 5


def test_w12_a_sheet_whose_rows_reach_over_too_many_cells_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_CELLS", 500_000)
    monkeypatch.setattr(elsewhere, "BoundedProcess", refused_a_process)  # as in a session
    content = book("".join(line(number, ("XFD", "x")) for number in range(1, 60)))
    with pytest.raises(InputError, match="trop grand une fois décompressé") as refused:
        opened(tmp_path, content)
    assert "CSV" in refused.value.remedy


def test_w12_a_pdf_of_more_pages_than_any_list_has_is_refused_with_its_bound(tmp_path):
    pages, out = PdfWriter(), io.BytesIO()
    for _ in range(3_001):
        pages.add_blank_page(10, 10)
    pages.write(out)
    with pytest.raises(InputError, match="3000 pages au plus") as refused:
        opened(tmp_path, out.getvalue())
    assert "partie de ce PDF" in refused.value.remedy


@pytest.mark.parametrize(
    ("waiting", "error", "words"),
    [(False, InputError, "trop compliqué"), (True, Unavailable, "très occupée")],
)
def test_w12_a_pdf_on_which_its_process_ends_is_refused_unless_the_machine_was_busy(
    tmp_path, monkeypatch, waiting, error, words
):
    class Ending(BoundedProcess):
        def ask(self, _content):
            ended = Ended()
            ended.kept_waiting = waiting
            raise ended

    monkeypatch.setattr(elsewhere, "BoundedProcess", Ending)
    with pytest.raises(error, match=words):
        opened(tmp_path, b"%PDF-1.7")


def test_w12_a_file_that_no_extract_is_as_large_as_is_refused_unread(tmp_path):
    file = tmp_path / "extrait.csv"
    with file.open("wb") as out:
        out.truncate(opening.LARGEST_FILE + 1)
    with pytest.raises(InputError, match="dépasse 1500 Mo"):
        open_raw(file, Source("essai"))
