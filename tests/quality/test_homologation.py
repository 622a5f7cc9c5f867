"""The dossier of `docs/homologation` says what the code and the tests hold today."""

import ast
import csv
import importlib.util
import re
from datetime import timedelta
from typing import get_args

import pytest

from iprof_kit.base.paths import ROOT
from iprof_kit.records.tables import METADATA
from iprof_kit.services.contract.operation import Role
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
    "planted",
    ["import httpx", "from urllib import request", "from http.client import HTTPConnection"],
)
def test_a_module_that_speaks_to_a_site_is_seen(tmp_path, planted):
    (tmp_path / "quiet.py").write_text("import json\nfrom http.client import FORBIDDEN\n")
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


NORM = {row["id"]: row for row in rows_of("asvs_5_niveau2.csv")}
ANSWERS = rows_of("asvs_reponses.csv")


def test_each_requirement_of_the_asvs_has_one_answer_in_order():
    assert [row["id"] for row in ANSWERS] == [*NORM]
    assert {row["etat"] for row in ANSWERS} == set(MAKER.ASVS_STATES)


def test_what_is_said_to_be_done_names_a_test_or_the_page_that_is_asked_for():
    for row in ANSWERS:
        page = "Documentation" in NORM[row["id"]]["section"] and "](" in row["pourquoi"]
        assert row["etat"] != "fait" or row["tests"] or page, row["id"]
        assert row["etat"] == "fait" or row["pourquoi"], row["id"]
        assert row["etat"] != "sans objet" or not row["tests"], row["id"]


def test_each_test_that_an_answer_names_is_where_it_says():
    named = {one for row in ANSWERS for one in row["tests"].split()}
    assert len(named) > 100
    assert sorted(one for one in named if not is_there(*one.split("::"))) == []


def test_each_test_that_a_page_of_the_dossier_names_exists():
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    every = set(re.findall(r"def (test_\w+)", code))
    pages = "\n".join(path.read_text("utf-8") for path in FOLDER.glob("*.md"))
    named = set(re.findall(r"\b(test_\w+)\b(?!\.py)", pages))
    assert len(named) > 150
    assert named <= every


def test_each_role_is_an_actor_of_the_context():
    context = (FOLDER / "contexte.md").read_text("utf-8")
    assert [role for role in get_args(Role) if f"| `{role}` |" not in context] == []


def test_what_is_not_audited_says_so_first():
    for name in ("aipd.md", "registre.md", "risques.md", "contexte.md", "asvs.md", "README.md"):
        assert "**Projet, non audité" in (FOLDER / name).read_text("utf-8")[:900], name
    for name in ("aipd.md", "registre.md"):
        assert "à valider par le responsable de traitement et le DPO" in (FOLDER / name).read_text(
            "utf-8"
        )


def is_there(path, name):
    """Return whether a file of the tests has a test of this name."""
    file = ROOT / "tests" / path
    parts = ast.parse(file.read_text("utf-8")).body if file.is_file() else []
    return name in {one.name for one in parts if isinstance(one, ast.FunctionDef)}


def test_each_link_of_an_answer_leads_to_a_file():
    links = {one for row in ANSWERS for one in re.findall(r"\]\(([^)#]+)", row["pourquoi"])}
    assert links
    assert sorted(one for one in links if not (FOLDER / one).resolve().is_file()) == []
