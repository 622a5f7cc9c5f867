"""A replacement zone as final French text: preferences, deadline, the walk of an extension."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.mobility.territories import (
    PLACE_BY_PLACE,
    POSTS_FIRST,
    ExtensionRules,
    Preferences,
    least_score,
    walk,
)
from iprof_kit.services.contract.posts import Posts
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields.ordered import OrderedLine, Typed, faults, shown
from iprof_kit.ui.kit.parts import Lanes, Option, Page, Result
from iprof_kit.ui.own_situation.posted import three_facts, zone_sentences
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.screens.remplacement import kept
from iprof_kit.ui.screens.remplacement.figure import Demand
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import worded

STEP = "preferences_remplacement"
"""The step of the intra-academic campaign that closes the preferences."""
KINDS = ("établissement", "commune", "groupe de communes", "département", "zone de remplacement")
TYPES = ("tout poste", "collège", "lycée", "lycée professionnel")
_STOPS = {"etablissements": "postes en établissement", "zones": "zones de remplacement"}
_WAYS = (
    (POSTS_FIRST, "tous les établissements, puis les zones"),
    (PLACE_BY_PLACE, "lieu par lieu"),
)


@dataclass(frozen=True)
class ExtensionView:
    """Where an extension would lead, in the order that she gives."""

    rules: ExtensionRules
    count: int
    """The places that she named."""
    places: tuple[OrderedLine, ...]
    ways: tuple[Option, ...]
    stops: tuple[tuple[str, str], ...]
    """Each place that is walked, and which of its posts."""
    scores: tuple[OrderedLine, ...]
    typed: Mapping[str, str]
    """The points of each wish as typed."""
    least: tuple[float, str] | None
    """The score that serves, and whose it is; None while none can be counted."""

    @property
    def way(self) -> str:
        """Return how the places are walked: as the academy says, else as she does; "" unsaid."""
        return next((one.label for one in self.ways if one.selected), "")


@dataclass(frozen=True)
class ReplacementView(Page):
    """The page of a replacement zone."""

    rules: Preferences | None = None
    step: EtapeVue | None = None
    """The step of the campaign that closes the preferences."""
    count: int = 0
    """The preferences that she wrote."""
    results: tuple[Result, ...] = ()
    facts: tuple[Result, ...] = ()
    """Zone, attachment, post of the year; none where her file has no zone."""
    dated: str = ""
    """Until when preferences are entered, where the opening sentence says what her post is."""
    known_zone: bool = False
    lanes: Lanes | None = None
    demands: tuple[Demand, ...] = ()
    zone: str = ""
    choices: tuple[Option, ...] = ()
    lines: tuple[OrderedLine, ...] = ()
    extension: ExtensionView | None = None
    campaign: str = ""
    form_key: str = ""
    help: str = ""
    carnet: CarnetView = field(default_factory=CarnetView)

    @property
    def written(self) -> str:
        """Return how many of her preferences are written: « 0 sur 10 »."""
        return _written(self.rules, self.count) if self.rules else ""


def replacement_view(
    rules: Preferences,
    extension: ExtensionView,
    fields: Mapping[str, str],
    campaign: CampagneVue | None,
    here: LocalClock | None,
    form_key: str,
    posts: Posts,
) -> ReplacementView:
    """Return the page, as far as what is known of her academy goes.

    Parameters
    ----------
    fields : mapping
        What her carnet keeps of her preferences.
    campaign : CampagneVue or None
        The intra-academic movement of the coming rentrée.
    here : LocalClock or None
        Where her hour is not that of Paris.
    posts : Posts
        Her zone, her attachment and her post of the year, as her file tells them apart.
    """
    wanted = kept.preferences_of(fields)
    step = _step(campaign)
    strong, rest = zone_sentences(posts) if posts.zone else _sentence(step)
    choice = fields.get(kept.CHOICE, kept.YEARLY)
    count = sum(not one.is_empty for one in wanted)
    return ReplacementView(
        title="Zone de remplacement",
        lead_strong=worded("{}", strong),
        lead=worded("{}", rest),
        rules=rules,
        step=step,
        count=count,
        facts=tuple(Result(*one) for one in three_facts(posts)),
        results=tuple(_results(rules, step, here, count)),
        dated=" ".join(filter(None, _sentence(step))) if posts.zone else "",
        zone=fields.get(kept.ZONE, ""),
        known_zone=posts.zone is not None,
        choices=(
            Option(kept.YEARLY, "un poste à l’année", choice != kept.SHORT),
            Option(kept.SHORT, "des suppléances", choice == kept.SHORT),
        ),
        lines=_lines(rules, wanted),
        extension=extension,
        campaign=f"{campaign.adresse}?campagne={campaign.id}" if campaign else "/services",
        form_key=form_key,
    )


def extension_view(
    rules: ExtensionRules, fields: Mapping[str, str], scores: Mapping[str, str]
) -> ExtensionView:
    """Return the walk of an extension over the places that she typed, and the score that serves.

    Parameters
    ----------
    fields : mapping
        Places in her order, and the way, where the academy's is not known.
    scores : mapping
        Her wishes with their points.
    """
    places = kept.places_of(fields)
    names = [one.name for one in places if not one.is_empty]
    way = rules.way or fields.get(kept.WAY, "")
    stops = walk(names, way) if way in dict(_WAYS) else ()
    typed = kept.scores_of(scores)
    whole = kept.whole(typed)
    least = least_score([one.total or 0 for one in whole], [one.tied for one in whole])
    return ExtensionView(
        rules,
        len(names),
        shown(places, (("", ""),), faults(places), {}, kept.PLACES),
        tuple(Option(key, label, key == way) for key, label in _WAYS),
        tuple((place, _STOPS[kind]) for place, kind in stops),
        _score_lines(typed),
        scores,
        (least[1], whole[least[0]].name) if least else None,
    )


def _step(campaign: CampagneVue | None) -> EtapeVue | None:
    steps = campaign.etapes if campaign else ()
    return next((one for one in steps if one.etape == STEP), None)


def _sentence(step: EtapeVue | None) -> tuple[str, str]:
    if step and step.etat in ("ouverte", "a_venir") and step.au:
        return f"Vos préférences se saisissent d’ici au {text.day(step.au)}.", ""
    if step and step.etat == "close" and step.au:
        return f"La saisie des préférences est close depuis le {text.day(step.au)}.", ""
    strong = "La date des préférences n’est pas connue de ce kit pour votre académie."
    if step and step.habitude:
        return strong, f"Les années passées : {words.weeks(step.habitude)}."
    return strong, "Votre circulaire intra-académique la donne."


def _results(
    rules: Preferences, step: EtapeVue | None, here: LocalClock | None, count: int
) -> Iterator[Result]:
    most = _written(rules, count)
    small = "" if rules.most else "nombre permis inconnu"
    yield Result("Préférences écrites", most, small)
    dated = step is not None and step.au is not None
    yield Result(
        "À saisir avant la fin du",
        text.day(step.au) if step and step.au else "date inconnue",
        words.end_hour(step, here) if dated and step else "",
    )
    yield Result("Où les saisir", rules.where or "selon votre circulaire")


def _written(rules: Preferences, count: int) -> str:
    return f"{count} sur {rules.most}" if rules.most else str(count)


def _lines(rules: Preferences, wanted: Sequence[Typed]) -> tuple[OrderedLine, ...]:
    wrong = faults(wanted, rules.most)
    if rules.kinds:
        for one in wanted:
            if one.kind and one.kind not in rules.kinds and not one.is_empty:
                allowed = ", ".join(rules.kinds)
                wrong.setdefault(one.rank, f"Pour {rules.ground.place}, choisissez : {allowed}.")
    notes = {
        one.rank: "Plus large que la suivante : elle sera lue avant elle."
        for one, after in pairwise(wanted)
        if one.kind in KINDS
        and after.kind in KINDS
        and KINDS.index(one.kind) > KINDS.index(after.kind)
    }
    room = rules.most or kept.ROOM
    return shown(wanted, tuple((one, one) for one in KINDS), wrong, notes, room)


def _score_lines(typed: Sequence[kept.Score]) -> tuple[OrderedLine, ...]:
    lines = [Typed(one.rank, "", one.name, {}) for one in typed]
    wrong = faults(lines) | {
        one.rank: f"{text.sentence(one.error.message)} {one.error.remedy}"
        for one in typed
        if one.error
    }
    return shown(lines, (("", ""),), wrong, {}, kept.SCORES)
