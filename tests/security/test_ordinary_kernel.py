"""The kernel that serves while no warm process is ready has the same walls."""

from __future__ import annotations

import sys

import nbformat
import pytest

from iprof_kit.base.paths import NOTEBOOKS, REFERENCE

if sys.platform == "linux":
    from .ordinary_kernel import OrdinaryKernel

pytestmark = pytest.mark.usefixtures("walls")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Execute code in an ordinary kernel; return what it prints, or its error's name."""
    kernel = OrdinaryKernel(tmp_path_factory.mktemp("o")).open()
    yield kernel.run
    kernel.close()


def test_it_calculates_and_reads_the_law(run):
    table = str(REFERENCE / "corps.csv")
    assert run(f"print(open({table!r}).readline()[:10])").strip() == "corps,libe"


@pytest.mark.parametrize(
    "attempt",
    ["open('/etc/passwd')", "import os; os.listdir('/proc')", "open('/tmp/ailleurs', 'w')",
     "import subprocess; subprocess.run(['true'])", "import os; os.kill(os.getppid(), 0)",
     "import socket; socket.create_connection(('127.0.0.1', 9), timeout=5)"],
)  # fmt: skip
def test_it_is_refused_what_is_not_its_own(run, attempt):
    assert run(attempt).strip().endswith("PermissionError")


def test_it_shows_tables_and_reads_an_extract(run):
    # itables looks for settings in every folder above, pyarrow opens a pipe: neither is allowed
    code = (
        "from iprof_kit.base.paths import SAMPLE\n"
        "from iprof_kit.ui.workshop.tables import explorable_tables\n"
        "from iprof_kit import read_extract\n"
        "explorable_tables()\n"
        "print(len(read_extract(SAMPLE / 'extrait_fictif.csv', 'exemple').table))"
    )
    assert run(code).strip().endswith("21")


@pytest.mark.soak
@pytest.mark.parametrize("name", [*sorted(path.name for path in NOTEBOOKS.glob("analyse*.ipynb")),
                                  "importer_un_extrait.ipynb"])  # fmt: skip
def test_it_executes_every_notebook_of_analysts(tmp_path_factory, name):
    kernel = OrdinaryKernel(tmp_path_factory.mktemp("n")).open()
    cells = nbformat.read(NOTEBOOKS / name, as_version=4).cells
    for cell in (each for each in cells if each.cell_type == "code"):
        said = kernel.run(f"{cell.source}\nprint('fini')", patience=200)
        assert said.strip().endswith("fini"), cell.source
    kernel.close()
