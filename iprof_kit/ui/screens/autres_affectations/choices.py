"""What a person tries: campaign, wishes in their order, answers; what of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.places import Destination
from iprof_kit.services.contract.carnet import is_sensitive
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.fields import IN_MEMORY, read_fields
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.own_situation.wishes import children_told
from iprof_kit.ui.screens.autres_affectations.fields import OF_A_CAMPAIGN, groups
from iprof_kit.ui.screens.autres_affectations.reading import Priority, question_of
from iprof_kit.ui.screens.autres_affectations.start import (
    Degree,
    MovementFacts,
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)

_LONGEST, _MOST_ANSWERS = 80, 80
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Choices:
    """One writing of the screen.

    Attributes
    ----------
    answers : mapping of field to text
        As they were typed, whatever the campaign.
    dated : mapping of campaign to answers
        Those that hold for one campaign, as years counted at its own day.
    priority : Priority
        Recognised priority; held in memory alone.
    """

    degre: Degree
    campagne: int
    wishes: tuple[str, ...] = ()
    answers: Answers = field(default_factory=dict)
    dated: Mapping[int, Answers] = field(default_factory=dict)
    priority: Priority = field(default_factory=Priority)

    @property
    def typed(self) -> dict[str, str]:
        """Return what is typed for the campaign; what it does not say comes from the nearest."""
        return {**self._elsewhere(), **self.dated.get(self.campagne, {})}

    def _elsewhere(self) -> dict[str, str]:
        others = sorted(set(self.dated) - {self.campagne}, key=lambda y: -abs(y - self.campagne))
        answers = dict(self.answers)
        for year in others:
            answers.update(self.dated[year])
        return answers

    def answered(self, shown: Answers, given: Answers) -> Choices:
        """Return the choices with the fields of a form; those that it does not show stay.

        Parameters
        ----------
        given : mapping of field to text
            What the file fills in: it is read there again, not kept here.
        """
        own = dict(self.dated.get(self.campagne, {}))
        others, answers = {**given, **self._elsewhere()}, dict(self.answers)
        for name, typed in shown.items():
            here, instead = (own, others) if name in OF_A_CAMPAIGN else (answers, given)
            if typed == instead.get(name, ""):
                here.pop(name, None)
            else:
                here[name] = typed
        return replace(self, answers=answers, dated={**self.dated, self.campagne: own})

    def as_filed(self) -> Choices:
        """Return the choices without any answer: the screen is again what the file says."""
        return replace(self, answers={}, dated={})

    def added(self, key: str) -> Choices:
        """Return the choices with one wish more, at the end."""
        return replace(self, wishes=(*self.wishes, key))

    def removed(self, key: str) -> Choices:
        """Return the choices without a wish; its priority goes with it."""
        kept = tuple(wish for wish in self.wishes if wish != key)
        named = tuple(wish for wish in self.priority.wishes if wish != key)
        return replace(self, wishes=kept, priority=replace(self.priority, wishes=named))

    def moved(self, key: str, step: int) -> Choices:
        """Return the choices with a wish moved by one rank; at an end it stays."""
        wishes = list(self.wishes)
        here = wishes.index(key) if key in wishes else -1
        there = here + step
        if here < 0 or not 0 <= there < len(wishes):
            return self
        wishes[here], wishes[there] = wishes[there], wishes[here]
        return replace(self, wishes=tuple(wishes))


def stored(choices: Choices) -> dict[str, Any]:
    """Return what is kept: no recognised priority, no answer of health or of a pregnancy."""
    sensitive = sensitive_of(choices)
    document: dict[str, Any] = {
        "campagne": choices.campagne,
        "voeux": list(choices.wishes),
        "reponses": {
            name: typed for name, typed in choices.answers.items() if name not in sensitive
        },
    }
    if dated := {str(year): dict(own) for year, own in choices.dated.items() if own}:
        document["par_campagne"] = dated
    return document


def sensitive_of(choices: Choices) -> dict[str, str]:
    """Return the answers that are held in memory alone.

    Examples
    --------
    >>> sensitive_of(Choices("2d", 2027, answers={"lien": "sensible_grossesse", "label": "rep"}))
    {'lien': 'sensible_grossesse'}
    """
    return {name: typed for name, typed in choices.answers.items() if is_sensitive(name, typed)}


def restored(degre: Degree, content: object, campaigns: tuple[int, ...]) -> Choices:
    """Return the choices that were kept; what is not what it should be is dropped."""
    given = content if isinstance(content, Mapping) else {}
    year = given.get("campagne")
    campagne = year if isinstance(year, int) and year in campaigns else campaigns[0]
    return Choices(
        degre,
        campagne,
        _wishes(degre, campagne, given.get("voeux")),
        _answers(given.get("reponses")),
        _dated(given.get("par_campagne")),
    )


def _wishes(degre: Degree, campagne: int, given: object) -> tuple[str, ...]:
    known = {place.key for place in mobility_places.places(degre, campagne)}
    listed = given if isinstance(given, list) else []
    return tuple(dict.fromkeys(key for key in listed if isinstance(key, str) and key in known))


def _answers(given: object) -> dict[str, str]:
    if not isinstance(given, Mapping):
        return {}
    pairs = [(k, v[:_LONGEST]) for k, v in given.items() if isinstance(v, str)]
    return dict(pairs[:_MOST_ANSWERS])


def _dated(given: object) -> dict[int, dict[str, str]]:
    if not isinstance(given, Mapping):
        return {}
    years = {str(year): _answers(own) for year, own in given.items()}
    return {int(year): own for year, own in years.items() if year.isdigit() and len(year) == 4}


def described(choices: Choices) -> tuple[str, ...]:
    """Return the choices in short sentences: the answers are counted, never told."""
    names = {p.key: p.name for p in mobility_places.places(choices.degre, choices.campagne)}
    wishes = ", ".join(f"{rank} {names[key]}" for rank, key in enumerate(choices.wishes, 1))
    count = sum(bool(answer) for answer in choices.typed.values())
    return (
        f"Campagne {choices.campagne}",
        f"Vœux : {wishes or 'aucun'}",
        f"{count} réponse{'s' if count > 1 else ''}",
    )


_ANSWERS = {
    "": "aucune prise en compte",
    "boe": "obligation d’emploi",
    "dossier": "sur dossier, pour certains vœux",
}


@dataclass(frozen=True)
class PriorityView:
    """The recognised priority: asked with care, held while the page is open."""

    options: tuple[Option, ...]
    wishes: tuple[tuple[str, str, str, bool], ...]
    """Identifier, key, name, ticked; empty where the priority does not depend on the wish."""
    answer: str
    """What the line of the fold says."""
    in_memory: str = IN_MEMORY


def priority_view(choices: Choices, places: Mapping[str, Destination]) -> PriorityView:
    """Return what is asked of a priority; the wishes only where it depends on them."""
    kind = choices.priority.kind
    labels = (
        ("", "Ne pas en tenir compte"),
        ("boe", "Reconnue : bénéficiaire de l’obligation d’emploi"),
        ("dossier", "Reconnue sur dossier, pour certains vœux"),
    )
    named = choices.wishes if kind == "dossier" else ()
    return PriorityView(
        tuple(Option(value, label, value == kind) for value, label in labels),
        tuple(
            (places[key].short, key, places[key].name, key in choices.priority.wishes)
            for key in named
        ),
        _ANSWERS[kind],
    )


@dataclass(frozen=True)
class Now:
    """What is tried at this moment: the file's start, the choices, the campaigns offered.

    `answers` are those shown: what the file fills in, then what the person typed over it.
    """

    start: MovementFacts
    choices: Choices
    answers: Mapping[str, str]
    campaigns: tuple[int, ...]
    children: Mapping[str, str]
    """Births told on another screen, by the fields that ask them here."""

    @property
    def places(self) -> dict[str, mobility_places.Destination]:
        """The places that may be asked for, by key."""
        offered = mobility_places.places(self.start.degre, self.start.campagne)
        return {place.key: place for place in offered}

    def may_add(self, key: str) -> bool:
        """Tell whether a place can be one wish more."""
        start, wishes = self.start, self.choices.wishes
        most = mobility_places.most_wishes(start.degre, start.campagne)
        room = most is None or len(wishes) < most.number
        return room and key in self.places and key not in wishes and not start.own_place(key)


LISTS, CLOSED, CANCELLED = "mouvements", "clotures", "annulations"
LONGEST_WISH = 90
_MOST = 200


@dataclass(frozen=True)
class Kept:
    """One wish: what names it in the carnet, how it is read, its kind where it has one."""

    key: str
    name: str
    kind: str = ""


def own_list(document: Mapping[str, Any], campaign: str, part: str = LISTS) -> tuple[Kept, ...]:
    """Return the wishes of a campaign that are no place; what is not what it should be is dropped.

    Examples
    --------
    >>> own_list({"mouvements": {"intra": [{"id": "a", "nom": "École Curie"}, 3]}}, "intra")
    (Kept(key='a', name='École Curie', kind=''),)
    """
    read = [_read(one) for one in _listed(document, campaign, part)]
    return tuple({one.key: one for one in read if one is not None}.values())


def was_closed(document: Mapping[str, Any], campaign: str) -> bool:
    """Tell whether a list was kept at the closing of a campaign."""
    return campaign in _part(document, CLOSED)


def with_list(
    document: Mapping[str, Any], campaign: str, wishes: tuple[Kept, ...], part: str = LISTS
) -> dict[str, Any]:
    """Return a document with the list of a campaign."""
    written = [{"id": one.key, "nom": one.name, "nature": one.kind} for one in wishes]
    return {**document, part: {**_part(document, part), campaign: written}}


def without_closings(document: Mapping[str, Any], service: str) -> dict[str, Any]:
    """Return a document without the lists that were kept at the closings of a service."""
    closings = _part(document, CLOSED).items()
    kept = {name: wishes for name, wishes in closings if name.rpartition("_")[0] != service}
    return {**document, CLOSED: kept} if CLOSED in document else dict(document)


def described_lists(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the lists of other movements in short sentences, to choose between two writings."""
    sentences = []
    for campaign in _part(document, LISTS):
        names = [one.name for one in own_list(document, campaign)]
        ranked = ", ".join(f"{rank} {name}" for rank, name in enumerate(names, 1))
        year = campaign.rpartition("_")[2]
        sentences.append(f"Autre mouvement, {year} : {ranked or 'aucun vœu'}")
    return tuple(sentences)


