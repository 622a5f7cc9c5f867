"""The processes that set pages and read PDFs for others have the walls of a session."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pandas as pd
import pypdf
import pytest
from record_pieces import image

from iprof_kit.analytics.storage import read_parquet
from iprof_kit.base.paths import CAMPAIGNS
from iprof_kit.documents.model import Document
from iprof_kit.given.bounded_process import BoundedProcess, Bounds, put_walls
from iprof_kit.given.workbook import grids_of
from iprof_kit.kernel import walled_worker
from iprof_kit.services.campaigns.opened import opened_campaign
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.kit_messages.questioning import Questioner
from iprof_kit.services.workers import typesetters
from iprof_kit.services.workers.opening import paper_of, table_of
from iprof_kit.services.workers.typesetters import Press

from .worker_probe import TRIES

pytestmark = pytest.mark.usefixtures("walls")
HERE = str(Path(__file__).parent)
PAGE = Document(title="Essai", author="Jean", date=date(2026, 11, 27), summary="Un texte.")


@pytest.fixture(scope="module", autouse=True)
def walled():
    put_walls(walled_worker.__name__)
    yield
    put_walls(None)


@pytest.fixture(scope="module")
def worker():
    bounds = Bounds(30.0, 600_000_000)
    with BoundedProcess("worker_probe", bounds, {"PYTHONPATH": HERE}) as one:
        yield one


@pytest.mark.parametrize("name", TRIES)
def test_what_a_worker_does_not_need_is_refused(worker, name):
    assert worker.ask(name.encode()) == b"PermissionError"


def test_pages_are_set_behind_the_walls():
    press = Press(typesetters.start)
    try:
        assert press.pdf(PAGE).startswith(b"%PDF")
        assert "<svg" in press.pages_svg(PAGE)[0]
    finally:
        press.close()


def test_a_pdf_is_read_behind_the_walls():
    written = io.BytesIO()
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(written)
    assert paper_of(written.getvalue()) == ("application/pdf", None)
    assert paper_of(b"%PDF-1.7\nno page\n%%EOF")[1] is not None


@pytest.mark.parametrize(("kind", "media_type"), [("PNG", "image/png"), ("JPEG", "image/jpeg")])
def test_w12_a_picture_is_opened_behind_the_walls(kind, media_type):
    assert paper_of(image(kind)) == (media_type, None)


def test_w12_a_table_is_opened_behind_the_walls():
    assert [*table_of("nom;âge\nZoé;41\n".encode())] == [(2, 2, {0: "Zoé", 1: "41"})]


def test_w12_a_workbook_and_a_table_of_parquet_are_opened_behind_the_walls(tmp_path):
    table = pd.DataFrame({"numero": ["7"]})
    table.to_excel(tmp_path / "table.xlsx", index=False)
    table.to_parquet(tmp_path / "table.parquet")
    _, grids = grids_of((tmp_path / "table.xlsx").read_bytes())
    assert grids == {"Sheet1": [(1, ["numero"]), (2, ["7"])]}
    pd.testing.assert_frame_equal(read_parquet(tmp_path / "table.parquet"), table)


def test_w12_a_campaign_is_checked_behind_the_walls():
    file = CAMPAIGNS / "pop_1d_2026.yml"
    assert opened_campaign(file)["annee"] == 2026


def test_the_law_is_asked_behind_the_walls():
    files = sample_dossiers()[:3]
    with Questioner() as questioner:
        looked = questioner.ask(files, date(2027, 1, 15))
    assert [one.numero for one in looked] == [one.numero for one in files]
    assert [message.kind for one in looked for message in one.messages] == ["echelon"]
