"""The proof of the same pages, on this tree: twice the same, on another day not."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools"
DRAWING = """
import os, shutil, sys
from datetime import timedelta
from pathlib import Path
from drawn import doors, drawing
how, folder = drawing.How(3, quick=True, only="/cv/edition/lettre"), Path(sys.argv[1])
drawing.quiet()
drawing.prepare(how)
visitor = next(drawing.visitors(how))
doors.door("engine")().dispose()
var = Path(os.environ["IPROF_VAR"])
shutil.copytree(var, folder / "before")  # who acts writes: each drawing begins with the same
for name, days in (("first", 0), ("again", 0), ("later", 200)):
    doors.MOMENT += timedelta(days=days)
    if not drawing.drawn_apart(visitor, "cv.ipynb", how, folder / name):
        sys.exit(1)
    doors.door("engine")().dispose()
    shutil.rmtree(var)
    shutil.copytree(folder / "before", var)
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """This tree: some pages of one person, drawn twice on one day, then on another."""
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "var").mkdir()
    own = {
        "IPROF_VAR": str(folder / "var"),
        "PYTHONPATH": f"{ROOT}{os.pathsep}{TOOLS}",
        "PYTHONHASHSEED": "0",
    }
    known = {name: value for name, value in os.environ.items() if name != "IPROF_DATABASE_URL"}
    subprocess.run([sys.executable, "-c", DRAWING, folder], cwd=ROOT, env=known | own, check=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(TOOLS)
        compared = importlib.import_module("drawn.compared")
    pages = {name: compared.read_drawing(folder / name) for name in ("first", "again", "later")}
    return compared.differences, compared.Aside(), pages


def test_k32_a_real_tree_drawn_twice_is_the_same(drawn):
    differences, aside, pages = drawn
    assert len(pages["first"]) > 3
    assert not [name for name in pages["first"] if name.endswith(" ✗")]
    assert differences(pages["first"], pages["again"], aside) == []


def test_k32_a_real_tree_drawn_on_another_day_is_not(drawn):
    differences, aside, pages = drawn
    assert differences(pages["first"], pages["later"], aside)
