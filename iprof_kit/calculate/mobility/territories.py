"""What an academy or a département has of its own, for one person: known, or said not to be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from iprof_kit.base.reference import department_code, written_rows
from iprof_kit.base.sources import to_verify
from iprof_kit.calculate.interface.papers import citation
from iprof_kit.law.campaigns.model import places_of
from iprof_kit.law.mobility.territories import carte_scolaire as posts
from iprof_kit.law.mobility.territories import corrections as confirmation
from iprof_kit.law.mobility.territories import replacement
from iprof_kit.law.mobility.territories.known import Known

OTHER, designated = posts.OTHER, posts.designated
POSTS_FIRST, PLACE_BY_PLACE = replacement.POSTS_FIRST, replacement.PLACE_BY_PLACE


def department_name(code: str) -> str:
    """Return the name of a département by its code, "" for an unknown one.

    Examples
    --------
    >>> department_name("063"), department_name("56"), department_name("")
    ('Puy-de-Dôme', 'Morbihan', '')
    """
    return _departments().get(department_code(code), "")


@cache
def _departments() -> dict[str, str]:
    return {row["code_insee"]: row["nom"].replace("'", "’") for row in written_rows("departements")}


@dataclass(frozen=True)
class Ground:
    """Whose rules they are: her place and its campaign, "" and 0 where none is known.

    `elsewhere` are the other places that are known, « Dijon 2015 »; `doubtful` is True for what is
    to be verified, which rules of a campaign of the past always are.
    """

    place: str
    year: int
    elsewhere: tuple[str, ...]
    sources: tuple[str, ...]
    doubtful: bool = True


@dataclass(frozen=True)
class PriorityWish:
    """One wish of the priority; `points` is None where they are not known."""

    level: str
    title: str
    points: float | None


@dataclass(frozen=True)
class WishChecked:
    """One wish of a list: whether it has the priority, its points, whether it stands too late."""

    priority: bool
    points: float | None
    disorder: bool


@dataclass(frozen=True)
class ClosedPost:
    """The rules of a post that is closed, and a list of wishes beside them.

    `common` is True where the wishes are only those that other places share.
    """

    ground: Ground
    common: bool
    wishes: tuple[PriorityWish, ...]
    checked: tuple[WishChecked, ...]
    missing: tuple[PriorityWish, ...]
    who: tuple[str, ...]
    order: tuple[str, ...]
    kept: tuple[str, ...]
    back: tuple[str, ...]
    national: tuple[str, ...]


def closed_post(
    degree: str, departement: str, academie: str, year: int, levels: Sequence[str]
) -> ClosedPost:
    """Return what is known of a closed post where a person is, and of her list.

    Parameters
    ----------
    degree : str
        « 1d » or « 2d ».
    departement, academie : str
        Codes, as a file has them.
    year : int
        The rentrée aimed at.
    levels : sequence of str
        The level of each of her wishes, in order.

    Examples
    --------
    >>> one = closed_post("2d", "021", "07", 2027, ["etablissement", "autre"])
    >>> one.ground.place, [wish.priority for wish in one.checked]
    ('Dijon', [True, False])
    """
    post = posts.closed_post(degree, _places(degree, departement, academie), year)
    own = posts.checked(post, levels)
    return ClosedPost(
        ground=_ground(post.own, post.others, post.national),
        common=post.common,
        wishes=tuple(map(_wish, post.wishes)),
        checked=tuple(
            WishChecked(has, points, rank in own.disorder)
            for rank, (has, points) in enumerate(zip(own.has, own.points, strict=True), start=1)
        ),
        missing=tuple(map(_wish, own.missing)),
        who=tuple(post.sentences("qui")),
        order=tuple(post.sentences("ordre")),
        kept=tuple(post.sentences("garde")),
        back=tuple(post.sentences("retour")),
        national=tuple(map(str, post.national.rows["libelle"])),
    )


@dataclass(frozen=True)
class Preferences:
    """What is known of the preferences of a replacement zone."""

    ground: Ground
    most: int | None
    kinds: tuple[str, ...]
    where: str
    without: str
    ranking: str


def preferences(academie: str, year: int) -> Preferences:
    """Return what an academy says of the preferences of its replacement teachers.

    Examples
    --------
    >>> preferences("23", 2027).most, preferences("06", 2027).most
    (5, None)
    """
    rules = replacement.preferences(places_of("", academie), year)
    values = rules.values
    return Preferences(
        _ground(rules.own, rules.others),
        rules.number("nombre"),
        tuple(one for one in values.get("natures", "").split(";") if one),
        values.get("ou", ""),
        values.get("sans", ""),
        values.get("classement", ""),
    )


@dataclass(frozen=True)
class ExtensionRules:
    """What is known of the extension inside an academy; `way` is "" where it is not known."""

    ground: Ground
    way: str
    national: tuple[str, ...]
    own: tuple[str, ...]


def extension_rules(academie: str, year: int) -> ExtensionRules:
    """Return how an academy walks its places, as far as it is known.

    Examples
    --------
    >>> extension_rules("03", 2027).way, extension_rules("06", 2027).way
    ('etablissements_puis_zones', '')
    """
    rules, everywhere = (
        replacement.extension_rules(places_of("", academie), year),
        replacement.national_extension(year),
    )
    own = [rules.values[key] for key in ("garde",) if key in rules.values]
    return ExtensionRules(
        _ground(rules.own, rules.others, everywhere.own),
        rules.values.get("ordre", ""),
        tuple(everywhere.values.values()),
        tuple(own),
    )


def walk(places: Sequence[str], way: str) -> tuple[tuple[str, str], ...]:
    """Return the stops of an extension: each place with « etablissements » or « zones ».

    Examples
    --------
    >>> walk(("Doubs", "Jura"), PLACE_BY_PLACE)[:2]
    (('Doubs', 'etablissements'), ('Doubs', 'zones'))
    """
    return tuple((one.place, one.kind) for one in replacement.walk(places, way))


def least_score(totals: Sequence[float], tied: Sequence[float]) -> tuple[int, float] | None:
    """Return which wish lowers the score of the extension, and that score; None without wish."""
    return replacement.least_score(totals, tied)


@dataclass(frozen=True)
class Corrections:
    """What may still change on a confirmation: what, whether, how."""

    ground: Ground
    rows: tuple[tuple[str, bool, str], ...]


def corrections(phase: str, academie: str, year: int) -> Corrections:
    """Return what may still change on the confirmation, where an academy is known to say it.

    Examples
    --------
    >>> corrections("intra_academique", "06", 2027).rows
    ()
    """
    known = confirmation.corrections(phase, places_of("", academie), year)
    rows = tuple((one.what, one.possible, one.how) for one in known.rows)
    return Corrections(_ground(known.own, known.others), rows)


def _places(degree: str, departement: str, academie: str) -> tuple[str, ...]:
    if degree == "1d":
        return places_of(departement, "")
    return places_of("", academie)


def _ground(own: Known, others: Iterable[Known], national: Known | None = None) -> Ground:
    seen = tuple(others)
    every = (own, *(() if own.scope else seen), *((national,) if national else ()))
    sources = dict.fromkeys(one for known in every for one in known.sources)
    return Ground(
        own.scope,
        own.year,
        tuple(f"{one.scope} {one.year}" for one in seen),
        tuple(map(citation, sources)),
        to_verify(own.confidence),
    )


def _wish(one: posts.PriorityWish) -> PriorityWish:
    return PriorityWish(one.level, one.title, one.points)
