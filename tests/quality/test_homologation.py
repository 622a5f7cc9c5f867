"""The dossier of `docs/homologation` says what the code and the tests hold today."""

import csv
import importlib.util
from datetime import timedelta

import pytest

from iprof_kit.base.paths import ROOT
from iprof_kit.records.tables import METADATA
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.jobs.tasks import TASKS

FOLDER = ROOT / "docs" / "homologation"


def tool():
    spec = importlib.util.spec_from_file_location(
        "homologation_pages", ROOT / "tools" / "homologation_pages.py"
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MAKER = tool()


def test_the_pages_made_from_the_code_are_current():
    old = [name for name, text in MAKER.pages().items()
           if (FOLDER / name).read_text("utf-8") != text]  # fmt: skip
    assert old == [], "python tools/homologation_pages.py"


def test_each_table_operation_and_job_is_on_its_page():
    pages = MAKER.pages()
    model, flows = pages["modele-de-donnees.md"], pages["flux.md"]
    assert [name for name in METADATA.tables if f"\n## {name}\n" not in model] == []
    assert [name for name in (*OPERATIONS, *TASKS) if f"\n| `{name}` |" not in flows] == []


def test_a_length_decided_by_the_installation_is_told_from_one_of_the_code():
    fixed, chosen = MAKER.kept_lengths()
    assert ("pièces jamais envoyées", timedelta(days=7)) in fixed
    assert ("valeurs remplacées", "historique_mois") in chosen
    assert not {what for what, _ in fixed} & {what for what, _ in chosen}


@pytest.mark.parametrize(
    "planted", ["import httpx", "from urllib import request", "from http.client import X"]
)
def test_a_module_that_speaks_to_a_site_is_seen(tmp_path, planted):
    (tmp_path / "quiet.py").write_text("import json\nfrom http import HTTPStatus\n")
    (tmp_path / "planted.py").write_text(f"def ask():\n    {planted}\n")
    assert MAKER.senders_of(tmp_path / "quiet.py") == []
    assert [MAKER.SENDERS[one] for one in MAKER.senders_of(tmp_path / "planted.py")] == [
        "HTTP sortant"
    ]


def rows_of(name):
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_norms_say_where_each_line_comes_from():
    for name, count in (("asvs_5_niveau2.csv", 253), ("rgaa_41.csv", 106)):
        rows = rows_of(name)
        assert len(rows) == count
        assert all(row["source"] for row in rows)


def test_each_criterion_of_the_rgaa_has_a_state():
    assert [row["critere"] for row in rows_of("rgaa_41.csv")] == [*MAKER.accessibility_rows()]
