"""Notebooks are thin, and each runs to the end without server."""

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.output_widget import OutputWidget

from iprof_kit.base.paths import NOTEBOOKS

FILES = sorted(NOTEBOOKS.glob("*.ipynb"))
SERVED = {
    "portail.ipynb", "cv.ipynb", "gestion.ipynb", "evaluation.ipynb", "ma_situation.ipynb",
    "scenarios.ipynb", "tableau_promotions.ipynb", "atelier.ipynb", "galerie.ipynb",
}  # fmt: skip
QUESTIONS = {
    f"analyses_{question}.ipynb": 16
    for question in (
        "structure",
        "promotions",
        "equilibres",
        "flux",
        "prevision",
        "remuneration",
        "suites",
    )
}
ANALYSTS = {"analyse_promotions.ipynb": 20, "importer_un_extrait.ipynb": 20, **QUESTIONS}
CODE_LINES = dict.fromkeys(SERVED, 5) | ANALYSTS


def names():
    return [path.name for path in FILES]


def test_the_notebooks_are_all_here():
    assert set(names()) == {*SERVED, *ANALYSTS}


@pytest.mark.parametrize("path", FILES, ids=names())
def test_a_notebook_is_thin_and_holds_no_output(path: Path):
    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    lines = [line for cell in code for line in cell.source.splitlines() if line.strip()]
    assert len(lines) <= CODE_LINES[path.name]
    assert not any(line.lstrip().startswith(("def ", "class ", "for ")) for line in lines)
    assert not any(cell.outputs or cell.execution_count for cell in code)


class Executed(dict):
    """Notebooks by name, each executed when it is first asked for."""

    def __missing__(self, name):
        book = nbformat.read(NOTEBOOKS / name, as_version=4)
        NotebookClient(
            book, timeout=120, kernel_name="python3", shutdown_kernel="immediate"
        ).execute()
        self[name] = book
        return book


def refuse(*_arguments, **_words):
    raise AssertionError("displayed inside an Output: the client may miss its reply, see `redraw`")


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OutputWidget, "send", refuse)
        patch.setenv("IPROF_VAR", str(tmp_path_factory.mktemp("var")))
        yield Executed()


@pytest.mark.parametrize("name", sorted(SERVED))
def test_a_served_notebook_ends_on_one_screen(executed, name):
    outputs = [o for cell in executed[name].cells if cell.cell_type == "code" for o in cell.outputs]
    assert [o.output_type for o in outputs] == ["execute_result"]
    assert "application/vnd.jupyter.widget-view+json" in outputs[0].data


def test_an_extract_is_imported_step_by_step(executed):
    cells = [c for c in executed["importer_un_extrait.ipynb"].cells if c.cell_type == "code"]
    desk, by_column, details, table, listed = (cell.outputs[-1].data for cell in cells[1:])
    assert "application/vnd.jupyter.widget-view+json" in desk
    assert "zéro de tête rétabli" in by_column["text/html"]
    assert "Adjoint d’enseignement" in details["text/html"].replace("\\u2019", "’")
    assert "F001" in table["text/html"]
    assert "hors_classe" in listed["text/html"]


def test_the_analysis_ends_on_its_table_and_figure(executed):
    cells = [c for c in executed["analyse_promotions.ipynb"].cells if c.cell_type == "code"]
    table, figure = cells[-2].outputs[-1], cells[-1].outputs[-1]
    assert "Clermont-Ferrand" in table.data["text/html"]
    assert {"image/png", "image/svg+xml"} & set(figure.data)


def test_every_table_of_the_analysis_says_projet(executed):
    cells = [c for c in executed["analyse_promotions.ipynb"].cells if c.cell_type == "code"]
    asked = [c for c in cells if c.source.startswith(("show(", "c.pourquoi"))]
    tables = [output.data["text/html"] for c in asked for output in c.outputs]
    assert len(tables) == 6
    assert all("PROJET. " in html for html in tables)
    (controls,) = [c for c in cells if c.source.startswith("explore(")]
    assert "application/vnd.jupyter.widget-view+json" in controls.outputs[-1].data


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_offers_its_analyses_and_shows_one_whole(executed, name):
    cells = [c for c in executed[name].cells if c.cell_type == "code"]
    explorers = [c for c in cells if c.source.startswith("explorer(")]
    assert explorers
    for cell in explorers:
        assert "application/vnd.jupyter.widget-view+json" in cell.outputs[-1].data
    tables = [output.data["text/html"] for output in cells[-1].outputs]
    if cells[-1].source.startswith("present("):
        assert "<svg" in tables.pop(0)
    assert tables
    assert all("PROJET. " in html for html in tables)
