"""What a file says that a person holds on a day: her post or zone, where she works this year.

A replacement teacher (TZR) has three facts that no other may stand for: the zone, of which she is
titular and which counts in her points; the school to which she is attached; the post of the year.
One place reads them, for every screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from iprof_kit.law.career.seniority import ATTACHED, POST, TITULAR, ZONE, effect_of
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier

__all__ = ["ZONE", "Posts", "is_titular", "kind_of", "posted_on", "posts_of"]
_IN_WORDS = "zone de remplacement"


@dataclass(frozen=True)
class Posts:
    """The postings of a day, told apart; each None where the file holds none.

    Attributes
    ----------
    zone : AffectationTenue or None
        The replacement zone of which she is titular.
    fixed : AffectationTenue or None
        The post of which she is titular, in a school.
    attachment : AffectationTenue or None
        The school to which the holder of a zone is attached: it manages, she need not teach there.
    yearly : AffectationTenue or None
        Where she works without being titular: for the year, or provisionally.
    """

    zone: AffectationTenue | None = None
    fixed: AffectationTenue | None = None
    attachment: AffectationTenue | None = None
    yearly: AffectationTenue | None = None

    @property
    def own(self) -> AffectationTenue | None:
        """What she is titular of: it is what a movement counts, and what may be closed."""
        return self.zone or self.fixed

    @property
    def works_at(self) -> AffectationTenue | None:
        """Where she teaches: the post of the year first, her attachment while none is given."""
        return self.yearly or self.fixed or self.attachment or self.zone

    @property
    def named(self) -> AffectationTenue | None:
        """What she says of herself elsewhere: the post of the year, else what she is titular of.

        A school to which the holder of a zone is attached says nothing of where she teaches.
        """
        return self.yearly or self.own


def posts_of(dossier: Dossier, day: date) -> Posts:
    """Return what a person holds on a day; of two postings alike, the one that began last.

    Parameters
    ----------
    dossier : Dossier
    day : date
    """
    by_kind = {kind_of(one): one for one in posted_on(dossier, day)}
    zone, fixed = by_kind.get(ZONE), by_kind.get(POST)
    if zone and fixed:
        zone, fixed = (zone, None) if zone.debut > fixed.debut else (None, fixed)
    return Posts(zone, fixed, by_kind.get(ATTACHED), by_kind.get(""))


def taught_at(dossier: Dossier, day: date) -> tuple[AffectationTenue, ...]:
    """Return the postings where a person teaches on a day: what is paid for a place is for these.

    No zone is one; the school of attachment is while none is given; the post that she left for the
    year is not.
    """
    covering = [one for one in posted_on(dossier, day) if kind_of(one) != ZONE]
    given = [one for one in covering if is_of_the_year(one)]
    if given:
        return tuple(one for one in covering if kind_of(one) not in (POST, ATTACHED))
    schools = tuple(one for one in covering if kind_of(one) != ATTACHED)
    return schools or tuple(covering)


def posted_on(dossier: Dossier, day: date) -> tuple[AffectationTenue, ...]:
    """Return the postings that cover a day, oldest first."""
    covering = (
        one
        for one in dossier.affectations
        if one.debut <= day and (one.fin is None or one.fin >= day)
    )
    return tuple(sorted(covering, key=lambda line: line.debut))


def is_titular(posting: AffectationTenue) -> bool:
    """Tell whether a posting is a post or a zone of which she is titular."""
    return kind_of(posting) in TITULAR


def is_of_the_year(posting: AffectationTenue) -> bool:
    """Tell whether a posting is given for the year, or provisionally, in the words of the table."""
    effect = effect_of(posting.type)
    return effect is not None and not kind_of(posting)


def kind_of(posting: AffectationTenue) -> str:
    """Return « poste », « zone », « rattachement », or nothing: of the last she is not titular."""
    effect = effect_of(posting.type)
    kind = effect[0] if effect else ""
    if (
        kind == POST
        and _IN_WORDS in f"{posting.type_etablissement} {posting.etablissement}".lower()
    ):
        return ZONE
    return kind if kind in (ZONE, POST, ATTACHED) else ""
