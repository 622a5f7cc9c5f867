"""The statutory CV of the liste d'aptitude to the corps of agrégés: five imposed rubriques.

Their titles are those of the arrêté of 15 October 1999, in `nomenclatures.csv`. What has no place
in them is not printed, and `left_out` names it: nothing goes without the person knowing.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from iprof_kit.cv.lists import RUBRIQUES_STATUTAIRES
from iprof_kit.cv.model import Cible, Cv, Faits
from iprof_kit.cv.person import Identite
from iprof_kit.cv.sections import LISTS, ItemSection
from iprof_kit.cv.sections.section import Placed, Rubrique
from iprof_kit.cv.sections.situation import access, facts
from iprof_kit.cv.twins import printed_items
from iprof_kit.cv.values import day, joined, line
from iprof_kit.documents.model import Document, Fact, Part, Section

KIND = "Curriculum vitae pour la liste d’aptitude d’accès au corps des professeurs agrégés"
NOTICE = "Kit libre, non officiel : seule compte la saisie dans l’application du ministère."
EMPTY = "Non renseigné."


def document(cv: Cv, cible: Cible, today: date, contact: tuple[Fact, ...]) -> Document:
    """Return the statutory CV of a target, filled from the facts."""
    identite = cv.faits.identite
    name = joined(line(identite.prenom), line(identite.nom), by=" ")
    situation, formation, acces, itineraire, activites = RUBRIQUES_STATUTAIRES
    born = day(identite.date_naissance) if cible.date_naissance else ""
    return Document(
        title=joined("Curriculum vitae statutaire", name, by=" de "),
        author=name,
        date=today,
        kind=joined(KIND, _campaign(cible)),
        name=name,
        headline=line(identite.titre),
        sections=(
            _rubrique(situation, (_who(identite, born, contact), *_situation(cv.faits, cible))),
            _rubrique(formation, _parts(cv.faits, cible, "formation")),
            _rubrique(acces, _facts(access(cv.faits.situation))),
            _rubrique(itineraire, _parts(cv.faits, cible, "itineraire")),
            _rubrique(activites, _parts(cv.faits, cible, "activites")),
        ),
        notice=NOTICE,
    )


def left_out(faits: Faits, cible: Cible) -> tuple[str, ...]:
    """Return what the target shows and that has no place in the five rubriques."""
    lost = []
    if faits.identite.resume.strip():
        lost.append("votre présentation")
    if cible.photo and faits.identite.photo:
        lost.append("votre photographie")
    lost += [f"vos {part.title}" for rubrique, part in _placed(faits, cible) if rubrique is None]
    return tuple(lost)


def empty(faits: Faits, cible: Cible) -> tuple[tuple[ItemSection, str], ...]:
    """Return the rubriques of lines that would stand empty, each with a section that fills it."""
    _, formation, _, itineraire, activites = RUBRIQUES_STATUTAIRES
    filled_by: tuple[tuple[ItemSection, str, Rubrique], ...] = (
        ("diplomes", formation, "formation"),
        ("fonctions", itineraire, "itineraire"),
        ("activites", activites, "activites"),
    )
    return tuple(
        (section, title)
        for section, title, rubrique in filled_by
        if not _parts(faits, cible, rubrique)
    )


def _rubrique(title: str, parts: tuple[Part, ...]) -> Section:
    """Return an imposed rubrique: it stands even when there is nothing to put in it."""
    filled = tuple(part for part in parts if part.facts or part.entries)
    return Section(title, filled or (Part(text=EMPTY),))


def _campaign(cible: Cible) -> str:
    year = line(cible.campagne)
    return f"campagne {year}" if year else ""


def _who(identite: Identite, born: str, contact: tuple[Fact, ...]) -> Part:
    facts = (
        Fact("Civilité", line(identite.civilite)),
        Fact("Nom", line(identite.nom)),
        Fact("Prénom", line(identite.prenom)),
        Fact("Date de naissance", born),
        *contact,
    )
    return Part("État civil et coordonnées", tuple(fact for fact in facts if fact.value))


def _situation(faits: Faits, cible: Cible) -> tuple[Part, ...]:
    elsewhere = {fact.label for fact in access(faits.situation)}
    printed = facts(faits.situation)
    kept = tuple(fact for fact in printed if fact.label not in elsewhere)
    asked = line(cible.discipline)
    kept += (Fact("Discipline demandée", asked),) if asked else ()
    return (Part("Situation administrative", kept),)


def _parts(faits: Faits, cible: Cible, rubrique: Rubrique) -> tuple[Part, ...]:
    """Return what the sections of lines print in a rubrique."""
    return tuple(part for one, part in _placed(faits, cible) if one == rubrique)


def _placed(faits: Faits, cible: Cible) -> Iterator[Placed]:
    for name, section in LISTS.items():
        yield from section.statutory(_items(faits, cible, name))


def _items(faits: Faits, cible: Cible, section: ItemSection) -> Any:
    """Return the items of a section that the target shows; none if it hides the section."""
    for choice in cible.sections:
        if choice.section == section:
            return printed_items(faits, choice) if choice.visible else ()
    return ()


def _facts(facts: tuple[Fact, ...]) -> tuple[Part, ...]:
    return (Part(facts=facts),) if facts else ()
