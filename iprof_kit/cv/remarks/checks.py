"""What is wrong or doubtful in a CV. Nothing is refused: each remark says what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.base.words import counted, folded
from iprof_kit.cv.dates import Moment, moment
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.remarks import fields
from iprof_kit.cv.remarks.remark import Gravite, Remarque, remark, short
from iprof_kit.cv.sections import ITEMS, TITLES
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.engagements import Engagement
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.references import Recommandation

__all__ = ["Gravite", "Remarque", "check"]

_ORDER: dict[Gravite, int] = {"erreur": 0, "avertissement": 1, "conseil": 2}
_OLDEST_YEAR = 1900
_WRITE = "Écrivez une année (2014), un mois (2014-09) ou un jour (2014-09-01)."
_DATES = ("debut", "fin", "annee")


def check(cv: Cv, today: date) -> tuple[Remarque, ...]:
    """Return every remark on a CV, errors first, then in the order of the form.

    Parameters
    ----------
    cv : Cv
        The body of facts and the CVs made of it.
    today : date
        Day that counts as today: a diploma obtained after it is an error.
    """
    remarks = [*_person(cv.faits, today), *_sections(cv.faits, today), *_targets(cv)]
    return tuple(sorted(remarks, key=lambda one: _ORDER[one.gravite]))


def _person(faits: Faits, today: date) -> Iterator[Remarque]:
    identite = faits.identite
    for name, words in (("prenom", "le prénom"), ("nom", "le nom")):
        if not getattr(identite, name).strip():
            yield remark(
                f"faits.identite.{name}",
                "avertissement",
                f"Il manque {words}.",
                "Il s’imprime en tête de chaque CV.",
            )
    yield from _dates_of_person(faits, today)
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
            yield from _dates_of_item(item, where, today, born)
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
            "Cette ligne n’a pas d’intitulé.",
            "Écrivez de quoi il s’agit, ou supprimez la ligne.",
        )


def _sensitive(item: Item, where: str) -> Iterator[Remarque]:
    if isinstance(item, Engagement) and item.nature == "syndical":
        yield remark(
            f"{where}.nature",
            "avertissement",
            "Un mandat syndical est une donnée sensible (RGPD, article 9) : rien ne vous oblige "
            "à l’écrire.",
            "Gardez cette ligne si vous le voulez, ou masquez-la dans les CV que vous envoyez.",
        )
    if isinstance(item, Recommandation) and item.contact.strip():
        yield remark(
            f"{where}.contact",
            "conseil",
            "Cette ligne donne les coordonnées d’une autre personne.",
            "Demandez-lui son accord avant d’envoyer ce CV.",
        )


def _twice(items: tuple[Item, ...], section: str) -> Iterator[Remarque]:
    seen: dict[tuple[str, ...], Item] = {}
    for item in items:
        content = {k: v for k, v in item.model_dump().items() if k not in ("id", "source")}
        key = tuple(folded(str(value)) for value in content.values())
        if key in seen:
            yield remark(
                f"faits.{section}.{item.id}",
                "conseil",
                "Cette ligne dit la même chose qu’une autre.",
                "Supprimez l’une des deux, ou précisez ce qui les distingue.",
            )
        seen.setdefault(key, item)


def _targets(cv: Cv) -> Iterator[Remarque]:
    for cible in cv.cibles:
        where = f"cibles.{cible.id}"
        if not cible.titre.strip():
            yield remark(
                f"{where}.titre",
                "avertissement",
                "Ce CV n’a pas de nom.",
                "Donnez-lui un nom pour le retrouver.",
            )
        if cible.photo and cv.faits.identite.photo is None:
            yield remark(
                f"{where}.photo",
                "avertissement",
                "Ce CV demande une photo et il n’y en a pas.",
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
                f"{counted(len(lost), 'ligne supprimée')} depuis.",
                "Choisissez de nouveau les lignes à montrer.",
            )


def _dates_of_person(faits: Faits, today: date) -> Iterator[Remarque]:
    """Return the remarks on the dates of the person and of her situation."""
    where = "faits.identite.date_naissance"
    written = faits.identite.date_naissance
    born = moment(written)
    yield from _readable(where, written)
    if born and not born.is_day:
        yield remark(
            where,
            "avertissement",
            "La date de naissance n’est pas complète.",
            "Donnez le jour, le mois et l’année : 20/05/1991.",
        )
    if born and born.first > today:
        yield remark(
            where, "erreur", "La date de naissance est dans l’avenir.", "Corrigez l’année."
        )
    for name in ("date_echelon", "entree_corps", "titularisation", "annee_acces"):
        yield from _readable(f"faits.situation.{name}", getattr(faits.situation, name))
    entered, tenured = moment(faits.situation.entree_corps), moment(faits.situation.titularisation)
    if entered and tenured and tenured.last < entered.first:
        yield remark(
            "faits.situation.titularisation",
            "erreur",
            "La titularisation précède l’entrée dans le corps.",
            "Corrigez l’une des deux dates.",
        )
    if born and entered and entered.last < born.first:
        yield remark(
            "faits.situation.entree_corps",
            "erreur",
            "L’entrée dans le corps précède la naissance.",
            "Corrigez l’une des deux dates.",
        )


def _dates_of_item(item: Item, where: str, today: date, born: Moment | None) -> Iterator[Remarque]:
    """Return the remarks on the dates of one line."""
    dates: dict[str, Moment] = {}
    for name in _DATES:
        written = getattr(item, name, "")
        yield from _readable(f"{where}.{name}", written)
        if day := moment(written):
            dates[name] = day
            if born and day.last < born.first:
                yield remark(
                    f"{where}.{name}",
                    "erreur",
                    f"{written} précède votre naissance.",
                    "Corrigez cette date, ou votre date de naissance.",
                )
    yield from _ordered(item, where, dates)
    if isinstance(item, Diplome):
        yield from _diploma(item, where, today, dates.get("annee"))


def _readable(where: str, written: str) -> Iterator[Remarque]:
    if not written.strip():
        return
    day = moment(written)
    if day is None:
        yield remark(
            where, "erreur", f"{short(written)} n’est pas une date que le kit comprend.", _WRITE
        )
    elif day.first.year < _OLDEST_YEAR:
        yield remark(where, "erreur", f"L’année {day.first.year} est trop ancienne.", _WRITE)


def _ordered(item: Item, where: str, dates: dict[str, Moment]) -> Iterator[Remarque]:
    start, end = dates.get("debut"), dates.get("fin")
    if start and end and end.last < start.first:
        yield remark(
            f"{where}.fin",
            "erreur",
            f"La fin ({getattr(item, 'fin', '')}) précède le début ({getattr(item, 'debut', '')}).",
            "Corrigez l’une des deux dates.",
        )
    if end and not start and not getattr(item, "debut", "").strip():
        yield remark(
            f"{where}.debut",
            "conseil",
            "Cette ligne a une fin, mais pas de début.",
            "Ajoutez quand cela a commencé.",
        )
    if isinstance(item, Fonction | Formation) and not dates and not item.debut.strip():
        yield remark(
            f"{where}.debut",
            "avertissement",
            "Cette ligne n’a pas de date.",
            "Donnez au moins une année de début.",
        )


def _diploma(item: Diplome, where: str, today: date, when: Moment | None) -> Iterator[Remarque]:
    if when and item.etat == "obtenu" and when.first > today:
        yield remark(
            f"{where}.annee",
            "erreur",
            f"Ce diplôme est dit obtenu, et {item.annee} est dans l’avenir.",
            "Choisissez « En cours », ou corrigez l’année.",
        )
    if when and item.etat == "en_cours" and when.last < today:
        yield remark(
            f"{where}.etat",
            "avertissement",
            f"Ce diplôme est dit en cours, et {item.annee} est passé.",
            "S’il est obtenu, choisissez « Obtenu » ; sinon, corrigez l’année.",
        )
    if not item.annee.strip():
        yield remark(
            f"{where}.annee",
            "avertissement",
            "Il manque l’année de ce diplôme.",
            "Donnez l’année d’obtention, ou l’année prévue.",
        )
