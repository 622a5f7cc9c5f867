"""What the code weighs: `python tools/counts.py --against OLD` prints old, new and each goal.

OLD is a checkout or a revision. Counts are of what is written: lines of Python of the package, its
modules and imports, formatter skips, functions of more than eight arguments, classes of one name,
strict types, rules of style whose body stands elsewhere. A count is the shadow of clear code, not
its aim: where a goal would make the code worse, the code wins.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import subprocess
import sys
import tarfile
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("Result", "Row", "Line", "Step", "Group", "Standing", "Start")
_MOST_ARGUMENTS = 8
_COUNTED = ast.Import | ast.ImportFrom | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class Tree:
    """The files of one tree that are counted, by their path.

    Parameters
    ----------
    named : str
        A checkout or a revision of this repository.
    """

    def __init__(self, named: str) -> None:
        place = Path(named)
        read = _on_disk(place) if (place / "iprof_kit").is_dir() else _in_git(named)
        self.files = dict(read)

    @cached_property
    def modules(self) -> dict[str, str]:
        """The modules of the package, without the migrations of its database."""
        return {path: text for path, text in self.files.items() if path.endswith(".py")}

    @cached_property
    def nodes(self) -> list[ast.AST]:
        """The imports, functions and classes of every module."""
        every = (node for text in self.modules.values() for node in ast.walk(ast.parse(text)))
        return [one for one in every if isinstance(one, _COUNTED)]

    @cached_property
    def lines(self) -> int:
        """Lines of Python of the package."""
        return sum(map(_lines, self.modules.values()))

    @cached_property
    def rules(self) -> list[str]:
        """The body of each rule of style, its declarations in the order of the alphabet."""
        styles = (text for path, text in self.files.items() if path.endswith(".css"))
        bodies = (body for text in styles for _, body in _RULE.findall(_COMMENT.sub("", text)))
        said = (sorted(filter(None, map(str.strip, body.split(";")))) for body in bodies)
        return [re.sub(r"\s+", " ", "; ".join(one)) for one in said if one]

    def under(self, folder: str) -> int:
        """Return the lines of Python under a folder."""
        return sum(_lines(text) for path, text in self.modules.items() if path.startswith(folder))

    def classes(self, name: str) -> int:
        """Return how many classes bear a name, « _ » before it aside."""
        classes = (one for one in self.nodes if isinstance(one, ast.ClassDef))
        return sum(one.name.lstrip("_") == name for one in classes)


def imports(tree: Tree) -> float:
    """Return the share of the lines of Python that import."""
    told = (one for one in tree.nodes if isinstance(one, ast.Import | ast.ImportFrom))
    return 100 * sum((one.end_lineno or one.lineno) - one.lineno + 1 for one in told) / tree.lines


def laden(tree: Tree) -> int:
    """Return how many functions take more than eight arguments, `self` aside."""
    return sum(_arguments(node) > _MOST_ARGUMENTS for node in tree.nodes)


def strict(tree: Tree) -> float:
    """Return the share of the lines of Python that are under strict types."""
    told = tomllib.loads(tree.files["pyproject.toml"])["tool"]["mypy"]
    overrides = told.get("overrides", [])
    whole = sum(
        _lines(text) for path, text in tree.modules.items()
        if _is_strict(path, bool(told.get("strict")), overrides)
    )  # fmt: skip
    return 100 * whole / tree.lines


def repeated(tree: Tree) -> int:
    """Return how many rules of style have a body that stands elsewhere."""
    return sum(many for many in Counter(tree.rules).values() if many > 1)


def skips(tree: Tree) -> int:
    """Return how many times the formatter is told to look away."""
    return sum(len(re.findall(r"# fmt: (?:skip|off)", text)) for text in tree.modules.values())


def records(tree: Tree) -> int:
    """Return the modules of the room `records`, its inner rooms aside."""
    room = Path("iprof_kit/records")
    return sum(Path(one).parent == room and "__init__" not in one for one in tree.modules)


@dataclass(frozen=True)
class Count:
    """One thing that is counted, and its goal."""

    says: str
    of: Callable[[Tree], float]
    goal: Callable[[float], float] | None = None
    """The most that it should be, from what it was; None where only its course is followed."""
    at_least: bool = False


def _of_name(name: str) -> Callable[[Tree], float]:
    return lambda tree: tree.classes(name)


COUNTS = (
    Count("lines of the package", lambda tree: tree.lines, lambda old: old * 0.91),
    Count("its files", lambda tree: len(tree.modules), lambda old: old * 0.8),
    Count("lines of ui/screens", lambda t: t.under("iprof_kit/ui/screens/"), lambda o: o * 0.8),
    Count(
        "lines of templates",
        lambda tree: sum(_lines(text) for p, text in tree.files.items() if p.endswith(".html")),
    ),
    Count(
        "lines of styles",
        lambda tree: sum(
            _lines(text) for path, text in tree.files.items() if path.endswith(".css")
        ),
        lambda old: old * 0.75,
    ),
    Count("rules of style", lambda tree: len(tree.rules)),
    Count("those whose body stands elsewhere", repeated),
    Count("imports, % of the lines", imports, lambda _: 7),
    Count("formatter skips", skips, lambda _: 100),
    Count("functions above eight arguments", laden, lambda _: 8),
    *(
        Count(f"classes « {name} »", _of_name(name), (lambda _: 1) if name == "Result" else None)
        for name in NAMES
    ),
    Count("strict types, % of the lines", strict, lambda _: 100, at_least=True),
    Count("modules of records", records, lambda _: 20),
)


def table(old: Tree, new: Tree) -> Iterator[str]:
    """Yield the lines of the table: each count, old, new, the goal, « ok » where it is reached."""
    yield f"{'':36}{'old':>10}{'new':>10}{'goal':>10}"
    for one in COUNTS:
        before, after = one.of(old), one.of(new)
        goal = one.goal(before) if one.goal else None
        reached = goal is not None and (after >= goal if one.at_least else after <= goal)
        yield (
            f"{one.says:36}{_written(before):>10}{_written(after):>10}"
            f"{'' if goal is None else _written(goal):>10}{'  ok' if reached else ''}"
        )


def main() -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--against", required=True, metavar="OLD")
    parser.add_argument("--of", default=str(ROOT), metavar="NEW")
    asked = parser.parse_args()
    print(*table(Tree(asked.against), Tree(asked.of)), sep="\n")
    return 0


def _written(number: float) -> str:
    return f"{number:.1f}" if number != round(number) and number < 1000 else f"{number:.0f}"


def _lines(text: str) -> int:
    return text.count("\n")


def _arguments(node: ast.AST) -> int:
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        return 0
    told = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
    return sum(one.arg not in ("self", "cls") for one in told)


def _is_strict(path: str, strict: bool, overrides: list[dict[str, object]]) -> bool:
    module = path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for one in overrides:
        named = one["module"]
        patterns = named if isinstance(named, list) else [named]
        known = any(fnmatch(module, each) or module == str(each)[:-2] for each in patterns)
        if known and "strict" in one:
            strict = bool(one["strict"])
    return strict


def _counted(path: str) -> bool:
    inside = path.startswith(("iprof_kit/", "voila_templates/iprof/static/"))
    kept = inside and path.endswith((".py", ".css", ".html")) and "/_installed/" not in path
    return kept or path == "pyproject.toml"


def _on_disk(root: Path) -> Iterator[tuple[str, str]]:
    listed = subprocess.run(
        ["git", "-C", str(root), "ls-files", "-co", "--exclude-standard"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    for path in filter(_counted, listed.splitlines()):
        if (root / path).is_file():
            yield path, (root / path).read_text(encoding="utf-8")


def _in_git(revision: str) -> Iterator[tuple[str, str]]:
    archive = subprocess.run(
        ["git", "-C", str(ROOT), "archive", revision], capture_output=True, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        for one in files:
            if one.isfile() and _counted(one.name) and (read := files.extractfile(one)):
                yield one.name, read.read().decode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
