"""The picture of `docs/architecture.md`, from the layers in `pyproject.toml` and the imports found.

`python3 tools/picture.py` writes it between its two marks; a test refuses another one.
"""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- picture: tools/picture.py -->\n", "<!-- end of the picture -->"
KIT = "iprof_kit"


def layers() -> list[str]:
    """Return the packages of the kit, the most independent first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    written = next(c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    named = [one.strip() for line in written["layers"] for one in line.split(":")]
    return [name.removeprefix(f"{KIT}.") for name in reversed(named)]


def says(package: str) -> str:
    """Return the first line of what a package says of itself."""
    path = ROOT / KIT / package
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    written = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return written.splitlines()[0].rstrip(".")


def needs(packages: list[str]) -> dict[str, list[str]]:
    """Return, for each package, the others that a module of it imports."""
    graph = grimp.build_graph(KIT, cache_dir=None)
    found: dict[str, set[str]] = {package: set() for package in packages}
    for module in graph.modules:
        home = module.split(".")[1:2]
        for other in graph.find_modules_directly_imported_by(module):
            seen = other.split(".")[1:2]
            if home and seen and home != seen and home[0] in found and seen[0] in found:
                found[home[0]].add(seen[0])
    return {package: [one for one in packages if one in found[package]] for package in packages}


def picture() -> str:
    """Return the picture: a row a package, what it is, and what it needs."""
    packages = layers()
    needed = needs(packages)
    head = "| package | what it is | needs |\n|---|---|---|\n"
    rows = (
        f"| `{package}` | {says(package)} | {', '.join(needed[package]) or 'nothing of ours'} |\n"
        for package in packages
    )
    return head + "".join(rows)


def main() -> None:
    """Write the picture where it stands."""
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}{picture()}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
