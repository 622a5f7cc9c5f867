"""The house: folders that one can look through, names that resolve, a picture that is true."""

import importlib
import re
import runpy
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from iprof_kit.ui.kit.render import template_folders

ROOT = Path(__file__).parents[2]
KIT = ROOT / "iprof_kit"
MOST_MODULES = 20
MOST_OF_A_PREFIX = 3
LARGER = re.compile(r"^# This room holds (\d+) modules: \S.+", re.M)
"""How a room that holds more modules says how many, and why; they may only shrink."""


def rooms():
    folders = {path.parent for path in KIT.rglob("*.py")}
    return sorted(f for f in folders if "migrations" not in f.parts)


def modules(folder):
    return [path.stem for path in folder.glob("*.py") if path.stem != "__init__"]


def allowed(room):
    """Return how many modules a room says that it holds, 0 where it says nothing."""
    said = LARGER.search((room / "__init__.py").read_text(encoding="utf-8"))
    return int(said[1]) if said else 0


def name_of(folder):
    return folder.relative_to(KIT).as_posix()


def test_no_room_holds_more_than_one_can_look_through():
    counts = {name_of(room): len(modules(room)) for room in rooms()}
    large = {room: count for room, count in counts.items() if count > MOST_MODULES}
    assert large == {name_of(room): count for room in rooms() if (count := allowed(room))}


def test_no_prefix_does_the_work_of_a_room():
    for room in rooms():
        heads = Counter(module.split("_")[0] for module in modules(room))
        crowded = [head for head, count in heads.items() if count > MOST_OF_A_PREFIX]
        assert not crowded, f"{name_of(room)}: {crowded}"


def test_every_room_says_what_it_is():
    for room in rooms():
        assert (room / "__init__.py").read_text(encoding="utf-8").startswith('"""'), name_of(room)


def written():
    names = ["*.py", "*.md", "*.toml", "*.ipynb", "*.yml", "*.json", "Makefile"]
    listed = subprocess.run(
        ["git", "ls-files", *names], cwd=ROOT, capture_output=True, text=True, check=True
    )
    history = {"CHANGELOG.md"}
    return [ROOT / line for line in listed.stdout.splitlines() if line not in history]


def resolves(dotted):
    """Tell whether a dotted name is a module, or a name in one."""
    parts = dotted.split(".")
    for length in range(len(parts), 0, -1):
        path = ROOT.joinpath(*parts[:length])
        if path.is_dir() or path.with_suffix(".py").exists():
            break
    else:
        return False
    if length == len(parts):
        return True
    found = importlib.import_module(".".join(parts[:length]))
    return hasattr(found, parts[length])


def test_every_dotted_name_resolves():
    sought = re.compile(r"(?<![\w./-])iprof_kit(?:\.[A-Za-z_]\w*)+")
    places = {}
    for path in written():
        text = path.read_text(encoding="utf-8")
        for found in sought.findall(text):
            places.setdefault(found, path.relative_to(ROOT))
    assert len(places) > 500
    lost = {name: str(path) for name, path in places.items() if not resolves(name)}
    assert not lost


def test_every_file_of_the_kit_that_a_text_names_exists():
    packages = "|".join(path.name for path in KIT.iterdir() if (path / "__init__.py").exists())
    sought = re.compile(rf"(?<![\w./-])(?:iprof_kit/)?((?:{packages})/[\w/]+\.(?:py|html))")
    lost = {}
    for path in written():
        if path.suffix in {".md", ".py"}:
            for found in sought.findall(path.read_text(encoding="utf-8")):
                if not (KIT / found).exists() and not (ROOT / "tests" / found).exists():
                    lost[found] = str(path.relative_to(ROOT))
    assert not lost


def test_a_template_has_a_name_of_its_own():
    names = Counter(page.name for folder in template_folders() for page in folder.glob("*.html"))
    assert len(names) > 30
    assert not [name for name, count in names.items() if count > 1]


def test_the_picture_of_the_architecture_is_what_the_imports_say():
    drawn = runpy.run_path(str(ROOT / "tools" / "picture.py"))["picture"]()
    assert drawn.strip() in (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["no_such_room.x", "law.career.no_such_name"])
def test_a_name_that_is_lost_is_seen(name):
    assert not resolves(f"iprof_kit.{name}")
