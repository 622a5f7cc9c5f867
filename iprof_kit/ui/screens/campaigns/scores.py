"""The wishes of a campaign with their points and papers, beside what the administration shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.question import AccuseVu, CampagneVue, PieceVoulue
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.answer import Ligne, VoeuNote
from iprof_kit.calculate.mobility.places import points
from iprof_kit.ui.kit.fields import read_fields
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.own_situation.wishes import children_told
from iprof_kit.ui.screens.autres_affectations.choices import Kept
from iprof_kit.ui.screens.autres_affectations.fields import groups
from iprof_kit.ui.screens.autres_affectations.reading import Priority, question_of
from iprof_kit.ui.screens.autres_affectations.scores import ask_mobility
from iprof_kit.ui.screens.autres_affectations.start import SERVICES, prefilled
from iprof_kit.ui.screens.campaigns import acknowledgements
from iprof_kit.ui.screens.campaigns.acknowledgements import Comparison, Counted, Tab, signed
from iprof_kit.ui.screens.campaigns.wish_list import (
    Ordered,
    Places,
    Shelf,
    Typed,
    closed,
    id_of,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure

HEALTH = "handicap"
"""The criterion that no screen of the services shows."""
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Paper:
    """A paper of a wish, numbered, with whether it is ready; `field` keeps that."""

    number: int
    key: str
    field: str
    title: str
    ready: bool


@dataclass(frozen=True)
class Wish:
    """One wish: its rank, its place, its points, what is missing."""

    rank: int
    key: str
    id: str
    name: str
    kind: str
    total: str
    papers: tuple[Paper, ...]
    current: bool
    path: str
    last: bool
    cancelled: bool = False
    """Whether she noted that it is cancelled, alone, after the closing."""

    @property
    def named(self) -> str:
        """How the page names its buttons."""
        return id_of(self.key)

    @property
    def missing(self) -> str:
        """Return « pièces 2 et 3 à joindre », nothing where all are ready."""
        numbers = [str(one.number) for one in self.papers if not one.ready]
        several = "s" if numbers[1:] else ""
        return f"pièce{several} {text.listed(numbers)} à joindre" if numbers else ""


@dataclass(frozen=True)
class ScoresView:
    """The wishes, the papers of the one looked at, and what is shown of it.

    Attributes
    ----------
    none : str
        Why there is nothing to compare.
    tried : tuple of Wish
        What is tried after the closing, aside.
    tabs, shown : tuple of Tab, AccuseVu or None
        The acknowledgements, and the one looked at.
    typed_own : bool
        Whether the person types her own count: the kit has no table of points for it.
    gap : str
        The sentence of a difference; empty without any.
    """

    wishes: tuple[Wish, ...] = ()
    tried: tuple[Wish, ...] = ()
    none: str = ""
    rank: int = 0
    name: str = ""
    total: str = ""
    papers: tuple[Paper, ...] = ()
    tabs: tuple[Tab, ...] = ()
    shown: AccuseVu | None = None
    deadline: str = ""
    comparison: Comparison = field(default_factory=Comparison)
    gap_total: str = ""
    typed_own: bool = False
    gap: str = ""
    gap_value: str = ""
    gap_small: str = ""
    verify: bool = False

    @property
    def ranks(self) -> bool:
        """Whether the acknowledgement shows the wishes alone, all at once."""
        return self.shown is not None and not self.shown.bareme


@dataclass(frozen=True)
class Looked:
    """What the address asks to look at: a wish by its rank, an acknowledgement."""

    wish: str = ""
    shown: str = ""


@dataclass(frozen=True)
class _Noted:
    """What is known of one wish: what names it in the fields, its lines."""

    id: str
    lines: tuple[Counted, ...]
    criteria: frozenset[str]
    total: str
    verify: bool = False


def scores_view(
    campaign: CampagneVue,
    shelf: Shelf,
    order: Ordered,
    document: Mapping[str, Any],
    typed: Fields,
    looked: Looked,
    today: date,
    here: LocalClock | None = None,
) -> ScoresView:
    """Return the wishes and the comparison.

    Parameters
    ----------
    shelf, order, document
        Where the wishes are kept, those that count, and what the carnet « voeux » keeps.
    typed : mapping
        What the carnet of the services keeps: the points shown, the papers that are ready.
    here : LocalClock or None
        The clock of the person, overseas.
    """
    try:
        noted = _noted(campaign, shelf, order.wishes, document, typed, today)
        aside = _noted(campaign, shelf, order.tried or (), document, typed, today)
    except KitError as error:
        return ScoresView(none=str(error))
    rank = _rank(looked.wish, len(noted))
    shown = acknowledgements.looked_at(campaign, looked.shown)
    rows = _Rows(campaign, shelf, typed, shown.accuse if shown else "", order.cancelled)
    wishes = rows.of(order.wishes, noted, rank)
    view = ScoresView(
        wishes=wishes,
        tried=replace(rows, cancelled=frozenset()).of(order.tried or (), aside, 0),
        none="" if wishes else _nothing(campaign),
        shown=shown,
        typed_own=isinstance(shelf, Typed),
    )
    if not wishes or shown is None:
        return view
    wish, own = wishes[rank - 1], noted[rank - 1]
    view = replace(
        view,
        rank=rank,
        name=wish.name,
        total=wish.total,
        papers=wish.papers,
        tabs=tuple(_tabs(campaign, shown, rank)),
        deadline=acknowledgements.deadline(campaign, shown, here),
        verify=own.verify,
    )
    if not shown.bareme:
        named = [(one.id, row.name) for one, row in zip(noted, wishes, strict=True)]
        compared = acknowledgements.ranked(campaign, shown, named, typed)
        return _with_rank_gap(campaign, replace(view, comparison=compared))
    compared = acknowledgements.compared(campaign, shown, own.id, own.lines, typed)
    return _with_gap(campaign, replace(view, comparison=compared))


def _nothing(campaign: CampagneVue) -> str:
    if not closed(campaign):
        return "Vous n’avez pas encore de vœu ici."
    return (
        f"Vous n’avez pas de vœu ici. La saisie est close : recopiez ceux que vous avez faits dans "
        f"{campaign.application or 'l’application officielle'}."
    )


def _noted(
    campaign: CampagneVue,
    shelf: Shelf,
    wishes: Sequence[Kept],
    document: Mapping[str, Any],
    typed: Fields,
    today: date,
) -> list[_Noted]:
    """Return the lines of each wish: those of the rules, or those that she counts herself."""
    if not wishes:
        return []
    if isinstance(shelf, Places):
        return list(_by_the_rules(shelf, wishes, document, today))
    return [_by_herself(campaign, one, typed) for one in wishes]


def _by_the_rules(
    shelf: Places, wishes: Sequence[Kept], document: Mapping[str, Any], today: date
) -> Iterator[_Noted]:
    answers = {
        **prefilled(shelf.start),
        **children_told(document),
        **shelf.choices(document).typed,
    }
    read = read_fields(groups(shelf.start, answers), answers, today)
    keys = tuple(one.key for one in wishes)
    answer = ask_mobility(question_of(shelf.start, keys, read, Priority()))
    known = mobility_places.places(shelf.start.degre, shelf.start.campagne)
    short = {place.key: place.short for place in known}
    for one in answer.voeux:
        yield _Noted(
            short.get(one.voeu, one.voeu[:12]),
            tuple(_counted(one)),
            frozenset(line.critere for line in one.lignes),
            _total(one.total, one.voeu),
            any(line.a_verifier for line in one.lignes),
        )


def _total(number: float, wish: str) -> str:
    return figure(points(number), f"points.{wish}", number)


def _counted(wish: VoeuNote) -> Iterator[Counted]:
    counts: dict[str, int] = {}
    for line in wish.lignes:
        if line.critere == HEALTH:
            continue
        number = counts.get(line.critere, 0)
        counts[line.critere] = number + 1
        yield Counted(f"{line.critere}.{number}", line.libelle, line.points, _source(line))


def _source(line: Ligne) -> str:
    return next(iter(official_texts(line.source)), "")


def _by_herself(campaign: CampagneVue, wish: Kept, typed: Fields) -> _Noted:
    lines = tuple(Counted(one.ligne, one.titre) for one in campaign.lignes)
    counts = {
        one.key: acknowledgements.own_count(campaign, wish.key, one.key, typed) for one in lines
    }
    counted = {key: count for key, count in counts.items() if count}
    total = _total(sum(counted.values()), wish.key) if counted else ""
    return _Noted(wish.key, lines, frozenset(counted), total, verify=True)


@dataclass(frozen=True)
class _Rows:
    """Makes the rows of a list of wishes."""

    campaign: CampagneVue
    shelf: Shelf
    typed: Fields
    shown: str
    cancelled: frozenset[str]

    def of(self, wishes: Sequence[Kept], noted: Sequence[_Noted], here: int) -> tuple[Wish, ...]:
        """Return a row a wish; `here` is the rank of the one looked at."""
        pairs = zip(wishes, noted, strict=True)
        return tuple(
            self._row(rank, one, known, rank == here, rank == len(wishes))
            for rank, (one, known) in enumerate(pairs, 1)
        )

    def _row(self, rank: int, one: Kept, known: _Noted, current: bool, last: bool) -> Wish:
        kinds = self.shelf.kinds if isinstance(self.shelf, Typed) else {}
        papers = tuple(
            Paper(number, paper.piece, kept, paper.titre, bool(self.typed.get(kept)))
            for number, paper in enumerate(papers_of(self.campaign, known.criteria), 1)
            for kept in (paper_field(self.campaign, paper.piece),)
        )
        path = _path(self.campaign, rank, self.shown)
        kind, total = kinds.get(one.kind, ""), known.total
        gone = one.key in self.cancelled
        return Wish(
            rank, one.key, known.id, one.name, kind, total, papers, current, path, last, gone
        )


def papers_of(campaign: CampagneVue, criteria: frozenset[str]) -> Sequence[PieceVoulue]:
    """Return the papers of a wish: those of every wish, and those that its lines need."""
    return [
        one for one in campaign.pieces if not one.criteres or criteria.intersection(one.criteres)
    ]


def paper_field(campaign: CampagneVue, key: str) -> str:
    """Return the name of the field that keeps whether a paper is ready."""
    own = "" if campaign.service in SERVICES.values() else f"-{campaign.service}"
    return f"{campaign.annee}.piece{own}.{key}"


def _path(campaign: CampagneVue, rank: int, shown: str) -> str:
    more = f"&accuse={shown}" if shown else ""
    return f"{campaign.adresse}?campagne={campaign.id}&voeu={rank}{more}#voeux"


def _rank(looked: str, count: int) -> int:
    return int(looked) if looked.isascii() and looked.isdigit() and 0 < int(looked) <= count else 1


def _tabs(campaign: CampagneVue, shown: AccuseVu, rank: int) -> Iterator[Tab]:
    for one in campaign.accuses:
        yield Tab(one.titre, _path(campaign, rank, one.accuse), one == shown)


def _with_rank_gap(campaign: CampagneVue, view: ScoresView) -> ScoresView:
    other = view.comparison.contested
    if not other:
        return view
    one, count = len(other) == 1, plural(len(other), "vœu", "vœux")
    verb = "n’est pas au rang" if one else "ne sont pas au rang"
    sentence = f"Sur l’accusé de {_office(campaign)}, {count} {verb} de votre liste"
    small = f"à un autre rang, ou absent{'' if one else 's'}"
    return replace(view, gap=sentence, gap_value=count, gap_small=small)


def _with_gap(campaign: CampagneVue, view: ScoresView) -> ScoresView:
    compared, gap = view.comparison, view.comparison.gap
    if gap is None:
        return view
    view = replace(view, gap_total=signed(gap))
    if not compared.contested:
        return view
    amount = points(abs(gap))
    word = f"point{'s' if abs(gap) >= 2 else ''}"
    more = "de moins" if gap < 0 else "de plus"
    office = _office(campaign)
    sentence = (
        f"{office} affiche {amount} {word} {more} que {compared.against}"
        if gap
        else f"{office} compte les mêmes points que {compared.against}, autrement répartis"
    )
    other = "préparation" if compared.own_total else compared.before.lower()
    past = compared.own_total or compared.before_total
    return replace(
        view,
        gap=sentence,
        gap_value=f"{signed(gap)} {word}",
        gap_small=f"{office} {compared.shown_total}, {other} {past}",
    )


def _office(campaign: CampagneVue) -> str:
    return campaign.application or "L’administration"
