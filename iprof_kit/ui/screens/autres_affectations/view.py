"""Vos perspectives › Autres affectations: the answer as a sentence, the wishes, the proof."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.answer import MobilityAnswer
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.fields.asked_view import FieldGroup, field_groups, wrong_fields
from iprof_kit.ui.fields.carnet_view import CarnetView
from iprof_kit.ui.screens.autres_affectations.choices import Choices
from iprof_kit.ui.screens.autres_affectations.dates import DatesView, dates_view
from iprof_kit.ui.screens.autres_affectations.extension import ExtensionView, extension_view
from iprof_kit.ui.screens.autres_affectations.fields import groups as asked_groups
from iprof_kit.ui.screens.autres_affectations.fields import place_choices
from iprof_kit.ui.screens.autres_affectations.file_facts import facts_of
from iprof_kit.ui.screens.autres_affectations.place_map import MapView, place_map
from iprof_kit.ui.screens.autres_affectations.priority import PriorityView, priority_view
from iprof_kit.ui.screens.autres_affectations.start import MOVEMENTS, Start
from iprof_kit.ui.screens.autres_affectations.wishes import WishRow, unknown_bars, wish_rows
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import SIAM, Counter, counter
from iprof_kit.ui.shared.parts import Fact, Field, Notice, Option, Page

TITLE = "Autres affectations"
_SIAM = (
    "La demande elle-même se fait dans SIAM, ouvert depuis I-Prof, rubrique Les services, "
    "pendant la campagne."
)
_LINKED = "Vœux liés de deux conjoints : leur barème moyen n’est pas calculé sur cet écran"
_KEPT = (
    "Vos vœux et vos réponses sont enregistrés dans ce kit, pour vous. Rien n’est transmis à "
    "l’administration."
)


@dataclass(frozen=True)
class Turn:
    """Where the focus goes after what was asked; `number` grows at each turn."""

    number: int = 0
    focus: str = ""


@dataclass(frozen=True)
class PlacesView(Page):
    """The wishes of one person; with `empty`, why nothing is calculated for her."""

    empty: str = ""
    turn: Turn = field(default_factory=Turn)
    carnet: CarnetView = field(default_factory=CarnetView)
    removed: tuple[str, str] = ("", "")
    """Key and name of the wish just removed."""
    movement: str = ""
    campaigns: tuple[Option, ...] = ()
    campaign: int = 0
    place_word: str = ""
    choices: tuple[Option, ...] = ()
    full: str = ""
    limit: str = ""
    limit_verify: bool = False
    wishes: tuple[WishRow, ...] = ()
    bars: bool = False
    """Whether one bar at least is published for a wish."""
    unknown_bars: tuple[str, ...] = ()
    bar_limits: tuple[str, ...] = ()
    map: MapView | None = None
    facts: tuple[Fact, ...] = ()
    groups: tuple[FieldGroup, ...] = ()
    wrong: tuple[Field, ...] = ()
    missing: tuple[str, ...] = ()
    priority: PriorityView | None = None
    extension: ExtensionView | None = None
    dates: DatesView | None = None
    rules: tuple[str, ...] = ()
    doubt: str = ""
    decides: str = ""
    local: str = ""
    siam: str = _SIAM
    kept: str = _KEPT
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
    answer: MobilityAnswer | None,
    answers: Mapping[str, str],
    *,
    campaigns: Sequence[int],
    errors: Mapping[str, KitError],
    missing: Sequence[str],
    carnet: CarnetView,
    academie: Academie,
    here_hour: LocalClock | None = None,
    notices: Sequence[Notice] = (),
    removed: str = "",
    turn: Turn | None = None,
) -> PlacesView:
    """Return the screen of a person who may ask for another place."""
    places = {p.key: p for p in mobility_places.places(start.degre, start.campagne)}
    wishes = wish_rows(choices.wishes, places, answer)
    groups = field_groups(asked_groups(start, answers), answers, errors)
    strong, lead = _lead(start, choices, answer, places)
    here = places.get(start.lieu)
    here_name = (f"{here.key} {here.name}" if start.degre == "1d" else here.name) if here else ""
    gone = places[removed].name if removed in places else ""
    full, limit, doubtful = _limit(start, choices)
    return PlacesView(
        title=TITLE,
        lead_strong=strong,
        lead=lead,
        notices=tuple(notices),
        turn=turn or Turn(),
        carnet=carnet,
        removed=(removed, gone),
        movement=MOVEMENTS[start.degre],
        campaigns=tuple(Option(str(y), str(y), y == start.campagne) for y in campaigns),
        campaign=start.campagne,
        place_word="département" if start.degre == "1d" else "académie",
        choices=_choices(start, choices),
        full=full,
        limit=limit,
        limit_verify=doubtful,
        wishes=wishes,
        bars=any(wish.bars for wish in wishes),
        unknown_bars=unknown_bars(answer) if answer else (),
        bar_limits=answer.limites if answer else (),
        map=place_map(start.degre, start.campagne, start.lieu, choices.wishes),
        facts=facts_of(start, here_name),
        groups=groups,
        wrong=wrong_fields(groups),
        missing=tuple(map(text.french, missing)),
        priority=priority_view(choices, places),
        extension=_extension(answer, choices, places),
        dates=dates_view(
            start.degre, start.campagne, _scopes(start, choices), start.aujourdhui, here_hour
        ),
        rules=_rules(start, answer),
        doubt=text.sentence(answer.motif_a_verifier) if answer else "",
        decides=text.sentence(answer.decide_par) if answer else "",
        local=_local(start, answer),
        counter=counter(academie, SIAM),
    )


def _lead(
    start: Start,
    choices: Choices,
    answer: MobilityAnswer | None,
    places: Mapping[str, mobility_places.Destination],
) -> tuple[str, str]:
    movement = f"{MOVEMENTS[start.degre]}, campagne {start.campagne}"
    if not choices.wishes:
        return "Aucun vœu encore.", text.french(
            f"Ajoutez un vœu : le kit calcule son barème, ligne par ligne ({movement})."
        )
    if answer is None:
        return "Aucun barème calculé.", "Ce qui l’empêche est dit ci-dessus."
    first = answer.voeux[0]
    many = len(answer.voeux)
    others = f" sur {many} vœux" if many > 1 else ""
    least = "au moins " if not first.complet else ""
    verify = ", à vérifier" if any(line.a_verifier for line in first.lignes) else ""
    return (
        text.french(
            f"Vœu 1, {places[choices.wishes[0]].name} : {least}"
            f"{mobility_places.points(first.total)} points{verify}."
        ),
        text.french(f"C’est le barème du premier{others}, {movement}. L’administration décide."),
    )


def _choices(start: Start, choices: Choices) -> tuple[Option, ...]:
    offered = place_choices(start, own=not start.own_place(start.lieu))
    return tuple(Option(key, label) for key, label in offered if key not in choices.wishes)


def _limit(start: Start, choices: Choices) -> tuple[str, str, bool]:
    """Return why no wish can be added, how many can be asked, and if that must be verified."""
    most = mobility_places.most_wishes(start.degre, start.campagne)
    if most is None:
        return "", "Le nombre de vœux permis n’a pas été trouvé pour cette campagne.", False
    limit = f"{most.number} vœux au plus"
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
    told = (*answer.regles, answer.departage) if answer else ()
    if start.degre == "1d":
        told = (*told, _LINKED)
    return tuple(map(text.sentence, told))


def _local(start: Start, answer: MobilityAnswer | None) -> str:
    name = "départemental" if start.degre == "1d" else "intra-académique"
    said = answer.local.phrase if answer and answer.local else ""
    return text.french(
        f"Le mouvement {name}, qui suit, a des règles locales. {text.sentence(said)}".strip()
    )
