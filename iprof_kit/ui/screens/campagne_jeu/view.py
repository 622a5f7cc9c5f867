"""The game as it is shown: final French text of the campaign, of a person, of what it brings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.campaign_game import why as reasons
from iprof_kit.calculate.campaign_game.campaign import Campaign, KindCount
from iprof_kit.calculate.campaign_game.compared import (
    Difference,
    compared,
    criteria_text,
    references,
)
from iprof_kit.calculate.campaign_game.complaints import Complaint, complaints
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
from iprof_kit.ui.kit.filters import percent, plural
from iprof_kit.ui.kit.parts import Acted, Option, Result, Why, discreet, why_of
from iprof_kit.ui.screens.campagne_jeu.game import Game, VoteView, shares
from iprof_kit.ui.screens.campagne_jeu.strip import NARROW, WIDE, Strip, strip
from iprof_kit.ui.shared import text

_WEIGHED = {0: "Non", 1: "Une fois", 2: "Deux fois"}


@dataclass(frozen=True)
class Person:
    """The person read, and who stands across the bar."""

    explained: reasons.Why
    name: str
    other: str
    outcome: str
    about: str
    asks: str
    """Her number: how the reason of her rank is asked for."""
    why: Why | None
    """Her ranking done again, once it is opened."""


@dataclass(frozen=True, kw_only=True)
class GameView(Acted):
    """The page."""

    path: str
    address: str
    played: Campaign
    rules: Rules
    names: Mapping[str, str] = field(default_factory=lambda: NAMES)
    """What each criterion is called."""
    results: tuple[Result, ...]
    strips: tuple[Strip, ...]
    opinion: tuple[Option, ...]
    seniority: tuple[Option, ...]
    balance: tuple[Option, ...]
    stops: tuple[tuple[str, int], ...]
    """The places of the slider of the ratio: each in per cent, and how many are promoted."""
    stop: int
    law_stop: int
    law_year: int
    more: tuple[tuple[str, str], ...]
    """The criteria that may be added; none where there are enough."""
    person: Person
    cases: tuple[Complaint, ...]
    against: tuple[Option, ...]
    beside: Difference
    every: tuple[tuple[Difference, str], ...]
    """The same people by each real procedure, and its order in words."""
    groups: tuple[KindCount, ...]
    """The women, the men, then the others of the balance."""
    verify: bool
    supposed: tuple[str, ...]
    sources: tuple[str, ...]
    texts: int
    vote: VoteView | None = None
    """Where a portal leads lessons."""


def view_of(game: Game, path: str) -> GameView:
    """Return the page of a game."""
    played, rules = game.played, game.state.rules
    beside = compared(played, game.state.against)
    women = played.groups()[0]
    stops, papers, more = shares(rules), _sources(), len(rules.criteria) < MOST_CRITERIA
    return GameView(
        title="La campagne",
        lead_strong=f"{plural(played.places, 'promotion')} pour {len(played.people)} promouvables.",
        lead=f"{_bar_words(played)} ; les femmes sont {percent(women.listed, len(played.people))} "
        f"de la liste, {percent(women.promoted, played.places)} des promus.",
        path=path,
        address=game.address,
        played=played,
        rules=rules,
        results=_results(played, beside, women),
        strips=tuple(strip(played, beside, game.row, size) for size in (WIDE, NARROW)),
        opinion=_weights(rules.opinion),
        seniority=_weights(rules.seniority),
        balance=tuple(Option(key, name, key == rules.balance) for key, name in BALANCES.items()),
        stops=tuple((_percent(one), replace(rules, share=one).places) for one in stops),
        stop=stops.index(rules.share),
        law_stop=stops.index(law_rules().share),
        law_year=law_ratio().year,
        more=tuple(one for one in NAMES.items() if more and one[0] not in rules.criteria),
        person=_person(game, reasons.explain_decision(played, rules, game.row)),
        cases=tuple(complaints(played)),
        against=tuple(
            Option(one.key, one.short, one.key == game.state.against) for one in references()
        ),
        beside=beside,
        every=tuple(
            (compared(played, one.key), criteria_text(one.procedure)) for one in references()
        ),
        groups=tuple(played.groups()),
        verify=to_verify(beside.reference.confidence),
        supposed=_supposed(rules),
        sources=tuple(in_full(source) for source in papers),
        texts=sum(map(named_text, officials(papers))),
    )


def _bar_words(played: Campaign) -> str:
    if not played.bars:
        return "Aucune barre"
    fall = "La barre tombe" if len(played.bars) == 1 else "Les barres tombent"
    return f"{fall} à {played.bar_text}"


def _results(played: Campaign, beside: Difference, women: KindCount) -> tuple[Result, ...]:
    gap = round(100 * (women.promoted / (played.places or 1) - women.listed / len(played.people)))
    sign = "−" if gap < 0 else "+"
    many, _, changes = plural(len(beside.enter), "changement").partition(" ")
    bars = [_parted(played.text(played.criteria[0], row)) for _, row in played.bars]
    unit = bars[0][1] if len({unit for _, unit in bars}) == 1 else ""
    lists = ", femmes / hommes" if len(bars) > 1 else ""
    bar, promoted = " / ".join(value for value, _ in bars), percent(women.promoted, played.places)
    beyond = f"{sign} {plural(abs(gap), 'point')}" if gap else "comme la liste"
    return (
        Result("Places", str(played.places), f"sur {len(played.people)}"),
        Result("Barre", bar or "aucune", f"{unit}{lists}".removeprefix(", ")),
        Result("Femmes promues", promoted, beyond),
        Result(f"Contre {beside.reference.short}", many, changes),
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
    about.append("première campagne" if not waited else f"{plural(waited, 'campagne')} déjà")
    across = "" if other is None else f"{people.name(other)}, {_outcome(played, other)}"
    outcome = _outcome(played, row)
    return Person(explained, people.name(row), across, outcome, ", ".join(about), number, reason)


def _outcome(played: Campaign, row: int) -> str:
    """Return « promue », « non promu »."""
    promoted = "promue" if played.people.woman(row) else "promu"
    return promoted if played.taken[row] else f"non {promoted}"


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


def _percent(share: int) -> str:
    whole, rest = divmod(share, PER_CENT)
    decimals = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals}{NBSP}%"
