"""A lesson's file parted: the YAML between two rules, then a screen a heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from iprof_kit.law.tables.marks import place

_RULE = "---"
_HEADING = re.compile(r"##\s+(\S.*)")
_FENCE = re.compile(r"\s*(```+|~~~+)\s*(\w*)\s*")
_FORBIDDEN = (
    (re.compile(r"<[A-Za-z/!]"), "du HTML"),
    (re.compile(r"!?\[[^\]]*\]\("), "un lien ou une image"),
    (re.compile(r"\*\*|__|`"), "du gras ou du code"),
    (re.compile(r"^\s*([-*+]\s|#|>|\|)"), "une liste, un titre ou un tableau"),
)
"""What these words, which are read as they are written, do not take."""


@dataclass
class Piece:
    """One screen: where its heading is, the words before its block, the block, the words after.

    `block` keeps an empty line for each line of the file before it: its errors have the right line.
    """

    line: int
    title: str
    before: list[tuple[int, str]] = field(default_factory=list)
    block: str = ""
    after: list[tuple[int, str]] = field(default_factory=list)


def parted(text: str) -> tuple[str, list[Piece], list[str]]:
    r"""Return the front matter, the screens, and what is wrong with how they are written.

    Examples
    --------
    >>> head, screens, errors = parted("---\nid: essai\n---\n\n## Un écran\n\nDes mots.\n")
    >>> screens[0].title, paragraphs(screens[0].before), errors
    ('Un écran', 'Des mots.', [])
    """
    lines = text.splitlines()
    if not lines or lines[0].strip() != _RULE:
        return "", [], [f"{place((1, 1))} : la leçon commence par une ligne « --- »."]
    ends = [rank for rank, line in enumerate(lines[1:], 1) if line.rstrip() == _RULE]
    if not ends:
        wrong = "l’en-tête n’est pas fermé : il manque une ligne « --- »."
        return "", [], [f"{place((1, 1))} : {wrong}"]
    pieces, errors = _screens(lines, ends[0] + 1)
    return "\n".join(["", *lines[1 : ends[0]]]), pieces, errors


def _screens(lines: list[str], first: int) -> tuple[list[Piece], list[str]]:
    """Return the screens of the lines from `first` on."""
    pieces: list[Piece] = []
    errors: list[str] = []
    rank = first
    while rank < len(lines):
        line, at = lines[rank], rank + 1
        if heading := _HEADING.fullmatch(line.rstrip()):
            pieces.append(Piece(at, heading[1]))
        elif line.strip() and not pieces:
            errors.append(f"{place((at, 1))} : un écran commence par « ## Titre ».")
            break
        elif fence := _FENCE.fullmatch(line):
            rank, wrong = _block(pieces[-1], lines, rank, fence[2])
            errors += [f"{place((at, 1))} : {wrong}"] if wrong else []
        elif pieces:
            errors += _word_errors(line, at)
            piece = pieces[-1]
            (piece.after if piece.block else piece.before).append((at, line.strip()))
        rank += 1
    return pieces, errors


def _block(piece: Piece, lines: list[str], rank: int, language: str) -> tuple[int, str]:
    """Give a screen its block; return the line that closes it, and what is wrong."""
    mark = lines[rank].strip()[:3]
    ends = [n for n, line in enumerate(lines[rank + 1 :], rank + 1) if line.strip() == mark]
    if not ends:
        return len(lines), "ce bloc n’est pas fermé."
    if language != "yaml":
        return ends[0], "un bloc s’écrit entre « ```yaml » et « ``` »."
    if piece.block:
        return ends[0], "un écran n’a qu’un bloc : ouvrez-en un autre par « ## »."
    piece.block = "\n" * (rank + 1) + "\n".join(lines[rank + 1 : ends[0]])
    if not piece.block.strip():
        return ends[0], "ce bloc est vide."
    return ends[0], ""


def _word_errors(line: str, at: int) -> list[str]:
    for form, what in _FORBIDDEN:
        if seen := form.search(line):
            where = place((at, seen.start() + 1))
            return [f"{where} : {what} ne se lit pas à voix haute : écrivez une phrase."]
    return []


def paragraphs(lines: list[tuple[int, str]]) -> str:
    """Return the words of some lines, an empty line between two paragraphs."""
    text = "\n".join(line for _, line in lines).strip()
    return "\n\n".join(" ".join(part.split()) for part in re.split(r"\n{2,}", text) if part)