def _part(document: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    lists = document.get(part)
    return lists if isinstance(lists, Mapping) else {}


def _listed(document: Mapping[str, Any], campaign: str, part: str) -> list[Any]:
    listed = _part(document, part).get(campaign)
    return listed[:_MOST] if isinstance(listed, list) else []


def _read(one: Any) -> Kept | None:
    if not isinstance(one, Mapping):
        return None
    key, name, kind = (one.get(field, "") for field in ("id", "nom", "nature"))
    if not (isinstance(key, str) and isinstance(name, str) and isinstance(kind, str)):
        return None
    if not key or not name.strip():
        return None
    return Kept(key[:40], name[:LONGEST_WISH], kind[:40])


_TRIED = 2
"""Wishes asked: what the first of them alone has is not own to every wish."""


def own_points(dossier: Dossier, document: Mapping[str, Any], today: date) -> float | None:
    """Return the points of any wish, from the file and the answers kept; None without score.

    Parameters
    ----------
    document : mapping
        What the carnet keeps of wishes.
    """
    from iprof_kit.ui.screens.autres_affectations.scores import ask_mobility

    degre = degree_of(dossier.corps)
    if degre is None:
        return None
    choices = restored(degre, document.get(degre), offered_campaigns(degre, today))
    start = start_of(dossier, choices.campagne, today)
    if start is None:
        return None
    answers = {**prefilled(start), **children_told(document), **choices.typed}
    read = read_fields(groups(start, answers), answers, today)
    every = mobility_places.places(start.degre, start.campagne)
    keys = tuple(place.key for place in every if not start.own_place(place.key))[:_TRIED]
    try:
        scored = ask_mobility(question_of(start, keys, read, Priority())).voeux
    except KitError:
        return None
    return min((wish.total for wish in scored if wish.complet), default=None)
