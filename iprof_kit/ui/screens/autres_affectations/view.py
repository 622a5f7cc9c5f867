"""Vos perspectives › Autres affectations: the answer, the map, the wishes, and what explains."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.calculate.mobility.answer import MobilityAnswer
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import SupposedView, fields_of, told_elsewhere
from iprof_kit.ui.kit.parts import Fact, Notice, Option, Page
from iprof_kit.ui.screens.autres_affectations.choices import Choices
from iprof_kit.ui.screens.autres_affectations.dates import DatesView, dates_view
from iprof_kit.ui.screens.autres_affectations.extension import ExtensionView, extension_view
from iprof_kit.ui.screens.autres_affectations.fields import groups as asked_groups
from iprof_kit.ui.screens.autres_affectations.file_facts import facts_of, filed
from iprof_kit.ui.screens.autres_affectations.lead import lead_of
from iprof_kit.ui.screens.autres_affectations.panel import PlacePanel, place_panel
from iprof_kit.ui.screens.autres_affectations.place_map import MapView, place_map
from iprof_kit.ui.screens.autres_affectations.priority import PriorityView, priority_view
from iprof_kit.ui.screens.autres_affectations.scores import Scored
from iprof_kit.ui.screens.autres_affectations.sources import sources_of
from iprof_kit.ui.screens.autres_affectations.start import MOVEMENTS, Start, counted_to, prefilled
from iprof_kit.ui.screens.autres_affectations.supposed import places_supposed
from iprof_kit.ui.screens.autres_affectations.table import BarsView, bars_view
from iprof_kit.ui.screens.autres_affectations.wishes import WishRow, unknown_bars, wish_rows
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import SIAM, Counter, counter

TITLE = "Autres affectations"
_LINKED = "Vœux liés de deux conjoints : leur barème moyen n’est pas calculé sur cet écran"


@dataclass(frozen=True)
class Turn:
    """Where the focus goes after what was asked; `number` grows at each turn."""

    number: int = 0
    focus: str = ""


@dataclass(frozen=True)
class PlacesView(Page):
    """The map and the wishes of one person; with `empty`, why nothing is calculated for her."""

    empty: str = ""
    turn: Turn = field(default_factory=Turn)
    carnet: CarnetView = field(default_factory=CarnetView)
    removed: tuple[str, str] = ("", "")
    """Key and name of the wish just removed."""
    movement: str = ""
    campaigns: tuple[Option, ...] = ()
    campaign: int = 0
    place_word: str = ""
    full: str = ""
    limit: str = ""
    wishes: tuple[WishRow, ...] = ()
    wishes_verify: bool = False
    unknown_bars: tuple[str, ...] = ()
    bar_limits: tuple[str, ...] = ()
    map: MapView | None = None
    panel: PlacePanel = field(default_factory=lambda: PlacePanel(()))
    bars: BarsView | None = None
    filed: str = ""
    facts: tuple[Fact, ...] = ()
    supposed: SupposedView = field(default_factory=SupposedView)
    missing: tuple[str, ...] = ()
    priority: PriorityView | None = None
    extension: ExtensionView | None = None
    dates: DatesView | None = None
    rules: tuple[str, ...] = ()
    doubt: str = ""
    decides: str = ""
    local: str = ""
    sources: tuple[str, ...] = ()
    counter: Counter | None = None


def no_movement(corps: str | None, label: str) -> PlacesView:
    """Return the screen of a person whose corps has no movement in the tables."""
    if corps is None:
        return PlacesView(
            title=TITLE,
            lead_strong="Pas de corps, donc pas de mouvement.",
            lead="Les mouvements interdépartemental et interacadémique sont ceux des "
            "fonctionnaires d’un corps.",
            empty="Un contrat se conclut avec une académie : le service qui vous emploie dit "
            "comment en demander une autre.",
        )
    return PlacesView(
        title=TITLE,
        lead_strong="Mouvement non couvert.",
        lead=f"Les tables de ce kit ne disent pas les règles de mobilité de votre corps ({label}).",
        empty="La note de service annuelle sur la mobilité et votre service gestionnaire "
        "les donnent.",
    )


def places_view(
    start: Start,
    choices: Choices,
    scored: Scored,
    answers: Mapping[str, str],
    *,
    looked: str,
    given: Sequence[BarreAjoutee],
    unread: Sequence[Notice],
    campaigns: Sequence[int],
    errors: Mapping[str, KitError],
    missing: Sequence[str],
    carnet: CarnetView,
    academie: Academie,
    borrowed: Collection[str] = (),
    lender: str = "",
    here_hour: LocalClock | None = None,
    removed: str = "",
    turn: Turn | None = None,
) -> PlacesView:
    """Return the screen of a person who may ask for another place."""
    places = {p.key: p for p in mobility_places.places(start.degre, start.campagne)}
    answer, wishes = scored.answer, choices.wishes
    asked = [one for group in asked_groups(start, answers) for one in group.fields]
    fields = fields_of(asked, answers, errors)
    strong, rest = lead_of(start, places, scored)
    full, limit, doubtful = _limit(start, choices)
    return PlacesView(
        title=TITLE,
        lead_strong=strong,
        lead=rest,
        notices=(*scored.notices, *unread),
        turn=turn or Turn(),
        carnet=carnet,
        removed=(removed, places[removed].name if removed in places else ""),
        movement=f"{_capital(MOVEMENTS[start.degre])} {start.campagne}",
        campaigns=tuple(Option(str(y), str(y), y == start.campagne) for y in reversed(campaigns)),
        campaign=start.campagne,
        place_word="département" if start.degre == "1d" else "académie",
        full=full,
        limit=limit,
        wishes=wish_rows(wishes, places, answer, scored.reasons),
        wishes_verify=doubtful or bool(answer and answer.a_verifier),
        unknown_bars=unknown_bars(answer) if answer else (),
        bar_limits=mobility_places.bar_limits(start.degre, given),
        map=place_map(start, places, wishes, scored, looked),
        panel=place_panel(start, places, wishes, scored, looked, full),
        bars=bars_view(start, places, wishes, scored),
        filed=filed(start),
        facts=facts_of(start, _here(start, places)),
        supposed=told_elsewhere(
            places_supposed(
                fields,
                {one.name for one in asked if one.needed},
                prefilled(start),
                counted_to(start.degre, start.campagne),
            ),
            borrowed,
            lender,
        ),
        missing=tuple(missing),
        priority=priority_view(choices, places),
        extension=_extension(answer, choices, places),
        dates=dates_view(
            start.degre, start.campagne, _scopes(start, choices), start.aujourdhui, here_hour
        ),
        rules=_rules(start, answer),
        doubt=text.sentence(answer.motif_a_verifier) if answer else "",
        decides=text.sentence(answer.decide_par) if answer else "",
        local=_local(start, answer),
        sources=sources_of(start, scored, looked),
        counter=counter(academie, SIAM),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _here(start: Start, places: Mapping[str, mobility_places.Destination]) -> str:
    here = places.get(start.lieu)
    if here is None:
        return ""
    return f"{here.key} {here.name}" if start.degre == "1d" else here.name


def _limit(start: Start, choices: Choices) -> tuple[str, str, bool]:
    """Return why no wish can be added, how many can be asked, and if that must be verified."""
    most = mobility_places.most_wishes(start.degre, start.campagne)
    if most is None:
        return "", "Le nombre de vœux permis n’a pas été trouvé pour cette campagne.", False
    limit = f"{most.number} au plus"
    full = ""
    if len(choices.wishes) >= most.number:
        full = f"Vous avez {len(choices.wishes)} vœux, le maximum. Retirez-en un pour en ajouter."
    return full, limit, most.a_verifier


def _extension(
    answer: MobilityAnswer | None,
    choices: Choices,
    places: Mapping[str, mobility_places.Destination],
) -> ExtensionView | None:
    if answer is None or answer.extension is None:
        return None
    return extension_view(answer.extension, [places[key].name for key in choices.wishes])


def _scopes(start: Start, choices: Choices) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in (start.lieu, *choices.wishes) if key))


def _rules(start: Start, answer: MobilityAnswer | None) -> tuple[str, ...]:
    rules = (*answer.regles, answer.departage) if answer else ()
    if start.degre == "1d":
        rules = (*rules, _LINKED)
    return tuple(map(text.sentence, rules))


def _local(start: Start, answer: MobilityAnswer | None) -> str:
    name = "départemental" if start.degre == "1d" else "intra-académique"
    covered = answer.local.phrase if answer and answer.local else ""
    return f"Le mouvement {name}, qui suit, a des règles locales. {text.sentence(covered)}".strip()
