"""Dates of a CV that do not exist, are in the wrong order, or lie in the future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from iprof_kit.cv.dates import Moment, moment
from iprof_kit.cv.model import Faits
from iprof_kit.cv.remarks.remark import Remarque, remark, short
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.formations import Formation
from iprof_kit.cv.sections.item import Item

_OLDEST_YEAR = 1900
_WRITE = "Écrivez une année (2014), un mois (2014-09) ou un jour (2014-09-01)."
_DATES = ("debut", "fin", "annee")


def of_person(faits: Faits, today: date) -> Iterator[Remarque]:
    """Return the remarks on the dates of the person and of her situation."""
    where = "faits.identite.date_naissance"
    written = faits.identite.date_naissance
    born = moment(written)
    yield from _readable(where, written)
    if born and not born.is_day:
        yield remark(
            where,
            "avertissement",
            "La date de naissance n'est pas complète.",
            "Donnez le jour, le mois et l'année : 20/05/1991.",
        )
    if born and born.first > today:
        yield remark(
            where, "erreur", "La date de naissance est dans l'avenir.", "Corrigez l'année."
        )
    for name in ("date_echelon", "entree_corps", "titularisation", "annee_acces"):
        yield from _readable(f"faits.situation.{name}", getattr(faits.situation, name))
    entered, tenured = moment(faits.situation.entree_corps), moment(faits.situation.titularisation)
    if entered and tenured and tenured.last < entered.first:
        yield remark(
            "faits.situation.titularisation",
            "erreur",
            "La titularisation précède l'entrée dans le corps.",
            "Corrigez l'une des deux dates.",
        )
    if born and entered and entered.last < born.first:
        yield remark(
            "faits.situation.entree_corps",
            "erreur",
            "L'entrée dans le corps précède la naissance.",
            "Corrigez l'une des deux dates.",
        )


def of_item(item: Item, where: str, today: date, born: Moment | None) -> Iterator[Remarque]:
    """Return the remarks on the dates of one line."""
    dates: dict[str, Moment] = {}
    for name in _DATES:
        written = getattr(item, name, "")
        yield from _readable(f"{where}.{name}", written)
        if found := moment(written):
            dates[name] = found
            if born and found.last < born.first:
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
    found = moment(written)
    if found is None:
        yield remark(
            where, "erreur", f"{short(written)} n'est pas une date que le kit comprend.", _WRITE
        )
    elif found.first.year < _OLDEST_YEAR:
        yield remark(where, "erreur", f"L'année {found.first.year} est trop ancienne.", _WRITE)


def _ordered(item: Item, where: str, dates: dict[str, Moment]) -> Iterator[Remarque]:
    start, end = dates.get("debut"), dates.get("fin")
    if start and end and end.last < start.first:
        yield remark(
            f"{where}.fin",
            "erreur",
            f"La fin ({getattr(item, 'fin', '')}) précède le début ({getattr(item, 'debut', '')}).",
            "Corrigez l'une des deux dates.",
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
            "Cette ligne n'a pas de date.",
            "Donnez au moins une année de début.",
        )


def _diploma(item: Diplome, where: str, today: date, when: Moment | None) -> Iterator[Remarque]:
    if when and item.etat == "obtenu" and when.first > today:
        yield remark(
            f"{where}.annee",
            "erreur",
            f"Ce diplôme est dit obtenu, et {item.annee} est dans l'avenir.",
            "Choisissez « En cours », ou corrigez l'année.",
        )
    if when and item.etat == "en_cours" and when.last < today:
        yield remark(
            f"{where}.etat",
            "avertissement",
            f"Ce diplôme est dit en cours, et {item.annee} est passé.",
            "S'il est obtenu, choisissez « Obtenu » ; sinon, corrigez l'année.",
        )
    if not item.annee.strip():
        yield remark(
            f"{where}.annee",
            "avertissement",
            "Il manque l'année de ce diplôme.",
            "Donnez l'année d'obtention, ou l'année prévue.",
        )
