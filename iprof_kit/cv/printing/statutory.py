"""The statutory CV of the liste d'aptitude to the corps of agrégés: five imposed rubriques.

Their titles are those of the arrêté of 15 October 1999, in `nomenclatures.csv`. What has no place
in them is not printed, and `left_out` names it: nothing goes without the person knowing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from iprof_kit.base.words import NBSP
from iprof_kit.cv.lists import RUBRIQUES_STATUTAIRES
from iprof_kit.cv.model import Cible, Cv, Faits, Identite, ItemSection
from iprof_kit.cv.printing import lines, sections
from iprof_kit.cv.printing.values import day, joined, line
from iprof_kit.cv.twins import printed_items
from iprof_kit.documents.model import Document, Fact, Part, Section

KIND = "Curriculum vitae pour la liste d’aptitude d’accès au corps des professeurs agrégés"
NOTICE = f"Kit libre, non officiel{NBSP}: seule compte la saisie dans l’application du ministère."
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
            _rubrique(formation, _learning(cv.faits, cible)),
            _rubrique(acces, _facts(sections.access(cv.faits.situation))),
            _rubrique(itineraire, _career(cv.faits, cible)),
            _rubrique(activites, _work(cv.faits, cible)),
        ),
        notice=NOTICE,
    )


def left_out(faits: Faits, cible: Cible) -> tuple[str, ...]:
    """Return what the target shows and that has no place in the five rubriques."""
    found = []
    if faits.identite.resume.strip():
        found.append("votre présentation")
    if cible.photo and faits.identite.photo:
        found.append("votre photographie")
    if any(item.nature == "personnelle" for item in _items(faits, cible, "activites")):
        found.append("vos activités personnelles")
    if _items(faits, cible, "engagements"):
        found.append("vos engagements")
    if _items(faits, cible, "references"):
        found.append("vos références")
    return tuple(found)


def empty(faits: Faits, cible: Cible) -> tuple[tuple[ItemSection, str], ...]:
    """Return the rubriques of lines that would stand empty, each with a section that fills it."""
    _, formation, _, itineraire, activites = RUBRIQUES_STATUTAIRES
    filled: tuple[tuple[ItemSection, str, tuple[Part, ...]], ...] = (
        ("diplomes", formation, _learning(faits, cible)),
        ("fonctions", itineraire, _career(faits, cible)),
        ("activites", activites, _work(faits, cible)),
    )
    return tuple((section, title) for section, title, parts in filled if not parts)


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
    own = {fact.label for fact in sections.access(faits.situation)}
    facts = tuple(fact for fact in sections.situation(faits.situation) if fact.label not in own)
    asked = line(cible.discipline)
    facts += (Fact("Discipline demandée", asked),) if asked else ()
    return (Part("Situation administrative", facts),)


def _learning(faits: Faits, cible: Cible) -> tuple[Part, ...]:
    followed = [x for x in _items(faits, cible, "formations") if x.role == "stagiaire"]
    parts = (
        Part("Diplômes et titres", entries=_lines(_items(faits, cible, "diplomes"), lines.diplome)),
        Part("Formation continue", entries=_lines(followed, lines.formation)),
    )
    return (*_filled(parts), *sections.skills(_items(faits, cible, "competences")))


def _career(faits: Faits, cible: Cible) -> tuple[Part, ...]:
    held = _items(faits, cible, "fonctions")
    posts = [item for item in held if item.nature == "affectation"]
    functions = [item for item in held if item.nature == "fonction"]
    return _filled(
        (
            Part("Affectations", entries=_lines(posts, lines.fonction)),
            Part("Fonctions", entries=_lines(functions, lines.fonction)),
        )
    )


def _work(faits: Faits, cible: Cible) -> tuple[Part, ...]:
    missions = [x for x in _items(faits, cible, "fonctions") if x.nature == "mission"]
    given = [x for x in _items(faits, cible, "formations") if x.role == "formateur"]
    work = [x for x in _items(faits, cible, "activites") if x.nature == "professionnelle"]
    published = _items(faits, cible, "publications")
    return _filled(
        (
            Part("Missions", entries=_lines(missions, lines.fonction)),
            Part("Formations animées", entries=_lines(given, lines.formation)),
            Part("Activités professionnelles", entries=_lines(work, lines.activite)),
            Part("Publications", entries=_lines(published, lines.publication)),
        )
    )


def _items(faits: Faits, cible: Cible, section: ItemSection) -> Any:
    """Return the items of a section that the target shows; none if it hides the section."""
    for choice in cible.sections:
        if choice.section == section:
            return printed_items(faits, choice) if choice.visible else ()
    return ()


def _lines(items: Iterable[Any], write: Any) -> tuple[Any, ...]:
    return tuple(write(item) for item in items)


def _facts(facts: tuple[Fact, ...]) -> tuple[Part, ...]:
    return (Part(facts=facts),) if facts else ()


def _filled(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.entries)
