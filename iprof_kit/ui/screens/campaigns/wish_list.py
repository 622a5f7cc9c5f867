"""The wishes of a campaign in their order: added, moved, withdrawn, and what a closing keeps.

What was in the list when the step closed stays as it was; what is changed after is kept aside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Protocol

from iprof_kit.base.characters import name_of, unfit
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.campaigns.question import CampagneVue, EtapeVue
from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.kit.filters import plural
from iprof_kit.ui.screens.autres_affectations.choices import (
    CANCELLED,
    CLOSED,
    LONGEST_WISH,
    Choices,
    Kept,
    own_list,
    restored,
    stored,
    was_closed,
    with_list,
)
from iprof_kit.ui.screens.autres_affectations.start import (
    SERVICES,
    MovementFacts,
    degree_of,
    offered_campaigns,
    start_of,
)

Document = Mapping[str, Any]
Wishes = tuple[Kept, ...]
MOST_KEPT = 200
"""Wishes that the kit keeps of a campaign whose limit it does not know."""


class Shelf(Protocol):
    """Where the wishes of a campaign are kept, and what one of them may be."""

    @property
    def most(self) -> int | None:
        """How many wishes the campaign admits; None where it is not known."""

    def read(self, document: Document) -> Wishes:
        """Return the wishes of a document."""

    def written(self, document: Document, wishes: Wishes) -> dict[str, Any]:
        """Return the document with these wishes."""

    def wish(self, values: Mapping[str, str], key: str) -> Kept:
        """Return the wish that was typed; `key` names one that is no place."""

    def named(self, wishes: Wishes) -> Wishes:
        """Return wishes that were kept, as they are called today."""


@dataclass(frozen=True)
class Places:
    """Wishes that are places of the tables: those of « Autres affectations »."""

    start: MovementFacts
    years: tuple[int, ...]

    @property
    def most(self) -> int | None:
        """How many wishes the campaign admits."""
        most = mobility_places.most_wishes(self.start.degre, self.start.campagne)
        return most.number if most else None

    @property
    def names(self) -> dict[str, str]:
        """The places that may be asked for, as a wish calls them."""
        places = mobility_places.places(self.start.degre, self.start.campagne)
        return {
            one.key: one.name if one.key == one.name else f"{one.key} {one.name}" for one in places
        }

    def choices(self, document: Document) -> Choices:
        """Return all that « Autres affectations » keeps of this degree."""
        return restored(self.start.degre, document.get(self.start.degre), self.years)

    def read(self, document: Document) -> Wishes:
        """Return the wishes of a document."""
        return self.named(tuple(Kept(key, key) for key in self.choices(document).wishes))

    def written(self, document: Document, wishes: Wishes) -> dict[str, Any]:
        """Return the document with these wishes; the answers stay."""
        choices = replace(self.choices(document), wishes=tuple(one.key for one in wishes))
        return {**document, self.start.degre: stored(choices)}

    def wish(self, values: Mapping[str, str], key: str) -> Kept:
        """Return the place that was chosen."""
        del key
        chosen = values.get("lieu", "")
        if chosen not in self.names:
            raise InputError(
                "aucun lieu n’est choisi.", where="vœu", remedy="Choisissez-en un dans la liste."
            )
        if self.start.own_place(chosen):
            own = f"{self.names[chosen]} est votre lieu d’affectation."
            raise InputError(own, where="vœu", remedy="Choisissez un autre lieu.")
        return Kept(chosen, self.names[chosen])

    def named(self, wishes: Wishes) -> Wishes:
        """Return wishes by today’s names; a place that may no longer be asked for is dropped."""
        names = self.names
        return tuple(Kept(one.key, names[one.key]) for one in wishes if one.key in names)


@dataclass(frozen=True)
class Typed:
    """Wishes that are typed, each of a kind: posts, groups, zones."""

    campaign: CampagneVue

    @property
    def most(self) -> int | None:
        """How many wishes the territory admits, where a source says it of this very campaign."""
        limit = self.campaign.voeux.borne if self.campaign.voeux else None
        return limit.au_plus if limit and limit.campagne == self.campaign.annee else None

    @property
    def kinds(self) -> dict[str, str]:
        """The kinds of wishes, by code."""
        natures = self.campaign.voeux.natures if self.campaign.voeux else ()
        return {one.nature: one.titre for one in natures}

    def read(self, document: Document) -> Wishes:
        """Return the wishes of a document."""
        return own_list(document, self.campaign.id)

    def written(self, document: Document, wishes: Wishes) -> dict[str, Any]:
        """Return the document with these wishes."""
        return with_list(document, self.campaign.id, wishes)

    def wish(self, values: Mapping[str, str], key: str) -> Kept:
        """Return the wish that was typed."""
        name, kind = " ".join(values.get("nom", "").split()), values.get("nature", "")
        if not name:
            raise InputError(
                "ce vœu n’a pas de nom.",
                where="vœu",
                remedy="Recopiez le poste, l’école ou le groupe comme la liste officielle l’écrit.",
            )
        if len(name) > LONGEST_WISH:
            long = f"ce vœu a {len(name)} caractères, {LONGEST_WISH} au plus."
            raise InputError(long, where="vœu", remedy="Raccourcissez-le.")
        if unseen := unfit(name):
            raise InputError(
                f"ce vœu contient {name_of(unseen)}.",
                where="vœu",
                remedy="Tapez-le au clavier plutôt que de le coller.",
            )
        if kind not in self.kinds:
            raise InputError(
                "ce vœu n’a pas de nature.", where="vœu", remedy="Choisissez-la dans la liste."
            )
        return Kept(key, name, kind)

    def named(self, wishes: Wishes) -> Wishes:
        """Return wishes as they were kept: nothing else names them."""
        return wishes


def shelf_of(campaign: CampagneVue, dossier: Dossier, today: date) -> Shelf | None:
    """Return where the wishes of a campaign are kept; None where it has none for this person."""
    if campaign.voeux is None:
        return None
    if campaign.voeux.natures:
        return Typed(campaign)
    degre = degree_of(dossier.corps)
    start = start_of(dossier, campaign.annee, today)
    if degre is None or start is None or campaign.service != SERVICES[degre]:
        return None
    return Places(start, offered_campaigns(degre, today))


@dataclass(frozen=True)
class Ordered:
    """The wishes of a campaign at a moment.

    Attributes
    ----------
    wishes : tuple of Kept
        Those that count: the list of the closing once the step is closed.
    tried : tuple of Kept or None
        What is tried after the closing, aside; None where the list itself may change.
    """

    wishes: Wishes
    tried: Wishes | None = None
    cancelled: frozenset[str] = frozenset()
    """Keys of the wishes whose cancellation she noted, each alone, after the closing."""

    @property
    def may_change(self) -> Wishes:
        """The list that an act changes."""
        return self.wishes if self.tried is None else self.tried


def ordered(
    campaign: CampagneVue, shelf: Shelf, document: Document, saved: datetime | None
) -> Ordered:
    """Return the wishes that count, and what is tried aside once their step is closed.

    Parameters
    ----------
    campaign : CampagneVue
        At the moment of the server.
    document : mapping
        What the carnet keeps.
    saved : datetime or None
        When it was saved last: what was saved after the closing was not there before it.
    """
    now = shelf.read(document)
    if not closed(campaign):
        return Ordered(now)
    kept = shelf.named(own_list(_closing(campaign, shelf, document, saved), campaign.id, CLOSED))
    gone = frozenset(one.key for one in own_list(document, campaign.id, CANCELLED))
    return Ordered(kept, now, gone) if kept else Ordered(now)


def at_closing(
    campaign: CampagneVue, shelf: Shelf, document: Document, saved: datetime | None
) -> dict[str, Any] | None:
    """Return the document with the list of the closing; None where there is none to add."""
    if not closed(campaign) or was_closed(document, campaign.id):
        return None
    kept = _closing(campaign, shelf, document, saved)
    return kept if own_list(kept, campaign.id, CLOSED) else None


def _closing(
    campaign: CampagneVue, shelf: Shelf, document: Document, saved: datetime | None
) -> dict[str, Any]:
    if was_closed(document, campaign.id):
        return dict(document)
    step = _step(campaign)
    in_time = saved is not None and step and step.fermeture and saved < step.fermeture
    return with_list(document, campaign.id, shelf.read(document) if in_time else (), CLOSED)


def _step(campaign: CampagneVue) -> EtapeVue | None:
    return campaign.step(campaign.voeux.jusqu_a) if campaign.voeux else None


def closed(campaign: CampagneVue) -> bool:
    """Tell whether the step in which wishes are ordered is closed at the moment of the server."""
    step = _step(campaign)
    return step is not None and step.etat == "close"


def cancelling(
    campaign: CampagneVue, shelf: Shelf, document: Document, saved: datetime | None, key: str
) -> dict[str, Any]:
    """Return the document where one wish of the closing is cancelled, or is so no more.

    Raises
    ------
    InputError
        The step in which one cancels is over, or the wish is not of that list.
    """
    step = cancel_step(campaign)
    if step is None or step.etat == "close":
        over = "aucune annulation n’est plus possible dans cette campagne."
        raise InputError(over, where="vœu", remedy="Écrivez à votre service.")
    kept = _closing(campaign, shelf, document, saved)
    one = next((w for w in own_list(kept, campaign.id, CLOSED) if w.key == key), None)
    if one is None:
        unknown = "ce vœu n’est pas dans la liste de la clôture."
        raise InputError(unknown, where="vœu", remedy="Rechargez la page.")
    gone = own_list(kept, campaign.id, CANCELLED)
    rest = tuple(each for each in gone if each.key != key)
    return with_list(kept, campaign.id, rest if len(rest) < len(gone) else (*gone, one), CANCELLED)


def cancel_step(campaign: CampagneVue) -> EtapeVue | None:
    """Return the step in which one cancels, in whole or a wish alone; None where there is none."""
    return next((one for one in campaign.etapes if "annulation" in one.etape), None)


Change = Callable[[Wishes], Wishes]


def changed(
    campaign: CampagneVue,
    shelf: Shelf,
    document: Document,
    saved: datetime | None,
    change: Change,
) -> dict[str, Any]:
    """Return the document after an act; a closed step keeps first what was there before.

    Parameters
    ----------
    campaign : CampagneVue
        At the moment of the act: it says whether the step is closed.
    shelf, document, saved
        See `ordered`.
    change : callable
        From the wishes to the wishes; raises `InputError` for what may not be.
    """
    kept = _closing(campaign, shelf, document, saved) if closed(campaign) else document
    return shelf.written(kept, change(shelf.read(document)))


def adding(shelf: Shelf, one: Kept) -> Change:
    """Return the act that adds a wish at the end.

    Raises
    ------
    InputError
        By the act: the same wish again, or one too many.
    """

    def act(wishes: Wishes) -> Wishes:
        same = [n for n, each in enumerate(wishes, 1) if _same(each, one)]
        if same:
            known = f"{one.name} est déjà votre vœu {same[0]}."
            raise InputError(known, where="vœu", remedy="Changez plutôt son rang.")
        most = shelf.most if shelf.most is not None else MOST_KEPT
        if len(wishes) >= most:
            many = f"vous avez {len(wishes)} vœux, et {most} au plus sont admis."
            raise InputError(many, where="vœu", remedy="Retirez-en un pour en ajouter.")
        return (*wishes, one)

    return act


def _same(one: Kept, other: Kept) -> bool:
    same_words = (one.kind, one.name.casefold()) == (other.kind, other.name.casefold())
    return one.key == other.key or same_words


def moving(key: str, by: int) -> Change:
    """Return the act that moves a wish by some ranks; past an end, it stops there.

    Examples
    --------
    >>> a, b, c = (Kept(key, key) for key in "abc")
    >>> [one.key for one in moving("a", 2)((a, b, c))], [one.key for one in moving("a", -1)((a, b))]
    (['b', 'c', 'a'], ['a', 'b'])
    """

    def act(wishes: Wishes) -> Wishes:
        here = next((n for n, one in enumerate(wishes) if one.key == key), None)
        if here is None:
            return wishes
        rest = [one for one in wishes if one.key != key]
        rest.insert(min(max(here + by, 0), len(rest)), wishes[here])
        return tuple(rest)

    return act


def id_of(key: str) -> str:
    """Return how the page names the buttons of a wish.

    Examples
    --------
    >>> id_of("Aix-Marseille"), id_of("La Réunion")
    ('Aix-Marseille', 'La-Réunion')
    """
    return "-".join(key.split())


def removing(key: str) -> Change:
    """Return the act that withdraws a wish."""
    return lambda wishes: tuple(one for one in wishes if one.key != key)


def restoring(one: Kept, rank: int) -> Change:
    """Return the act that puts a wish back at its rank."""

    def act(wishes: Wishes) -> Wishes:
        if any(_same(each, one) for each in wishes):
            return wishes
        return (*wishes[:rank], one, *wishes[rank:])

    return act


def limit_words(campaign: CampagneVue, shelf: Shelf, wishes: Sequence[Kept]) -> tuple[str, bool]:
    """Return how many wishes there are and may be, and whether that is to be verified."""
    count = plural(len(wishes), "vœu", "vœux")
    if isinstance(shelf, Places):
        most = mobility_places.most_wishes(shelf.start.degre, shelf.start.campagne)
        if most is None:
            return f"{count} ; le plus grand nombre admis n’est pas dans ce kit", False
        return f"{count}, {most.number} au plus", most.a_verifier
    limit = campaign.voeux.borne if campaign.voeux else None
    if limit is None:
        return f"{count} ; le nombre admis est dans la circulaire, ce kit ne l’a pas", False
    year = f"campagne {limit.campagne}" if limit.campagne else "année non dite"
    parts = [f"{count}, {limit.au_plus} au plus ({year})" if limit.au_plus else count]
    if limit.obligatoires_au_moins and isinstance(shelf, Typed):
        kind = shelf.kinds[limit.nature_obligatoire]
        own = sum(one.kind == limit.nature_obligatoire for one in wishes)
        parts.append(
            f"si votre participation est obligatoire, {limit.obligatoires_au_moins} au moins de "
            f"nature « {kind} » ({year}), vous en avez {own}"
        )
    return " ; ".join(parts), True
