r"""Plant known faults, one at a time, and see that the test expected to catch each one fails.

python tools/planted_faults.py [--at-once 2] [WORD of the faults to plant …]

`planted_faults.csv` has one fault a row: a text found once in all of `iprof_kit/` and
`data/reference/`, what replaces it (`\n` is the end of a line), and the name of a test. Nothing is
found by its path, so that the same list serves before and after modules move. Faults are planted
in copies of the project, in a temporary folder; the working tree is only read.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[1]
_TEXTS = {".py", ".csv", ".html", ".js", ".css", ".typ"}


@dataclass(frozen=True)
class Fault:
    """A row of the list."""

    fault: str
    search: str
    replacement: str
    test: str


def faults() -> list[Fault]:
    """Return the list."""
    with (ROOT / "tools" / "planted_faults.csv").open(encoding="utf-8", newline="") as file:
        rows = [
            {key: text.replace("\\n", "\n") for key, text in row.items()}
            for row in csv.DictReader(file)
        ]
    return [Fault(**row) for row in rows]


def copied(folder: Path) -> Path:
    """Return a copy of the files of the project that git knows or would add."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, target)
    return folder


def place_of(text: str, folder: Path) -> Path:
    """Return the one file that holds a text once."""
    found = [
        (path, count)
        for top in ("iprof_kit", "data/reference")
        for path in sorted((folder / top).rglob("*"))
        if path.suffix in _TEXTS and (count := path.read_text(encoding="utf-8").count(text))
    ]
    if len(found) != 1 or found[0][1] != 1:
        named = ", ".join(f"{path.relative_to(folder)} ({count})" for path, count in found)
        raise LookupError(f"found in {named or 'no file'}")
    return found[0][0]


def test_files(name: str, folder: Path) -> list[str]:
    """Return the files that have a test of this name."""
    written = re.compile(rf"def {re.escape(name)}\(")
    return [
        str(path.relative_to(folder))
        for path in sorted((folder / "tests").rglob("*.py"))
        if written.search(path.read_text(encoding="utf-8"))
    ]


def runs(name: str, folder: Path) -> tuple[int, str]:
    """Run a test by its name; return pytest's code (1: it failed) and what it printed."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "no:cacheprovider",
        "-k",
        name,
        f"--basetemp={folder}.run",
        *test_files(name, folder),
    ]
    environment = os.environ | {"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


def planted(one: Fault, folder: Path) -> str:
    """Plant a fault, and return what is wrong with the tests: nothing if it is caught."""
    if not test_files(one.test, folder):
        return f"no test is named {one.test}"
    try:
        place = place_of(one.search, folder)
    except LookupError as error:
        return f"not planted: {error}"
    before = place.read_bytes()
    try:
        place.write_bytes(before.replace(one.search.encode(), one.replacement.encode()))
        code, said = runs(one.test, folder)
    finally:
        place.write_bytes(before)
    if code == 0:
        return f"NOT CAUGHT by {one.test}"
    failed = code == 1 and re.search(rf"^(FAILED|ERROR) .*{re.escape(one.test)}", said, re.M)
    return "" if failed else f"{one.test} did not run:\n{said[-1500:]}"


def main() -> int:
    """Plant them, say what is caught, and end with 1 if anything is not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("words", nargs="*")
    parser.add_argument("--at-once", type=int, default=2)
    given = parser.parse_args()
    chosen = [
        one
        for one in faults()
        if not given.words or any(word in f"{one.fault} {one.test}" for word in given.words)
    ]
    free: Queue[Path] = Queue()

    def try_one(one: Fault) -> bool:
        folder, began = free.get(), time.monotonic()
        try:
            wrong = planted(one, folder)
        finally:
            free.put(folder)
        print(
            f"{'caught' if not wrong else 'WRONG '}  {time.monotonic() - began:4.0f} s  "
            f"{one.fault}{wrong and ': ' + wrong}",
            flush=True,
        )
        return not wrong

    with tempfile.TemporaryDirectory(prefix="iprof-faults-") as name:
        for number in range(given.at_once):
            free.put(copied(Path(name) / f"tree-{number}"))
        with ThreadPoolExecutor(given.at_once) as hands:
            caught = list(hands.map(try_one, chosen))
    print(f"{sum(caught)} of {len(caught)} caught.")
    return 0 if caught and all(caught) else 1


if __name__ == "__main__":
    sys.exit(main())
