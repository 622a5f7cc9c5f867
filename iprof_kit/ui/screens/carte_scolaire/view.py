"""A post that is closed, as final French text: the staircase of the priority, and her own list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from iprof_kit.base.errors import InputError
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.territories import (
    OTHER,
    ClosedPost,
    Ground,
    PriorityWish,
    WishChecked,
    department_name,
)
from iprof_kit.services.contract.dossier import AffectationTenue, Dossier
from iprof_kit.services.contract.posts import Posts, posts_of
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields.ordered import OrderedLine, Typed, faults, shown
from iprof_kit.ui.kit.parts import Lanes, Page, Result
from iprof_kit.ui.own_situation.posted import since_of, three_facts, zone_sentences
from iprof_kit.ui.screens.carte_scolaire.designated import Designated
from iprof_kit.ui.shared.worded import figure, worded

ROOM = 20
"""Lines of the list."""
RECEIVED = "courrier_recu"
"""The field of the day on which the letter came."""
_SCHOOL, _TOWN, _DEPARTMENT, _ACADEMY = "etablissement", "commune", "departement", "academie"


_NO_STAIR = (
    "Aucun vœu prioritaire n’est montré : chaque territoire fixe les siens. Écrivez votre liste "
    "d’après la circulaire."
)
_NO_ZONE = (
    "Les vœux prioritaires connus de ce kit sont ceux d’un poste en établissement : ils ne valent "
    "pas pour une zone. Si un poste de votre zone est supprimé, la circulaire donne les vôtres."
)
_ASK_ZONE = (
    "Le rectorat dit qui est concerné dans la zone, et quels vœux ont la priorité : demandez sa "
    "circulaire."
)
_UNKNOWN_KEPT = (
    "Ce kit ne connaît pas ce que votre territoire garde : ancienneté de poste, priorité des "
    "années suivantes. Posez la question par écrit."
)
_UNKNOWN_BACK = "Aucune règle de retour n’est connue de ce kit pour vous."


@dataclass(frozen=True)
class Stair:
    """One wish of the priority: its place, its points, whether her list asks for it."""

    name: str
    level: str
    points: str
    asked: bool


@dataclass(frozen=True)
class ClosedPostView(Page):
    """The page of a closed post."""

    post: ClosedPost | None = None
    results: tuple[Result, ...] = ()
    stairs: tuple[Stair, ...] = ()
    no_stair: str = ""
    lines: tuple[OrderedLine, ...] = ()
    says: tuple[str, ...] = ()
    folds: tuple[tuple[str, str, str, tuple[str, ...]], ...] = ()
    received: str = ""
    error: InputError | None = None
    """What is wrong with the day of the letter."""
    help: str = ""
    campaign: str = ""
    designated: Designated | None = None
    lanes: Lanes | None = None
    """What her file says that she holds, where no post of a school is hers."""
    form_key: str = ""
    carnet: CarnetView = field(default_factory=CarnetView)


def own_places(dossier: Dossier, today: date) -> dict[str, str]:
    """Return the places of her post, by level, as her file names them; a zone is no school."""
    post = posts_of(dossier, today).fixed
    academy = mobility_places.academie_named(dossier.academie)
    department = department_name(dossier.departement or "")
    return {
        _SCHOOL: post.etablissement if post else "",
        _TOWN: (post.commune or "") if post else "",
        _DEPARTMENT: department,
        "zone_departement": department,
        "zones_academie": academy,
        _ACADEMY: academy,
        "poste_identique": post.etablissement if post else "",
        "zone_ecole": post.etablissement if post else "",
        "zones_limitrophes": "",
    }


def filled(post: ClosedPost, wishes: Sequence[Typed], places: Mapping[str, str]) -> list[Typed]:
    """Return her list with the wishes of the priority that it lacks, after the others, in order."""
    missing = [Typed(0, one.level, places.get(one.level) or one.title, {}) for one in post.missing]
    return [*(one for one in wishes if not one.is_empty), *missing][:ROOM]


def kinds_of(post: ClosedPost) -> tuple[tuple[str, str], ...]:
    """Return what a wish may designate: the levels of the priority, and anything else."""
    levels = tuple((one.level, one.title) for one in post.wishes)
    return (*levels, (OTHER, "autre vœu"))


def closed_post_view(
    post: ClosedPost,
    dossier: Dossier,
    wishes: Sequence[Typed],
    *,
    degree: str,
    today: date,
    form_key: str,
    received: tuple[str, InputError | None],
) -> ClosedPostView:
    """Return the page: what the priority is where she is, and what her list has of it.

    Parameters
    ----------
    wishes : sequence of Typed
        Her list, `post.checked` being of the same wishes.
    received : (str, InputError or None)
        The day of the letter as typed, and what is wrong with it.
    """
    places, posts = own_places(dossier, today), posts_of(dossier, today)
    asked = {one.kind for one in wishes if not one.is_empty}
    strong, rest = _of_a_zone(posts) if posts.zone else _sentence(post, degree)
    typed, error = received
    return ClosedPostView(
        title="Mesure de carte scolaire",
        post=post,
        lead_strong=worded("{}", strong),
        lead=worded("{}", rest),
        results=tuple(_results(post, posts, asked)),
        stairs=tuple(
            Stair(
                places.get(one.level) or one.title,
                one.title,
                _points(one, one.level),
                one.level in asked,
            )
            for one in post.wishes
        ),
        no_stair="" if post.wishes else (_NO_ZONE if posts.zone else _NO_STAIR),
        lines=shown(wishes, kinds_of(post), faults(wishes), _notes(post, wishes), ROOM),
        says=tuple(_says(post, wishes)),
        folds=tuple(_zone_folds(post, posts) if posts.zone else _folds(post, degree)),
        received=typed,
        error=error,
        form_key=form_key,
    )


def _sentence(post: ClosedPost, degree: str) -> tuple[str, str]:
    ground = post.ground
    if ground.place:
        count = len(post.wishes)
        what = f"{count} vœux ont" if count > 1 else "un vœu a"
        rest = (
            f"Règle connue pour {_named(ground.place)} à la rentrée {ground.year} : vérifiez la "
            "circulaire de l’année."
        )
        return f"Si votre poste est supprimé, {what} la priorité.", rest
    where = "département" if degree == "1d" else "académie"
    strong = f"La règle de votre {where} n’est pas connue de ce kit."
    if post.common:
        return strong, f"Ailleurs ({_others(ground)}), la priorité suit cet ordre."
    return strong, f"Elle diffère ailleurs ({_others(ground)}) : demandez la circulaire de l’année."


def without_priority(post: ClosedPost) -> ClosedPost:
    """Return the rules as they are for a zone: those of a school's post give it no priority."""
    none = tuple(WishChecked(priority=False, points=None, disorder=False) for _ in post.checked)
    return replace(
        post, common=False, wishes=(), missing=(), checked=none, order=(), kept=(), back=(), who=()
    )


