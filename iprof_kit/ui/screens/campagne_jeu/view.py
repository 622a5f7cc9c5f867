"""The game as it is shown: final French text of the campaign, of a person, of what it brings."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP, counted
from iprof_kit.calculate.campaign_game import why as reasons
from iprof_kit.calculate.campaign_game.campaign import Campaign, Group
from iprof_kit.calculate.campaign_game.compared import (
    Difference,
    compared,
    criteria_text,
    references,
)
from iprof_kit.calculate.campaign_game.complaints import complaints
from iprof_kit.calculate.campaign_game.rules import (
    BALANCES,
    MOST_CRITERIA,
    NAMES,
    PER_CENT,
    WEIGHTS,
    Rules,
    law_ratio,
    law_rules,
)
from iprof_kit.calculate.interface.in_full import in_full
from iprof_kit.calculate.interface.official_texts import named_text, officials
from iprof_kit.ui.kit.parts import Option, Page, Result, Why, discreet, why_of
from iprof_kit.ui.screens.campagne_jeu.game import Game, VoteView, shares
from iprof_kit.ui.screens.campagne_jeu.strip import NARROW, WIDE, Strip, strip
from iprof_kit.ui.shared import text

_WEIGHED = {0: "Non", 1: "Une fois", 2: "Deux fois"}


@dataclass(frozen=True)
class Stop:
    """One place of the slider of the ratio."""

    label: str
    says: str


@dataclass(frozen=True)
class Criterion:
    """One criterion of the order: its place, and whether it may go earlier or later."""

    key: str
    name: str
    first: bool
    last: bool
    alone: bool


@dataclass(frozen=True)
class Person:
    """The person read, and who stands across the bar."""

    rank: int
    name: str
    other: str
    title: str
    outcome: str
    about: str
    points: tuple[tuple[str, str], ...]
    lines: tuple[tuple[str, str, str, bool], ...]
    sentences: tuple[str, ...]
    asks: str
    """Her number: how the reason of her rank is asked for."""
    why: Why | None = None
    """Her ranking done again, once it is opened."""


@dataclass(frozen=True)
class Case:
    """One complaint: who may read it, how many could make it."""

    number: str
    sentence: str
    count: str


@dataclass(frozen=True)
class Beside:
    """One real procedure: bar, women, changes, what it supposes."""

    key: str
    name: str
    bar: str
    women: str
    changes: str
    order: str
    supposes: str
    verify: bool


@dataclass(frozen=True)
class Share:
    """One group of the balance: its part of the list and of the promoted, in words."""

    kind: str
    label: str
    listed: str
    promoted: str
    rate: str


@dataclass(frozen=True)
class GameView(Page):
    """The page."""

    path: str = ""
    address: str = ""
    year: int = 0
    results: tuple[Result, ...] = ()
    strips: tuple[Strip, ...] = ()
    heading: str = ""
    opinion: tuple[Option, ...] = ()
    seniority: tuple[Option, ...] = ()
    balance: tuple[Option, ...] = ()
    stops: tuple[Stop, ...] = ()
    stop: int = 0
    law_stop: int = 0
    law_says: str = ""
    criteria: tuple[Criterion, ...] = ()
    more: tuple[tuple[str, str], ...] = ()
    person: Person | None = None
    size: int = 0
    cases: tuple[Case, ...] = ()
    against: tuple[Option, ...] = ()
    compared: tuple[str, ...] = ()
    supposes: str = ""
    beside: tuple[Beside, ...] = ()
    shares: tuple[Share, ...] = ()
    answer: str = ""
    """How many women and men of the list are promoted, in a few words."""
    moves: str = ""
    """Between how few and how many places change against the real procedures."""
    verify: bool = False
    supposed: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    texts: int = 0
    turn: int = 0
    focus: str = ""
    vote: VoteView | None = None
    """Where a portal leads lessons."""


def view_of(game: Game, path: str) -> GameView:
    """Return the page of a game."""
    played, rules = game.played, game.state.rules
    beside = compared(played, game.state.against)
    explained = reasons.explain_decision(played, rules, game.row)
    women, men, *_ = played.groups()
    every = [compared(played, one.key) for one in references()]
    ratio = law_ratio()
    stops = shares(rules)
    papers = _sources()
    return GameView(
        title="La campagne",
        lead_strong=(
            f"{counted(played.places, 'promotion')} pour {len(played.people)} promouvables."
        ),
        lead=(
            f"{_bar_words(played)} ; les femmes sont {_part(women.listed, len(played.people))} de "
            f"la liste, {_part(women.promoted, played.places)} des promus."
        ),
        path=path,
        address=game.address,
        year=played.people.year,
        results=_results(played, beside, women),
        strips=tuple(strip(played, beside, game.row, size) for size in (WIDE, NARROW)),
        heading=f"une personne, un point, selon {NAMES[rules.criteria[0]]}",
        opinion=_weights(rules.opinion),
        seniority=_weights(rules.seniority),
        balance=tuple(Option(key, name, key == rules.balance) for key, name in BALANCES.items()),
        stops=tuple(_stop(rules, share) for share in stops),
        stop=stops.index(rules.share),
        law_stop=stops.index(law_rules().share),
        law_says=f"Taux publié pour {ratio.year} : {_percent(law_rules().share)}.",
        criteria=_criteria(rules),
        more=_more(rules),
        person=_person(game, explained),
        size=len(played.people),
        cases=tuple(
            Case(
                played.people.rows[one.who]["numero"], one.sentence, counted(one.count, "personne")
            )
            for one in complaints(played)
        ),
        against=tuple(
            Option(one.key, one.short, one.key == game.state.against) for one in references()
        ),
        compared=beside.sentences,
        supposes=beside.reference.supposes,
        beside=tuple(map(_beside, every)),
        shares=tuple(_share(one, played) for one in played.groups()),
        answer=(
            f"{_part(women.promoted, women.listed)} des femmes, "
            f"{_part(men.promoted, men.listed)} des hommes"
        ),
        moves=_moves([len(one.enter) for one in every]),
        verify=to_verify(beside.reference.confidence),
        supposed=_supposed(rules),
        sources=tuple(in_full(source) for source in papers),
        texts=sum(map(named_text, officials(papers))),
        turn=game.state.turn,
        focus=game.state.focus,
    )


def _bar_words(played: Campaign) -> str:
    if not played.bars:
        return "Aucune barre"
    fall = "La barre tombe" if len(played.bars) == 1 else "Les barres tombent"
    return f"{fall} à {played.bar_text}"


def _results(played: Campaign, beside: Difference, women: Group) -> tuple[Result, ...]:
    gap = round(100 * (women.promoted / (played.places or 1) - women.listed / len(played.people)))
    sign = "−" if gap < 0 else "+"
    words = counted(len(beside.enter), "changement")
    bars = [_parted(played.text(played.criteria[0], row)) for _, row in played.bars]
    unit = bars[0][1] if len({unit for _, unit in bars}) == 1 else ""
    lists = ", femmes / hommes" if len(bars) > 1 else ""
    return (
        Result("Places", str(played.places), f"sur {len(played.people)}"),
        Result(
            "Barre",
            " / ".join(value for value, _ in bars) or "aucune",
            f"{unit}{lists}".removeprefix(", "),
        ),
        Result(
            "Femmes promues",
            _part(women.promoted, played.places),
            f"{sign} {counted(abs(gap), 'point')}" if gap else "comme la liste",
        ),
        Result(
            f"Contre {beside.reference.short}", words.partition(" ")[0], words.partition(" ")[2]
        ),
    )


def _parted(bar: str) -> tuple[str, str]:
    """Return what is read big, and the rest: « 140 », « points »; « 52 ans », « 11 mois »."""
    value, _, unit = bar.partition(" ")
    if unit.startswith("an"):
        years, _, rest = unit.partition(" ")
        return f"{value} {years}".replace(" ", text.NBSP), rest
    return value, unit


def _weights(chosen: int) -> tuple[Option, ...]:
    return tuple(Option(str(one), _WEIGHED[one], one == chosen) for one in WEIGHTS)


def _stop(rules: Rules, share: int) -> Stop:
    places = replace(rules, share=share).places
    return Stop(_percent(share), f"{counted(places, 'place')}.")


def _criteria(rules: Rules) -> tuple[Criterion, ...]:
    last = len(rules.criteria) - 1
    return tuple(
        Criterion(name, NAMES[name], place == 0, place == last, last == 0)
        for place, name in enumerate(rules.criteria)
    )


def _more(rules: Rules) -> tuple[tuple[str, str], ...]:
    """Return the criteria that may be added; none where there are enough."""
    if len(rules.criteria) >= MOST_CRITERIA:
        return ()
    return tuple((key, name) for key, name in NAMES.items() if key not in rules.criteria)


def _person(game: Game, explained: reasons.Why) -> Person:
    played = game.played
    people, row, other = played.people, explained.row, explained.other
    number = str(int(people.of().ids[row]))
    reason = None
    if game.state.reason == number:
        reason = discreet(why_of(reasons.explain_rank(played, game.state.rules, row)))
    own = people.rows[row]
    about = [f"{people.ages()[row]}{NBSP}ans", f"{own['echelon']}e échelon"]
    about += [f"à {own['quotite']}{NBSP}%"] * (own["quotite"] != "100")
    about += ["éducation prioritaire"] * bool(own["education_prioritaire"])
    about += ["direction d’école"] * (own["fonction"] == "directeur")
    waited = int(people.waited[row])
    about.append("première campagne" if not waited else f"{counted(waited, 'campagne')} déjà")
    return Person(
        explained.rank,
        people.name(row),
        "" if other is None else f"{people.name(other)}, {_outcome(played, other)}",
        f"Pourquoi {people.name(row)} ?",
        _outcome(played, row),
        ", ".join(about),
        explained.points,
        tuple(
            (text.sentence(line.criterion).rstrip("."), line.own, line.other, line.decides)
            for line in explained.lines
        ),
        explained.sentences,
        number,
        reason,
    )


def _outcome(played: Campaign, row: int) -> str:
    """Return « promue », « non promu »."""
    promoted = "promue" if played.people.woman(row) else "promu"
    return promoted if played.taken[row] else f"non {promoted}"


def _beside(one: Difference) -> Beside:
    reference, real = one.reference, one.real
    return Beside(
        reference.key,
        text.sentence(reference.title).rstrip("."),
        real.bar_text,
        _part(one.women[1], real.places),
        str(len(one.enter)),
        criteria_text(reference.procedure),
        reference.supposes,
        to_verify(reference.confidence),
    )


def _moves(changes: list[int]) -> str:
    """Return « 0 à 35 places changent »."""
    low, high = min(changes), max(changes)
    return f"{low} à {high} places changent" if low < high else f"{low} chaque fois"


def _share(one: Group, played: Campaign) -> Share:
    return Share(
        one.kind,
        one.label,
        f"{one.listed} ({_part(one.listed, len(played.people))})",
        f"{one.promoted} ({_part(one.promoted, played.places)})",
        _part(one.promoted, one.listed),
    )


def _supposed(rules: Rules) -> tuple[str, ...]:
    """Return what the room supposes that the tables do not say."""
    law = law_rules()
    weights, law_weights = ((one.opinion, one.seniority) for one in (rules, law))
    supposed = (
        (rules.criteria != law.criteria, "L’ordre des critères est celui de la salle."),
        (weights != law_weights, "Des points des tables ne comptent pas une fois."),
        (rules.balance != law.balance, "L’équilibre est recherché comme la salle le veut."),
        (rules.share != law.share, f"Le taux n’est pas le taux publié, {_percent(law.share)}."),
    )
    return tuple(words for other, words in supposed if other)


def _sources() -> tuple[str, ...]:
    papers = [one.source for one in references()]
    ratio = law_ratio().source
    return tuple(dict.fromkeys([*papers, *([ratio.text] if ratio else [])]))


def _part(number: int, whole: int) -> str:
    return f"{round(100 * number / whole) if whole else 0}{NBSP}%"


def _percent(share: int) -> str:
    whole, rest = divmod(share, PER_CENT)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals}{NBSP}%"
