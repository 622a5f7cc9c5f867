"""Vos perspectives › Autres affectations: the answer, the map, the wishes, and what explains."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.local_time import LocalClock, hour_text
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.added_bars import BarreAjoutee
from iprof_kit.calculate.mobility.answer import Etape, MobilityAnswer, calendar
from iprof_kit.services.contract.dossier import Academie
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import Read, SupposedView, fields_of, supposed_view
from iprof_kit.ui.kit.parts import Fact, Field, Option, Page
from iprof_kit.ui.screens.autres_affectations.choices import (
    Choices,
    Now,
    PriorityView,
    priority_view,
)
from iprof_kit.ui.screens.autres_affectations.fields import COMING, FAMILY
from iprof_kit.ui.screens.autres_affectations.fields import groups as asked_groups
from iprof_kit.ui.screens.autres_affectations.panel import PlacePanel, lead_of, place_panel
from iprof_kit.ui.screens.autres_affectations.place_map import (
    BarsView,
    MapView,
    Movement,
    bars_view,
    place_map,
)
from iprof_kit.ui.screens.autres_affectations.reading import missing_of
from iprof_kit.ui.screens.autres_affectations.scores import Scored, sources_of
from iprof_kit.ui.screens.autres_affectations.start import (
    Degree,
    MovementFacts,
    counted_to,
    facts_of,
    filed,
    prefilled,
)
from iprof_kit.ui.screens.autres_affectations.wishes import (
    ExtensionView,
    WishRow,
    extension_view,
    unknown_bars,
    wish_rows,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.counters import SIAM, Counter, counter
from iprof_kit.ui.shared.worded import figure, joined, worded

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
    movement: Movement | None = None
    campaigns: tuple[Option, ...] = ()
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
    now: Now,
    scored: Scored,
    read: Read,
    looked: str,
    given: Sequence[BarreAjoutee],
    academie: Academie,
    here: LocalClock | None,
) -> PlacesView:
    """Return the screen of a person who may ask for another place.

    `given` are the bars that this installation has beside the tables, `here` her clock where it is
    not that of Paris.
    """
    start, choices, answers, places = now.start, now.choices, now.answers, now.places
    answer, wishes = scored.answer, choices.wishes
    asked = [one for group in asked_groups(start, answers) for one in group.fields]
    fields = fields_of(asked, answers, read.errors)
    movement = Movement(start, places, wishes, scored, looked)
    strong, rest = lead_of(movement)
    full, limit, doubtful = _limit(start, choices)
    return PlacesView(
        title=TITLE,
        lead_strong=strong,
        lead=rest,
        movement=movement,
        campaigns=tuple(
            Option(str(y), str(y), y == start.campagne) for y in reversed(now.campaigns)
        ),
        full=full,
        limit=limit,
        wishes=wish_rows(wishes, places, scored),
        wishes_verify=doubtful or bool(answer and answer.a_verifier),
        unknown_bars=unknown_bars(answer) if answer else (),
        bar_limits=mobility_places.bar_limits(start.degre, given),
        map=place_map(movement),
        panel=place_panel(movement, full),
        bars=bars_view(movement),
        filed=filed(start),
        facts=facts_of(start, movement.name(places[start.lieu]) if start.lieu in places else ""),
        supposed=places_supposed(
            fields,
            {one.name for one in asked if one.needed},
            prefilled(start),
            counted_to(start.degre, start.campagne),
        ),
        missing=missing_of(start, read),
        priority=priority_view(choices, places),
        extension=_extension(answer, choices, places),
        dates=dates_view(
            start.degre, start.campagne, _scopes(start, choices), start.aujourdhui, here
        ),
        rules=_rules(start, answer),
        local=_local(start, answer),
        sources=sources_of(start, scored, looked),
        counter=counter(academie, SIAM),
    )


def _limit(start: MovementFacts, choices: Choices) -> tuple[str, str, bool]:
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


def _scopes(start: MovementFacts, choices: Choices) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for key in (start.lieu, *choices.wishes) if key))


def _rules(start: MovementFacts, answer: MobilityAnswer | None) -> tuple[str, ...]:
    rules = (*answer.regles, answer.departage) if answer else ()
    if start.degre == "1d":
        rules = (*rules, _LINKED)
    return tuple(map(text.sentence, rules))


def _local(start: MovementFacts, answer: MobilityAnswer | None) -> str:
    name = "départemental" if start.degre == "1d" else "intra-académique"
    covered = answer.local.phrase if answer and answer.local else ""
    return f"Le mouvement {name}, qui suit, a des règles locales. {text.sentence(covered)}".strip()


@dataclass(frozen=True)
class DatesView:
    """The dates known, a sentence for what is not, and those of the campaign before."""

    rows: tuple[tuple[Etape, str], ...]
    """Each step, and when it is."""
    missing: str = ""
    before: tuple[tuple[Etape, str], ...] = ()
    before_title: str = ""
    answer: str = ""
    """What the line of the fold says."""

    @property
    def doubtful(self) -> bool:
        """Tell whether one date at least must be verified."""
        return any(step.a_verifier for step, _ in (*self.rows, *self.before))


@lru_cache(maxsize=8)
def dates_view(
    degre: Degree,
    campagne: int,
    scopes: tuple[str, ...],
    today: date | None = None,
    here: LocalClock | None = None,
) -> DatesView:
    """Return the dates of a campaign for some territories, and what no source says.

    `today` says which usual months are past, `here` where the person reads another hour than that
    of Paris.
    """
    steps, missing = calendar(degre, campagne, scopes, today)
    dated = tuple(step for step in steps if step.debut or step.fin)
    unknown = [step for step in steps if not (step.debut or step.fin)]
    notes = " ".join(text.sentence(step.note) for step in unknown if step.note)
    if dated:
        rows = tuple((step, _when(step, here)) for step in dated)
        return DatesView(rows, notes, answer=counted(len(rows), "date publiée"))
    last = campagne - 1
    earlier = [s for s in calendar(degre, last, scopes)[0] if s.debut or s.fin]
    return DatesView(
        (),
        text.sentence(missing) or f"Campagne {campagne} : {notes or 'aucune date trouvée.'}",
        tuple((step, _when(step, here)) for step in earlier),
        f"Pour repère, les dates de la campagne {last}" if earlier else "",
        f"aucune date publiée pour {campagne}",
    )


def _when(step: Etape, here: LocalClock | None) -> str:
    parts: list[str] = []
    days = [
        figure(text.day(day), f"movement.{end}", day, f"{step.portee}, {step.phase}, {step.etape}")
        for end, day in (("opens", step.debut), ("closes", step.fin))
        if day
    ]
    if days:
        pattern = "le {}" if step.debut else "au plus tard le {}"
        parts.append(worded("du {} au {}" if len(days) > 1 else pattern, *days))
    if step.heure_fin and (last := step.fin or step.debut):
        parts.append(hour_text(last, step.heure_fin, here))
    return joined(", ", parts)


_FIRST = (
    "departement_depuis",
    "poste_annees",
    FAMILY,
    "conjoint_lieu",
    "lien",
    "lien_depuis",
    "enfant-1",
    "conjoint_departement",
    "label",
    "label_depuis",
    "ancien_voeu",
    "demandes_avant",
    "cimm",
    "outre_mer",
    "origine",
    "doit_etre_affecte",
    "interruption",
)
_SHORT = {
    "pop_depuis": "poste à profil",
    "activite": "activité du conjoint",
    COMING: "enfants à naître",
    "label": "éducation prioritaire",
    "label_depuis": "éducation prioritaire depuis",
    "ancien_voeu": "vœu 1 déjà demandé",
    "cimm": "CIMM",
    "outre_mer": "outre-mer",
    "mayotte_annees": "années à Mayotte",
    "guyane_annees": "années en Guyane",
    "retour": "réintégration",
    "sportif_annees_atp": "sport de haut niveau",
    "demandes_corse": "Corse",
}


def places_supposed(
    fields: Iterable[Field], needed: Collection[str], filed: Mapping[str, str], counted_to: date
) -> SupposedView:
    """Return the lines.

    Parameters
    ----------
    needed : collection of str
        Names of those without which something that was begun is not counted.
    filed : mapping of str to str
        What the file fills in.
    counted_to : date
        The last day whose years in the post the movement counts.
    """
    listed = tuple(fields)
    as_filed = {f.name: f.options[0].value for f in listed if f.options} | dict(filed)
    unchosen = {f.name for f in listed if f.options and f.options[0].label == "choisir"}
    typed = {f.name for f in listed if not f.options}

    def words(name: str, value: str) -> str:
        if name == "poste_annees" and value and value == filed.get(name):
            return figure(value, "post.years", int(value), counted_to)
        if value:
            return ""
        if name in needed:
            return "à préciser"
        return "aucun" if name in unchosen else "non indiqué" if name in typed else ""

    return supposed_view(listed, _FIRST, as_filed, words, _SHORT)
