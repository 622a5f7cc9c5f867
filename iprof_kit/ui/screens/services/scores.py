"""The wishes of « Autres affectations » beside the score that SIAM shows, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.campaigns.question import CampagneVue, PieceVoulue
from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.answer import Ligne, MobilityAnswer, VoeuNote
from iprof_kit.calculate.mobility.places import Destination, points
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.fields.asked import read_fields
from iprof_kit.ui.screens.autres_affectations.choices import restored
from iprof_kit.ui.screens.autres_affectations.fields import groups
from iprof_kit.ui.screens.autres_affectations.reading import Priority, question_of
from iprof_kit.ui.screens.autres_affectations.scores import ask_mobility
from iprof_kit.ui.screens.autres_affectations.start import (
    degree_of,
    offered_campaigns,
    prefilled,
    start_of,
)
from iprof_kit.ui.shared import text

NAMES = {"1d": "interdepartemental", "2d": "interacademique"}
HEALTH = "handicap"
"""The criterion that no screen of the services shows."""
_MOST = 99_999.0


@dataclass(frozen=True)
class Paper:
    """A paper of a wish, numbered, with whether it is ready."""

    number: int
    key: str
    title: str
    ready: bool


@dataclass(frozen=True)
class Wish:
    """One wish: its rank, its place, its points, what is missing."""

    rank: int
    name: str
    total: str
    papers: tuple[Paper, ...]
    current: bool
    path: str

    @property
    def missing(self) -> str:
        """Return « pièces 2 et 3 à joindre », nothing where all are ready."""
        numbers = [str(one.number) for one in self.papers if not one.ready]
        if not numbers:
            return ""
        listed = " et ".join((", ".join(numbers[:-1]), numbers[-1])) if numbers[1:] else numbers[0]
        return f"pièce{'s' if numbers[1:] else ''} {listed} à joindre"


@dataclass(frozen=True)
class CompareLine:
    """One line: ours, the one typed, the difference; `differs` is on the gap ground."""

    field: str
    label: str
    own: str
    typed: str
    gap: str
    differs: bool = False
    error: str = ""
    source: str = ""
    own_points: float = 0
    shown_points: float | None = None


@dataclass(frozen=True)
class ScoresView:
    """The wishes, the papers of the one looked at, and its two scores."""

    wishes: tuple[Wish, ...] = ()
    limit: str = ""
    none: str = ""
    rank: int = 0
    name: str = ""
    total: str = ""
    papers: tuple[Paper, ...] = ()
    lines: tuple[CompareLine, ...] = ()
    shown_total: str = ""
    gap_total: str = ""
    gap: str = ""
    """The sentence of a difference; empty without any."""
    gap_value: str = ""
    gap_small: str = ""
    verify: bool = False

    @property
    def contested(self) -> tuple[CompareLine, ...]:
        """The lines where the two scores differ."""
        return tuple(line for line in self.lines if line.differs)


def scores_view(
    campaign: CampagneVue,
    dossier: Dossier,
    wished: Mapping[str, Any],
    typed: Mapping[str, str],
    looked: str,
    today: date,
) -> ScoresView | None:
    """Return the wishes and the comparison; None for a movement whose score is not known.

    Parameters
    ----------
    campaign : CampagneVue
    dossier : Dossier
    wished : mapping
        What the carnet of « Autres affectations » keeps.
    typed : mapping
        What the carnet of the services keeps: the points of SIAM, the papers that are ready.
    looked : str
        Rank of the wish looked at, as the address says it.
    today : date
    """
    degre = degree_of(dossier.corps)
    if degre is None or campaign.service != f"{NAMES[degre]}_{degre}":
        return None
    choices = restored(degre, wished.get(degre), offered_campaigns(degre, today))
    start = start_of(dossier, campaign.annee, today)
    if start is None:
        return None
    if not choices.wishes:
        return ScoresView(none="Vous n’avez pas encore de vœu ici.")
    answers = {**prefilled(start), **choices.typed}
    read = read_fields(groups(start, answers), answers, today)
    try:
        answer = ask_mobility(question_of(start, choices.wishes, read, Priority()))
    except KitError as error:
        return ScoresView(none=text.french(str(error)))
    every = {place.key: place for place in mobility_places.places(degre, campaign.annee)}
    here = _rank(looked, len(answer.voeux))
    ready = {name.removeprefix(_paper_field(campaign, "")) for name, v in typed.items() if v}
    wishes = tuple(_wish(one, campaign, every, ready, here) for one in answer.voeux)
    return _compared(campaign, answer, wishes, here, typed, every)


def papers_of(campaign: CampagneVue, wish: VoeuNote) -> Sequence[PieceVoulue]:
    """Return the papers of a wish: those of every wish, and those that its lines need."""
    criteria = {line.critere for line in wish.lignes}
    return [
        one for one in campaign.pieces if not one.criteres or criteria.intersection(one.criteres)
    ]


def paper_fields(campaign: CampagneVue) -> tuple[str, ...]:
    """Return the names of the fields of the papers of a campaign."""
    return tuple(_paper_field(campaign, one.piece) for one in campaign.pieces)


def _paper_field(campaign: CampagneVue, key: str) -> str:
    return f"{campaign.annee}.piece.{key}"


def _rank(looked: str, count: int) -> int:
    return int(looked) if looked.isascii() and looked.isdigit() and 0 < int(looked) <= count else 1


def _wish(
    one: VoeuNote,
    campaign: CampagneVue,
    every: Mapping[str, Destination],
    ready: set[str],
    here: int,
) -> Wish:
    papers = tuple(
        Paper(number, paper.piece, paper.titre, paper.piece in ready)
        for number, paper in enumerate(papers_of(campaign, one), 1)
    )
    place = every.get(one.voeu)
    name = one.libelle if place is None or place.key == place.name else f"{place.key} {place.name}"
    path = f"{campaign.adresse}?campagne={campaign.id}&voeu={one.rang}#voeux"
    return Wish(one.rang, name, points(one.total), papers, one.rang == here, path)


def _compared(
    campaign: CampagneVue,
    answer: MobilityAnswer,
    wishes: Sequence[Wish],
    here: int,
    typed: Mapping[str, str],
    every: Mapping[str, Destination],
) -> ScoresView:
    own, wish = answer.voeux[here - 1], wishes[here - 1]
    place = every.get(own.voeu)
    short = place.short if place else own.voeu[:12]
    counts: dict[str, int] = {}
    lines = []
    for line in own.lignes:
        if line.critere == HEALTH:
            continue
        number = counts.get(line.critere, 0)
        counts[line.critere] = number + 1
        field = f"{campaign.annee}.{short}.{line.critere}.{number}"
        lines.append(_line(line, field, typed.get(field, "")))
    shown = [line.shown_points for line in lines]
    most = mobility_places.most_wishes(answer.degre, campaign.annee)
    view = ScoresView(
        wishes=tuple(wishes),
        limit=f"{len(wishes)} sur {most.number} au plus" if most else "",
        rank=here,
        name=wish.name,
        total=wish.total,
        papers=wish.papers,
        lines=tuple(lines),
        verify=any(line.a_verifier for line in own.lignes),
    )
    copied = [one for one in shown if one is not None]
    if not copied or len(copied) < len(lines):
        return view
    total, ours = sum(copied), sum(line.own_points for line in lines)
    return _with_totals(view, total, total - ours)


def _with_totals(view: ScoresView, shown: float, gap: float) -> ScoresView:
    view = replace(view, shown_total=points(shown), gap_total=_signed(gap))
    if not view.contested:
        return view
    amount = points(abs(gap))
    word = f"point{'s' if abs(gap) >= 2 else ''}"
    more = "de moins" if gap < 0 else "de plus"
    sentence = (
        f"SIAM affiche {amount} {word} {more} que votre préparation"
        if gap
        else "SIAM compte les mêmes points que votre préparation, autrement répartis"
    )
    return replace(
        view,
        gap=sentence,
        gap_value=f"{_signed(gap)} {word}",
        gap_small=f"SIAM {points(shown)}, préparation {view.total}",
    )


def _line(line: Ligne, field: str, typed: str) -> CompareLine:
    source = next(iter(official_texts(line.source)), "")
    plain = CompareLine(
        field, line.libelle, points(line.points), typed, "", own_points=line.points, source=source
    )
    if not typed.strip():
        return plain
    shown = number(typed)
    if shown is None:
        return replace(plain, error="Écrivez un nombre de points, par exemple 36 ou 0,1.")
    gap = round(shown - line.points, 2)
    return replace(plain, gap=_signed(gap), differs=bool(gap), shown_points=shown)


def number(typed: str) -> float | None:
    """Return the points that were typed; None where it is no number of points.

    Examples
    --------
    >>> number("36"), number("0,1"), number("beaucoup"), number("-3")
    (36.0, 0.1, None, None)
    """
    try:
        value = float(typed.strip().replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= _MOST else None


def _signed(gap: float) -> str:
    if not gap:
        return "égal"
    return f"{'+' if gap > 0 else text.MINUS} {points(abs(round(gap, 2)))}"
