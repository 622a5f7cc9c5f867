"""The same pages: two trees of the kit drawn whole, and each page that is not the same.

`python tools/same_pages.py OLD NEW --seed N` draws, with the day and the sample of both frozen,
what the sample's people are shown: every screen of every role, every reason opened, openings and
controls drawn by the seed, files and letters as words. Outside them: the help of each command, what
each job answers, the mails that leave, the pages that the server gives without a screen (login,
refusals, the shell of each role), what the analysts' notebooks show. White space and the order of
attributes are aside; hard spaces are not. It ends with 1 where something differs, and each
difference is then intended and said, or mended.

OLD and NEW are checkouts, or revisions of this repository (`HEAD`, `integ~3`): a checkout runs in
its own `.venv/test`, a revision in that of this tree. `--quick` draws few people (two minutes),
`--only /services/demandes` one screen; `--only commande`, `travail`, `porte` or `notebook` what is
outside them. `--words` leaves tags and attributes aside, `--aside 'class="[^"]*"'` what a pattern
names. A tree without changes is drawn once, and kept.

What draws is `tools/drawn` of this tree on both sides, since a tree older than it has none and
since the same eye must look at both. It names no screen, view or table, which the two trees may cut
otherwise: it runs their notebooks as a kernel does, answers their guichet by its lines of JSON, and
reads what may be done in the HTML (`tools/drawn/doors.py`).
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
from io import BytesIO
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from drawn.compared import Aside, Difference, differences, read_drawing

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
KEPT = Path(tempfile.gettempdir()) / "same_pages"
_SHOWN = 3


class Side:
    """One of the two trees: where it is, and the drawing of it.

    Parameters
    ----------
    named : str
        A checkout or a revision.
    how : list of str
        Seed, mode and screen, as `drawing.py` takes them.
    """

    def __init__(self, named: str, how: list[str]) -> None:
        self.named, self._how = named, how
        place = Path(named).resolve()
        self._checkout = place if (place / "iprof_kit").is_dir() else None
        self._commit = self._known_commit()
        said = "-".join([self._commit or f"now{os.getpid()}-{abs(hash(named))}", _digest(), *how])
        self.file = KEPT / f"{re.sub('[^A-Za-z0-9-]+', '_', said)}.jsonl"
        self._process: subprocess.Popen[bytes] | None = None

    def _known_commit(self) -> str:
        """Return the commit that is drawn; "" for a checkout where something was changed."""
        if self._checkout is None:
            return _git(ROOT, "rev-parse", "--verify", f"{self.named}^{{commit}}")
        seen = "iprof_kit", "data", "notebooks", "voila_templates"
        changed = _git(self._checkout, "status", "--porcelain", "--", *seen)
        return "" if changed else _git(self._checkout, "rev-parse", "HEAD")

    def begin(self) -> None:
        """Draw it in a process of its own, unless it was drawn before."""
        if self._commit and self.file.exists():
            return
        KEPT.mkdir(exist_ok=True)
        tree = self._checkout or self._extracted()
        own = tree / ".venv" / "test" / "bin" / "python"
        python = str(own) if own.exists() else sys.executable
        self._part = self.file.with_suffix(f".{os.getpid()}.part")
        self._part.unlink(missing_ok=True)
        command = [python, str(HERE / "drawn" / "drawing.py"), str(tree), str(self._part)]
        limits = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        self._process = subprocess.Popen(
            [*command, *self._how], cwd=tree,
            env=os.environ | limits | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0"},
        )  # fmt: skip

    def end(self) -> bool:
        """Wait for its end; tell whether it was drawn whole."""
        if self._process is None:
            return True
        if self._process.wait() != 0:
            return False
        self._part.rename(self.file)
        return True

    def _extracted(self) -> Path:
        folder = KEPT / f"tree-{self._commit}"
        if not (folder / "iprof_kit").is_dir():
            archive = subprocess.run(
                ["git", "-C", str(ROOT), "archive", self._commit], capture_output=True, check=True
            )
            with tarfile.open(fileobj=BytesIO(archive.stdout)) as files:
                files.extractall(folder, filter="data")
        return folder


def main() -> int:
    """Draw both, print each difference once with its pages; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--words", action="store_true")
    parser.add_argument("--aside", action="append", default=[], type=re.compile)
    parser.add_argument("--longest", type=int, default=12, help="lines kept of a difference")
    asked = parser.parse_args()
    how = [str(asked.seed), "quick" if asked.quick else "whole", asked.only]
    begun = time.monotonic()
    sides = [Side(asked.old, how), Side(asked.new, how)]
    for side in {one.file: one for one in sides}.values():
        side.begin()
    drawn = [side.end() for side in {one.file: one for one in sides}.values()]
    if not all(drawn):
        print("Un des deux arbres n’a pas été dessiné jusqu’au bout.", file=sys.stderr)
        return 2
    old, new = (read_drawing(one.file) for one in sides)
    found = differences(old, new, Aside(asked.words, tuple(asked.aside)), asked.longest)
    for one in found:
        _print(one)
    failed = [name for name in new if name.endswith(" ✗")]
    for name in failed[:_SHOWN]:
        print(f"ne s’ouvre pas : {name}")
    count = sum(len(one.pages) for one in found)
    print(
        f"graine {asked.seed} : {len(old)} et {len(new)} pages, {count} différentes, "
        f"de {len(found)} façons, {len(failed)} qui ne s’ouvrent pas "
        f"({time.monotonic() - begun:.0f} s)"
    )
    return 1 if found else 0


def _print(one: Difference) -> None:
    more = len(one.pages) - _SHOWN
    print(*one.pages[:_SHOWN], *((f"… et {more} autres",) if more > 0 else ()), sep="\n")
    print(*(f"    {line}" for line in one.words), "", sep="\n")


def _git(place: Path, *words: str) -> str:
    done = subprocess.run(["git", "-C", str(place), *words], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"git {' '.join(words)} : {done.stderr.strip()}")
    return done.stdout.strip()


def _digest() -> str:
    """Return what names the eye: another one draws again."""
    files = sorted((HERE / "drawn").glob("*.py"))
    return hashlib.sha256(b"".join(one.read_bytes() for one in files)).hexdigest()[:12]


if __name__ == "__main__":
    sys.exit(main())
