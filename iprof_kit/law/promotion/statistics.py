"""What was published of past promotions, and what one may do when one is not promoted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import Parameter, explaining, record
from iprof_kit.base.sources import Confidence, Source
from iprof_kit.base.words import appreciation_label
from iprof_kit.law.promotion.bareme import APPRECIATIONS
from iprof_kit.law.promotion.rows import parameter
from iprof_kit.law.requests.delays import Delay, delay_of
from iprof_kit.law.tables.facts import Fact, Facts
from iprof_kit.law.tables.loading import table
from iprof_kit.law.tables.lookups import confidence_letter

APPEALS = Facts("recours_promotion", ("cle",))


@dataclass(frozen=True)
class Bar:
    """The points of the last promoted of one list, as somebody published them."""

    year: int
    perimeter: str
    points: float
    source: str
    confidence: Confidence


@cache
def observed_bars(corps: str, since: int) -> tuple[Bar, ...]:
    """Return the bars of the hors classe published for a corps since a campaign, oldest first."""
    frame = table("promotions_stats")
    published = frame[
        (frame["corps"] == corps)
        & (frame["grade_cible"] == "hors_classe")
        & frame["barre_points"].notna()
        & (frame["annee"] >= since)
    ]
    return tuple(
        Bar(
            int(row["annee"]),
            str(row["perimetre"]),
            float(row["barre_points"]),
            str(row["source"]),
            confidence_letter(str(row["confiance"])),
        )
        for row in published.sort_values("annee").to_dict("records")
    )


def appreciation_shares(year: int) -> dict[str, int]:
    """Return how many of a hundred receive each appreciation: a hypothesis, recorded as such.

    Examples
    --------
    >>> sum(appreciation_shares(2026).values())
    100
    """
    facts = {name: parameter(f"part_{name}", year) for name in APPRECIATIONS[:-1]}
    shares = {name: fact.whole("valeur") for name, fact in facts.items()}
    if explaining():
        read = tuple(_share_read(name, shares[name], fact.papers) for name, fact in facts.items())
        record(rule="hypothese", kind="hypothese", source="", parameters=read)
    return shares


def _share_read(name: str, share: int, papers: Source) -> Parameter:
    words = (f"Appréciation « {appreciation_label(name)} », supposée", f"{share} %")
    return Parameter(
        f"part {name}",
        share,
        papers.text,
        papers.since,
        papers.until,
        papers.confidence,
        words=words,
    )


def last_day_of_appeal(published: date, way: str) -> date:
    """Return the last day of an appeal against a table, since its publication.

    Parameters
    ----------
    way : {"administratif", "tribunal"}

    Raises
    ------
    LawError
        No delay is known for this way, or on this day.

    Examples
    --------
    Two months francs (CE, 3 décembre 2018, n° 417292).

    >>> last_day_of_appeal(date(2026, 6, 23), "tribunal")
    datetime.date(2026, 8, 24)
    """
    delay = delay_of_appeal(APPEALS.read(published, way), published)
    if delay is None:
        raise LawError(f"aucun délai n’est connu pour {way}.", where=APPEALS.name)
    return delay.last_day(published)


def delay_of_appeal(way: Fact, day: date) -> Delay | None:
    """Return the delay of a way of appeal in force on a day; None where it has none.

    Raises
    ------
    LawError
        The tables do not hold the delay that the way names.
    """
    return delay_of(way.text("delai", untold=True), day) if way.has("delai") else None


def appeals(day: date) -> tuple[Fact, ...]:
    """Return what one may do when one is not promoted, in the order in which it is done."""
    return APPEALS.in_force(day)
