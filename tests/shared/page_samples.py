"""The blocks that a reader of the pages types: what each is, and the environment it runs in."""

import re
from dataclasses import dataclass
from pathlib import Path

from iprof_kit.base.paths import ROOT

PAGES = [*sorted(ROOT.glob("README*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
TYPED = ("sh", "console", "python", "json")
"""Languages of blocks that are run; `console` shows what a command answers, after `$ `."""
READ = ("yaml", "toml", "text", "ini", "markdown")
"""Languages of blocks that are only read, unless a title makes them files."""
_FENCE = re.compile(r"^( *)(`{3,})([^`]*)$")
_TITLE = re.compile(r'title="([^"]+)"')
_PLACE = re.compile(r"^(?:Environnement|Environment) ?: .*?`make (serve|lab)`", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """A fenced block: `title` names the file that its text is, where it is one."""

    page: str
    line: int
    language: str
    title: str
    text: str


def blocks_of(path: Path) -> list[Block]:
    """Give the blocks of a page, in order; a fence within a longer one is text of it."""
    blocks, opened = [], None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fence = _FENCE.match(line)
        if opened is None and fence:
            opened, lines = (number, fence), []
        elif opened and fence and not fence[3] and fence[2].startswith(opened[1][2]):
            start, (indent, _, info) = opened[0], opened[1].groups()
            title = _TITLE.search(info)
            blocks.append(
                Block(
                    path.relative_to(ROOT).as_posix(),
                    start,
                    (info.split() or [""])[0],
                    title[1] if title else "",
                    "".join(f"{one.removeprefix(indent)}\n" for one in lines),
                )
            )
            opened = None
        elif opened:
            lines.append(line)
    assert opened is None, f"{path} : a fence is open at its end"
    return blocks


def environment_of(path: Path) -> str | None:
    """Give the environment that a page names on a line of its own: `serve` or `lab`."""
    named = _PLACE.search(path.read_text("utf-8"))
    return named[1] if named else None
