"""What a person tries: campaign, wishes in their order, answers; what of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.places import Destination
from iprof_kit.services.contract.carnet import is_sensitive
from iprof_kit.ui.kit.fields import IN_MEMORY
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.screens.autres_affectations.fields import OF_A_CAMPAIGN
from iprof_kit.ui.screens.autres_affectations.reading import Priority
from iprof_kit.ui.screens.autres_affectations.start import Degree, Start

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

    start: Start
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
