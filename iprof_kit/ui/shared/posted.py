"""Zone, attachment and post of the year in words: the same three on every screen."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.services.contract.dossier import AffectationTenue
from iprof_kit.services.contract.posts import Posts
from iprof_kit.ui.shared import text

UNKNOWN_ATTACHMENT = "à demander au rectorat"


def named(posting: AffectationTenue) -> str:
    """Return the name of a place inside a sentence: « zone de remplacement des Vosges »."""
    name = text.french(posting.etablissement)
    return f"{name[:1].lower()}{name[1:]}"


def three_facts(posts: Posts) -> Iterator[tuple[str, str, str]]:
    """Yield label, place and note of what the holder of a zone has; nothing for anybody else.

    Parameters
    ----------
    posts : Posts
    """
    if posts.zone is None:
        return
    zone, attached, yearly = posts.zone, posts.attachment, posts.yearly
    since = f"Depuis le {text.day(zone.debut)}. C’est elle qui compte dans vos points."
    yield "Ma zone", text.french(zone.etablissement), since
    if attached:
        note = f"{_town(attached)}depuis le {text.day(attached.debut)}. Il n’est pas le poste."
        yield "Mon rattachement", text.french(attached.etablissement), note
    else:
        yield "Mon rattachement", UNKNOWN_ATTACHMENT, "Votre dossier ne le dit pas."
    if yearly:
        note = f"{_town(yearly)}{_span(yearly)}."
        yield "Mon poste de l’année", text.french(yearly.etablissement), note
    else:
        yield "Mon poste de l’année", "aucun dans votre dossier", ""


def zone_sentences(posts: Posts) -> tuple[str, str]:
    """Return what the post is, then where the year is spent; two empty ones without a zone."""
    if posts.zone is None:
        return "", ""
    zone = named(posts.zone)
    what = f"la {zone}" if zone.startswith("zone") else f"une zone : {posts.zone.etablissement}"
    strong = text.french(f"Votre poste est {what}, depuis le {text.day(posts.zone.debut)}.")
    if posts.yearly is None:
        return strong, "Votre dossier ne dit aucun poste pour l’année."
    end = posts.yearly.fin
    stops = f" s’arrête le {text.day(end)}" if end else " n’a pas de fin dans votre dossier"
    return strong, f"Celui de l’année, {named(posts.yearly)},{stops}."


def _town(posting: AffectationTenue) -> str:
    return f"{text.french(posting.commune)}, " if posting.commune else ""


def _span(posting: AffectationTenue) -> str:
    if posting.fin is None:
        return f"depuis le {text.day(posting.debut)}"
    return f"du {text.day(posting.debut)} au {text.day(posting.fin)}"
