"""The items of a CV as the lines of a document."""

from __future__ import annotations

from iprof_kit.base.words import french
from iprof_kit.cv.lists import CECRL
from iprof_kit.cv.model import (
    Activite,
    Competence,
    Diplome,
    Engagement,
    Fonction,
    Formation,
    Publication,
    Recommandation,
)
from iprof_kit.cv.printing.values import hours, joined, line, period, share, short
from iprof_kit.documents.model import Entry, Fact


def fonction(item: Fonction) -> Entry:
    """Return the line of an affectation, a function or a mission."""
    return _entry(
        item.id,
        item.intitule,
        item.type,
        period(item.debut, item.fin),
        line(item.etablissement),
        line(item.lieu),
        line(item.discipline),
        line(item.education_prioritaire),
        _part_time(item.quotite),
        text=item.description,
    )


def diplome(item: Diplome) -> Entry:
    """Return the line of a diploma or a title."""
    return _entry(
        item.id,
        item.intitule,
        item.specialite,
        short(item.annee),
        line(item.etablissement),
        line(item.lieu),
        _prefixed("niveau", item.niveau),
        _prefixed("mention", item.mention),
        "en cours" if item.etat == "en_cours" else "",
        text=item.description,
    )


def formation(item: Formation) -> Entry:
    """Return the line of a training; a missing end says nothing: most last a day."""
    return _entry(
        item.id,
        item.intitule,
        "",
        period(item.debut, item.fin, lasts=False),
        line(item.organisme),
        line(item.lieu),
        hours(item.heures),
        text=item.description,
    )


def activite(item: Activite) -> Entry:
    """Return the line of an activity."""
    return _entry(
        item.id,
        item.intitule,
        item.type,
        period(item.debut, item.fin),
        line(item.organisme),
        line(item.lieu),
        text=item.description,
    )


def publication(item: Publication) -> Entry:
    """Return the line of a publication; its address is printed as it is."""
    return _entry(
        item.id,
        item.titre,
        "",
        short(item.annee),
        line(item.auteurs),
        line(item.editeur),
        item.adresse.strip(),
        text=item.description,
    )


def engagement(item: Engagement) -> Entry:
    """Return the line of a commitment."""
    return _entry(
        item.id,
        item.intitule,
        "",
        period(item.debut, item.fin),
        line(item.organisme),
        text=item.description,
    )


def reference(item: Recommandation, *, contact_shown: bool) -> Entry:
    """Return the line of a reference; how to reach her is a contact detail like the others."""
    return _entry(
        item.id,
        item.nom,
        "",
        "",
        line(item.fonction),
        line(item.organisme),
        item.contact.strip() if contact_shown else "",
        text=item.texte,
    )


def competence(item: Competence) -> Fact:
    """Return a skill and its level: « anglais : B2 (cadre européen), certificat, 2018 »."""
    level = line(item.niveau)
    if item.nature == "langue" and level in CECRL:
        level = f"{level} (cadre européen)"
    elif item.nature == "langue" and level == "maternelle":
        level = "langue maternelle"
    value = joined(level, line(item.certificat), short(item.annee), line(item.description))
    name = line(item.intitule)
    return Fact(name, value, item.id) if name and value else Fact("", name or value, item.id)


def _entry(key: str, name: str, otherwise: str, dates: str, *details: str, text: str) -> Entry:
    """Return a line under its name, or under what else it has, the rest being details."""
    title, second = line(name), line(otherwise)
    if not title:
        title, second = second, ""
    kept = [detail for detail in (second if second != title else "", *details) if detail]
    return Entry(title, dates, tuple(kept), french(text), key)


def _part_time(value: str) -> str:
    """Return « temps plein », « à 50 % », or what was typed."""
    printed = share(value)
    return f"à {printed}" if printed.endswith("%") and printed[:1].isdigit() else printed


def _prefixed(word: str, value: str) -> str:
    value = line(value)
    return value if not value or value.casefold().startswith(word) else f"{word} {value}"
