"""Le dossier RAEP: what it is made of, how long it may be, how its pages are set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.base.sources import Source
from iprof_kit.law.paths.rows import PARAMETERS
from iprof_kit.law.tables.facts import Facts
from iprof_kit.law.tables.rules import rule
from iprof_kit.law.tables.sentences import value

_FILES = Facts("dossiers_concours", ("dossier", "rang"))


@dataclass(frozen=True)
class FilePart:
    """One thing to write in a file: its part, what is expected there, pages of the whole part."""

    key: str
    part: int
    title: str
    advice: str
    most_pages: int
    note: str
    papers: Source


@dataclass(frozen=True)
class FileForm:
    """How the pages of a file are set: points of the letters, side margins in millimetres."""

    points: int
    side: int
    papers: Source


@rule(
    name="raep_parts",
    sentence="Le dossier de reconnaissance des acquis de l’expérience professionnelle décrit les "
    "responsabilités confiées ({premiere:page} au plus), puis analyse une expérience choisie "
    "({seconde:page} au plus).",
    source="arrêtés du 19-04-2013, art. 3 et annexes",
    since="2013-09-01",
    tables=("dossiers_concours",),
    values={
        "premiere": value(
            "dossiers_concours", "pages_max", dossier="raep_enseignement", cle="parcours"
        ),
        "seconde": value(
            "dossiers_concours", "pages_max", dossier="raep_enseignement", cle="realisation"
        ),
    },
)
def file_parts(code: str, day: date) -> tuple[FilePart, ...]:
    """Return what the RAEP file of a concours is made of; nothing where it has none, or ours no.

    Parameters
    ----------
    code : str
        Code of concours.csv.

    Examples
    --------
    >>> [one.key for one in file_parts("CPE_INT", date(2026, 11, 28))][:2]
    ['parcours', 'experience']
    >>> file_parts("AGREG_EXT", date(2026, 11, 28))
    ()
    """
    rows = [row for row in _FILES.in_force(day) if code in row.text("concours").split(";")]
    return tuple(
        FilePart(
            row.text("cle"),
            row.whole("partie"),
            row.text("titre"),
            row.text("consigne"),
            row.whole("pages_max", "pages au plus"),
            row.text("a_savoir"),
            row.papers,
        )
        for row in rows
    )


@rule(
    name="raep_form",
    sentence="Le dossier RAEP est dactylographié en Arial {raep_caracteres}, interligne simple, "
    "sans retrait en début de paragraphe.",
    source="consignes de l’épreuve RAEP des concours internes",
    since="2015-07-02",
    tables=("parametres_parcours",),
)
def file_form(day: date) -> FileForm:
    """Return how the pages of a RAEP file are set on a day."""
    letters = PARAMETERS.read(day, "raep_caracteres")
    side = PARAMETERS.read(day, "raep_marge_laterale").whole("valeur", "marge, en millimètres")
    return FileForm(letters.whole("valeur", "points"), side, letters.papers)
