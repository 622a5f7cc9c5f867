"""What is wrong or doubtful in a CV. Nothing is refused: each remark says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.base.words import folded
from iprof_kit.cv.dates import moment
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.remarks import fields
from iprof_kit.cv.remarks.dates import of_item as dates_of_item
from iprof_kit.cv.remarks.dates import of_person as dates_of_person
from iprof_kit.cv.remarks.remark import Gravite, Remarque, remark, short
from iprof_kit.cv.sections import ITEMS, TITLES
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.references import Recommandation

__all__ = ["Gravite", "Remarque", "check"]

_ORDER: dict[Gravite, int] = {"erreur": 0, "avertissement": 1, "conseil": 2}


def check(cv: Cv, today: date) -> tuple[Remarque, ...]:
    """Return every remark on a CV, errors first, then in the order of the form.

    Parameters
    ----------
    cv : Cv
        The body of facts and the CVs made of it.
    today : date
        Day that counts as today: a diploma obtained after it is an error.
    """
    found = [*_person(cv.faits, today), *_sections(cv.faits, today), *_targets(cv)]
    return tuple(sorted(found, key=lambda one: _ORDER[one.gravite]))


def _person(faits: Faits, today: date) -> Iterator[Remarque]:
    identite = faits.identite
    for name, words in (("prenom", "le prénom"), ("nom", "le nom")):
        if not getattr(identite, name).strip():
            yield remark(
                f"faits.identite.{name}",
                "avertissement",
                f"Il manque {words}.",
                "Il s'imprime en tête de chaque CV.",
            )
    yield from dates_of_person(faits, today)
    yield from fields.contact(faits.contact)
    for name in ("identite", "contact", "situation"):
        yield from fields.texts(getattr(faits, name), f"faits.{name}")
    yield from fields.share("faits.situation.quotite", faits.situation.quotite)


def _sections(faits: Faits, today: date) -> Iterator[Remarque]:
    born = moment(faits.identite.date_naissance)
    for section in ITEMS:
        items: tuple[Item, ...] = getattr(faits, section)
        for item in items:
            where = f"faits.{section}.{item.id}"
            yield from _named(item, where)
            yield from dates_of_item(item, where, today, born)
            yield from fields.texts(item, where)
            yield from fields.of_item(item, where)
            yield from _sensitive(item, where)
        yield from _twice(items, section)


def _named(item: Item, where: str) -> Iterator[Remarque]:
    name = item.named_by
    others = ("etablissement", "type") if name == "intitule" else ()
    if not any(str(getattr(item, one, "")).strip() for one in (name, *others)):
        yield remark(
            f"{where}.{name}",
            "erreur",
            "Cette ligne n'a pas d'intitulé.",
            "Écrivez de quoi il s'agit, ou supprimez la ligne.",
        )


def _sensitive(item: Item, where: str) -> Iterator[Remarque]:
    if isinstance(item, Engagement) and item.nature == "syndical":
        yield remark(
            f"{where}.nature",
            "avertissement",
            "Un mandat syndical est une donnée sensible (RGPD, article 9) : rien ne vous oblige "
            "à l'écrire.",
            "Gardez cette ligne si vous le voulez, ou masquez-la dans les CV que vous envoyez.",
        )
    if isinstance(item, Recommandation) and item.contact.strip():
        yield remark(
            f"{where}.contact",
            "conseil",
            "Cette ligne donne les coordonnées d'une autre personne.",
            "Demandez-lui son accord avant d'envoyer ce CV.",
        )


def _twice(items: tuple[Item, ...], section: str) -> Iterator[Remarque]:
    seen: dict[tuple[str, ...], Item] = {}
    for item in items:
        said = {k: v for k, v in item.model_dump().items() if k not in ("id", "source")}
        key = tuple(folded(str(value)) for value in said.values())
        if key in seen:
            yield remark(
                f"faits.{section}.{item.id}",
                "conseil",
                "Cette ligne dit la même chose qu'une autre.",
                "Supprimez l'une des deux, ou précisez ce qui les distingue.",
            )
        seen.setdefault(key, item)


def _targets(cv: Cv) -> Iterator[Remarque]:
    for cible in cv.cibles:
        where = f"cibles.{cible.id}"
        if not cible.titre.strip():
            yield remark(
                f"{where}.titre",
                "avertissement",
                "Ce CV n'a pas de nom.",
                "Donnez-lui un nom pour le retrouver.",
            )
        if cible.photo and cv.faits.identite.photo is None:
            yield remark(
                f"{where}.photo",
                "avertissement",
                "Ce CV demande une photo et il n'y en a pas.",
                "Ajoutez une photo, ou décochez-la pour ce CV.",
            )
        yield from fields.texts(cible, where)
        yield from fields.texts(cible.lettre, f"{where}.lettre")
        yield from _shown(cv.faits, cible, where)


def _shown(faits: Faits, cible: Cible, where: str) -> Iterator[Remarque]:
    for choice in cible.sections:
        if choice.section == "situation" or choice.items is None:
            continue
        known = {item.id for item in getattr(faits, choice.section)}
        lost = [one for one in choice.items if one not in known]
        if lost:
            yield remark(
                f"{where}.sections.{choice.section}",
                "avertissement",
                f"Dans {short(choice.titre or TITLES[choice.section])}, ce CV nomme "
                f"{len(lost)} ligne(s) supprimée(s) depuis.",
                "Choisissez de nouveau les lignes à montrer.",
            )
