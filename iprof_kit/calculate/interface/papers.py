"""The papers of a value: which text, since when, how sure; and the words for a doubt."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from iprof_kit.base.calendar import date_of
from iprof_kit.base.sources import Source, to_verify
from iprof_kit.base.words import NBSP, corps_label
from iprof_kit.calculate.interface.explained import Reference
from iprof_kit.law.career.advancement import DURATIONS
from iprof_kit.law.career.reclassement import row_sentence, rows_applied
from iprof_kit.law.career.traitement import INDICES, fraction_papers
from iprof_kit.law.tables.cells import CELLS
from iprof_kit.law.tables.loading import at
from iprof_kit.law.tables.lookups import CellTable, confidence_letter, day_or_none

DOUBT = {"C": "une seule source", "D": "non confirmé par une source"}


@lru_cache(maxsize=2048)
def citation(text: str) -> str:
    """Return a source as it is cited: no name of file nor of version, « art. » after a comma."""
    text = re.sub(r"\w+\.csv(?:,? \([^)]*\)|, \w+(?: et \w+_\w+)?)?(?: ; )?", "", text)
    text = re.sub(r"\s*\((?:LEGI|version|versions)[^)]*\)|\s*\(\s*\)", "", text)
    text = re.sub(r"(?<=\d)(?: du \d{4}-\d\d-\d\d)? art\. ?", f", art.{NBSP}", text)
    text = re.sub(r"[\s;,]+$", "", text)
    return text.strip()


def article(text: str) -> str:
    """Return the first text cited: « décret 90-680, art. 25 »."""
    return citation(re.split(r" ; |, | : ", text)[0])


def duration_reference(cell: int, day: int) -> Reference:
    """Return the papers of an échelon's duration on a day."""
    return _of_row(DURATIONS, DURATIONS.row(cell, day))


def index_reference(cell: int, day: int) -> Reference:
    """Return the papers of an index on a day."""
    return _of_row(INDICES, INDICES.row(cell, day))


@cache
def _of_row(source: CellTable, row: int) -> Reference:
    """Return the papers of a row: kept by row, for the days on which it is read are a person's."""
    return of_source(source.papers(row))


def duration_doubt(cell: int, day: int) -> str:
    """Return why an échelon's duration must be verified; "" where it need not."""
    letter = DURATIONS.letter(cell, day)
    if not to_verify(letter):
        return ""
    corps = corps_label(CELLS.corps[cell], plural=True)
    return f"durée de l’échelon ({corps}) : {DOUBT[letter]}"


def index_doubt(cell: int, day: int) -> str:
    """Return why an indice majoré must be verified; "" where it need not."""
    letter = INDICES.letter(cell, day)
    return f"indice majoré : {DOUBT[letter]}" if to_verify(letter) else ""


def brut_doubt(cell: int, day: int) -> str:
    """Return why an indice brut must be verified; "" where it need not."""
    letter = INDICES.letter(cell, day, "confiance_indice_brut")
    return f"indice brut : {DOUBT[letter]}" if to_verify(letter) else ""


def rule_doubt(rule_id: str, confidence: str, corps: str, day: int) -> str:
    """Return why a reclassement must be verified, in the words of the table; "" otherwise."""
    if not to_verify(confidence):
        return ""
    rows = [row for row in rows_applied(rule_id, corps, day) if to_verify(str(row["confiance"]))]
    sentences = " ".join(map(row_sentence, rows)).rstrip(".")
    return f"reclassement, {DOUBT[confidence]}" + (f" : {sentences}" if sentences else "")


@cache
def point_reference(day: int) -> Reference:
    """Return the papers of the value of the point on a day."""
    row = at("point_indice", date_of(day)).iloc[-1]
    return Reference(
        texte=citation(str(row["source"]).split(";")[0]),
        valide_du=day_or_none(row["valide_du"]),
        valide_au=day_or_none(row["valide_au"]),
        confiance=confidence_letter(str(row["confiance"])),
    )


@cache
def part_time_reference(quotite: float, kind: str, corps: str | None = None) -> Reference:
    """Return the papers of the fraction that a quotité is paid."""
    fraction = fraction_papers(quotite, kind, corps)
    return Reference(
        texte=citation(str(fraction.source)),
        valide_du=fraction.since,
        confiance=fraction.confidence,
    )


def of_source(source: Source) -> Reference:
    r"""Return a source of the law as a reference.

    Examples
    --------
    >>> of_source(Source("décret 90-680 art. 24")).texte
    'décret 90-680, art.\xa024'
    """
    return Reference(
        texte=citation(source.text),
        valide_du=source.since,
        valide_au=source.until,
        confiance=source.confidence,
    )


def of_sources(sources: tuple[Source, ...]) -> tuple[Reference, ...]:
    """Return the law's sources as references."""
    return tuple(map(of_source, sources))
