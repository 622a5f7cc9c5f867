"""The RAEP file on the screen: what to write, its words and pages counted, taken away as a PDF."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from iprof_kit.calculate.paths.competitions import RaepFile
from iprof_kit.cv.model import Cv
from iprof_kit.cv.values import period
from iprof_kit.documents.model import Document, Part, Section
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.kit.parts import reference_text
from iprof_kit.ui.shared import text

FILE_NAME = "dossier-raep.pdf"
PREFIX = "raep."
NOTICE = (
    "Préparé avec un kit libre, non officiel, qui ne l’a transmis à personne. La page de "
    "couverture est celle de l’inscription."
)
FIRST = "parcours"
"""The piece to which the experiences of a CV are added."""
_RANKS = {1: "Première partie", 2: "Seconde partie"}


@dataclass(frozen=True)
class PieceView:
    """One piece: its field, what is expected, how many words it has."""

    name: str
    title: str
    advice: str
    value: str
    words: str


@dataclass(frozen=True)
class PartView:
    """One part of the file: its pieces, its pages counted, whether it is too long."""

    rank: int
    title: str
    pages: str
    too_long: str
    pieces: tuple[PieceView, ...]


@dataclass(frozen=True)
class Experience:
    """One line of the CV that may be added to the first part."""

    id: str
    words: str


@dataclass(frozen=True)
class RaepView:
    """The whole file: its parts, the count of all, what the instructions say."""

    parts: tuple[PartView, ...]
    answer: str
    pages: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    verify: bool
    started: bool
    experiences: tuple[Experience, ...] = ()


def raep_view(
    file: RaepFile,
    written: Mapping[str, str],
    dossier: Dossier,
    today: date,
    experiences: tuple[Experience, ...] = (),
) -> RaepView:
    """Return the file as it stands: each part with its words, and its pages as they would be set.

    Parameters
    ----------
    file : RaepFile
    written : mapping
        Pieces as they were typed, by key.
    dossier : Dossier
    today : date
    experiences : tuple of Experience
    """
    bare = _document(file, {}, dossier, today, "")
    counted = {
        part: _pages(bare, section, file.form.points, file.form.side) if section.parts else 0
        for part, section in _sections(file, written)
    }
    parts = tuple(_part(file, part, written, pages) for part, pages in counted.items())
    total, most = sum(counted.values()), sum(file.most_pages.values())
    words = sum(len(written.get(one.key, "").split()) for one in file.pieces)
    return RaepView(
        parts,
        f"{_counted(words, 'mot')}, {_counted(total, 'page')}" if words else "rien d’écrit encore",
        f"{total} sur {most}",
        tuple(map(text.sentence, file.notes)),
        tuple(reference_text(one) for one in file.sources),
        file.doubtful,
        bool(words),
        experiences,
    )


def raep_pdf(
    file: RaepFile, written: Mapping[str, str], dossier: Dossier, today: date, competition: str
) -> Download:
    """Return the file as a PDF, each part on pages of its own."""
    from iprof_kit.documents.application_file import file_pdf  # few sessions need it

    document = _document(file, written, dossier, today, competition)
    return Download(
        FILE_NAME, "application/pdf", file_pdf(document, file.form.points, file.form.side)
    )


def experiences_of(cv: Cv) -> tuple[Experience, ...]:
    """Return the affectations, functions and missions of a CV, one line each.

    Examples
    --------
    >>> experiences_of(Cv())
    ()
    """
    lines = []
    for one in cv.faits.fonctions:
        place = ", ".join(filter(None, (one.etablissement, one.lieu)))
        what = " : ".join(filter(None, (period(one.debut, one.fin), one.intitule or one.type)))
        words = " ; ".join(filter(None, (", ".join(filter(None, (what, place))), one.description)))
        if words:
            lines.append(Experience(one.id, words))
    return tuple(lines)


def _part(file: RaepFile, part: int, written: Mapping[str, str], pages: int) -> PartView:
    most = file.most_pages[part]
    over = pages > most
    name = _RANKS.get(part, f"Partie {part}")
    return PartView(
        part,
        name,
        f"{_counted(pages, 'page')}, {most} au plus",
        f"{name} : {pages} pages, {most} au plus. Raccourcissez-la." if over else "",
        tuple(
            PieceView(
                f"{PREFIX}{one.key}",
                one.title,
                text.sentence(one.advice),
                written.get(one.key, ""),
                _counted(len(written.get(one.key, "").split()), "mot"),
            )
            for one in file.pieces
            if one.part == part
        ),
    )


def _sections(file: RaepFile, written: Mapping[str, str]) -> tuple[tuple[int, Section], ...]:
    return tuple(
        (
            part,
            Section(
                _RANKS.get(part, f"Partie {part}"),
                tuple(
                    Part(one.title, text=written[one.key])
                    for one in file.pieces
                    if one.part == part and written.get(one.key, "").strip()
                ),
            ),
        )
        for part in file.most_pages
    )


def _document(
    file: RaepFile, written: Mapping[str, str], dossier: Dossier, today: date, competition: str
) -> Document:
    who = dossier.identite
    name = f"{who.prenom} {who.nom}"
    title = f"Dossier RAEP, {competition}" if competition else "Dossier RAEP"
    sections = tuple(section for _, section in _sections(file, written) if section.parts)
    return Document(
        title=f"{title}, {name}",
        author=name,
        date=today,
        name=name,
        sections=sections,
        notice=NOTICE,
    )


@lru_cache(maxsize=32)
def _pages(document: Document, section: Section, points: int, side: int) -> int:
    """Return the pages of a part: set once for one text."""
    from iprof_kit.documents.application_file import pages_of  # few sessions need it

    return pages_of(document, section, points, side)


def _counted(number: int, noun: str) -> str:
    return f"{number}{text.NBSP}{noun}{'s' if number > 1 else ''}"
