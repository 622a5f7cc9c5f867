"""Zone, attachment and post of the year in words: the same three on every screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from iprof_kit.base.calendar import rentree_day
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier
from iprof_kit.services.contract.posts import Posts, posts_of
from iprof_kit.ui.kit.parts import Axis, Lane, Lanes, Stretch
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

UNKNOWN_ATTACHMENT = "à demander au rectorat"
_AFTER = "à demander"
_PAST_YEARS, _YEARS_AHEAD = 6, 2
"""Years before and after today that are drawn of a post."""


@dataclass(frozen=True)
class OwnPost:
    """Where somebody without a zone works: one sentence, and the same on an axis."""

    strong: str
    lanes: Lanes


def named(posting: AffectationTenue) -> str:
    """Return the name of a place inside a sentence: « zone de remplacement des Vosges »."""
    name = posting.etablissement
    return f"{name[:1].lower()}{name[1:]}"


def three_facts(posts: Posts) -> Iterator[tuple[str, str, str]]:
    """Yield label, place and note of what the holder of a zone has; nothing for anybody else."""
    if posts.zone is None:
        return
    zone, attached, yearly = posts.zone, posts.attachment, posts.yearly
    since = worded("Depuis le {}. C’est elle qui compte dans vos points.", since_of(zone, "zone"))
    yield "Ma zone", zone.etablissement, since
    if attached:
        day = since_of(attached, "attachment")
        note = worded("{}depuis le {}. Il n’est pas le poste.", _town(attached), day)
        yield "Mon rattachement", attached.etablissement, note
    else:
        yield "Mon rattachement", UNKNOWN_ATTACHMENT, "Votre dossier ne le dit pas."
    if yearly:
        note = worded("{}{}.", _town(yearly), _span(yearly))
        yield "Mon poste de l’année", yearly.etablissement, note
    else:
        yield "Mon poste de l’année", "aucun dans votre dossier", ""


def zone_sentences(posts: Posts) -> tuple[str, str]:
    """Return what the post is, then where the year is spent; two empty ones without a zone."""
    if posts.zone is None:
        return "", ""
    zone = named(posts.zone)
    what = f"la {zone}" if zone.startswith("zone") else f"une zone : {posts.zone.etablissement}"
    strong = worded("Votre poste est {}, depuis le {}.", what, since_of(posts.zone, "zone"))
    if posts.yearly is None:
        return strong, "Votre dossier ne dit aucun poste pour l’année."
    end = posts.yearly.fin
    if end is None:
        stops: str = "n’a pas de fin dans votre dossier"
    else:
        stops = worded("s’arrête le {}", text.dated(end, "post.yearly.until"))
    return strong, worded("Celui de l’année, {}, {}.", named(posts.yearly), stops)


def since_of(posting: AffectationTenue, kind: str) -> str:
    """Return the first day of a posting: « fixed », « zone », « attachment » or « yearly »."""
    return text.dated(posting.debut, f"post.{kind}.since")


def own_post(dossier: Dossier, today: date) -> OwnPost | None:
    """Return the post or the posting that a file gives for a day, where it gives one.

    Returns
    -------
    OwnPost or None
        None for the holder of a zone, whose three facts `three_facts` tells apart, and for a file
        without posting.
    """
    posts = posts_of(dossier, today)
    posting = posts.fixed or posts.yearly
    if posts.zone or posting is None:
        return None
    first = max(posting.debut, rentree_day(today.year - _PAST_YEARS))
    axis = Axis(first, rentree_day(today.year + _YEARS_AHEAD))
    name = "Poste" if posts.fixed else "Affectation"
    return OwnPost(
        _sentence(posts, posting),
        Lanes(
            caption="D’après votre dossier, d’une rentrée à l’autre",
            marks=tuple(
                (axis.at(rentree_day(year)), str(year))
                for year in range(axis.last.year - 1, first.year, -_YEARS_AHEAD)
            ),
            rows=(Lane(name, tuple(_stretches(axis, posting, today))),),
            today=axis.at(today),
            spoken=posting.etablissement,
        ),
    )


def _sentence(posts: Posts, posting: AffectationTenue) -> str:
    if posts.fixed:
        since = since_of(posting, "fixed")
        return worded("Votre poste : {}, depuis le {}.", posting.etablissement, since)
    if posting.fin is None:
        return worded("Votre affectation, {}, n’a pas de fin dans votre dossier.", named(posting))
    end = text.dated(posting.fin, "post.yearly.until")
    return worded("Votre affectation, {}, s’arrête le {}.", named(posting), end)


def _stretches(axis: Axis, posting: AffectationTenue, today: date) -> Iterator[Stretch]:
    yield axis.stretch("done", max(posting.debut, axis.first), today, posting.etablissement)
    end = min(posting.fin or axis.last, axis.last)
    yield axis.stretch("coming", today, end)
    if end < axis.last:
        yield axis.stretch("missing", end, axis.last, _AFTER)


def _town(posting: AffectationTenue) -> str:
    return f"{posting.commune}, " if posting.commune else ""


def _span(posting: AffectationTenue) -> str:
    first = since_of(posting, "yearly")
    if posting.fin is None:
        return worded("depuis le {}", first)
    return worded("du {} au {}", first, text.dated(posting.fin, "post.yearly.until"))