def _of_a_zone(posts: Posts) -> tuple[str, str]:
    strong, year = zone_sentences(posts)
    where = posts.yearly or posts.attachment
    if where is None:
        return strong, year
    return strong, f"Un poste supprimé à {_at(where)} n’est pas le vôtre."


def _at(posting: AffectationTenue) -> str:
    return f"« {posting.etablissement} »"


def _named(place: str) -> str:
    return department_name(place) or place


def _others(ground: Ground) -> str:
    pairs = (one.rpartition(" ") for one in ground.elsewhere)
    return ", ".join(f"{_named(place)} {year}" for place, _, year in pairs)


def _results(post: ClosedPost, posts: Posts, asked: set[str]) -> Iterator[Result]:
    yield from (Result(*fact) for fact in three_facts(posts))
    if posts.fixed:
        yield Result("Votre poste", posts.fixed.etablissement)
        yield Result("Ancienneté de poste depuis", since_of(posts.fixed, "fixed"))
    elif posts.zone is None and posts.yearly:
        yield Result("Votre affectation", posts.yearly.etablissement, posts.yearly.type)
        yield Result("Poste à titre définitif", "aucun dans votre dossier")
    if post.wishes:
        count = sum(one.level in asked for one in post.wishes)
        yield Result("Vœux prioritaires demandés", f"{count} sur {len(post.wishes)}")


def _points(one: PriorityWish | WishChecked, level: str) -> str:
    if not one.points:
        return "points inconnus"
    return figure(
        f"{mobility_places.points(one.points)} points",
        f"points.carte_scolaire.{level}",
        one.points,
    )


def _notes(post: ClosedPost, wishes: Sequence[Typed]) -> dict[int, str]:
    notes = {}
    for one, checked in zip(wishes, post.checked, strict=True):
        if one.is_empty:
            continue
        if checked.disorder:
            notes[one.rank] = "À placer avant un vœu prioritaire plus large."
        elif checked.priority and post.common:
            notes[one.rank] = "Prioritaire ailleurs, à vérifier pour vous."
        elif checked.priority:
            notes[one.rank] = worded("Priorité, {}.", _points(checked, one.kind))
        elif post.wishes:
            notes[one.rank] = "Sans priorité."
    return notes


def _says(post: ClosedPost, wishes: Sequence[Typed]) -> Iterator[str]:
    if not any(not one.is_empty for one in wishes):
        return
    if post.missing:
        yield f"Il manque : {_titles(post.missing)}."
    elif post.wishes and not any(one.disorder for one in post.checked):
        yield "Tous les vœux de la priorité sont là, dans l’ordre."
    if any(not one.priority for one in post.checked):
        yield from post.kept


def _titles(wishes: Sequence[PriorityWish]) -> str:
    return ", ".join(one.title for one in wishes)


def _zone_folds(post: ClosedPost, posts: Posts) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    if where := posts.yearly or posts.attachment:
        yield (
            "annee",
            f"Si {_at(where)} perd un poste ?",
            "rien pour vous",
            ("La mesure vise qui est titulaire du poste : le vôtre est dans la zone.",),
        )
    yield (
        "zone",
        "Si un poste de la zone est supprimé ?",
        "inconnu de ce kit",
        (*post.national, _ASK_ZONE),
    )


def _folds(post: ClosedPost, degree: str) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield each fold: its name, its question, its answer, what it holds."""
    unknown = "inconnu pour vous"
    who = "Le chef d’établissement" if degree == "2d" else "L’inspection de circonscription"
    ask = (f"{who} et le service qui gère le mouvement disent qui est concerné.",)
    yield (
        "qui",
        "Qui est concerné ?",
        "selon la circulaire" if post.who else unknown,
        (*post.who, *post.national, *(() if post.who else ask)),
    )
    if post.order:
        yield "ordre", "Dans quel ordre demander ?", "tous, et à leur place", post.order
    verify = "à vérifier"
    yield (
        "garde",
        "Qu’est-ce qui est gardé ?",
        verify if post.kept else unknown,
        (post.kept or (_UNKNOWN_KEPT,)),
    )
    yield (
        "retour",
        "Pourrai-je revenir ?",
        verify if post.back else unknown,
        (post.back or (_UNKNOWN_BACK,)),
    )
