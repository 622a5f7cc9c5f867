"""The sections of an ordinary CV, in the order that its target chose."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from iprof_kit.cv.corps import corps_words
from iprof_kit.cv.model import (
    TITLES,
    Activite,
    Choix,
    Cible,
    Competence,
    Faits,
    Formation,
    Situation,
)
from iprof_kit.cv.printing import lines
from iprof_kit.cv.printing.values import day, joined, line, rank, share, since
from iprof_kit.cv.twins import printed_items
from iprof_kit.documents.model import Entry, Fact, Part, Section

SHORT = frozenset({"situation", "competences"})


def of(faits: Faits, cible: Cible, *, contact_shown: bool) -> tuple[Section, ...]:
    """Return the sections that a target shows; one without content is not printed."""
    made = []
    for choice in cible.sections:
        if not choice.visible:
            continue
        parts = parts_of(faits, choice, contact_shown=contact_shown)
        if parts:
            title = line(choice.titre) or TITLES[choice.section]
            made.append(Section(title, parts, short=choice.section in SHORT))
    return tuple(made)


def parts_of(faits: Faits, choice: Choix, *, contact_shown: bool) -> tuple[Part, ...]:
    """Return what a section prints, cut into parts where its items are of several natures."""
    if choice.section == "situation":
        return _parts(Part(facts=situation(faits.situation)))
    items = cast("tuple[Any, ...]", printed_items(faits, choice))
    if choice.section == "formations":
        return trainings(items)
    if choice.section == "activites":
        return activities(items)
    if choice.section == "competences":
        return skills(items)
    if choice.section == "references":
        return _parts(
            _entries("", items, lambda x: lines.reference(x, contact_shown=contact_shown))
        )
    write: dict[str, Callable[[Any], Entry]] = {
        "fonctions": lines.fonction, "diplomes": lines.diplome,
        "publications": lines.publication, "engagements": lines.engagement,
    }  # fmt: skip
    return _parts(_entries("", items, write[choice.section]))


def trainings(items: Iterable[Formation]) -> tuple[Part, ...]:
    """Return the trainings followed, then those given."""
    followed = [item for item in items if item.role == "stagiaire"]
    given = [item for item in items if item.role == "formateur"]
    return _parts(
        _entries("Formations suivies" if given else "", followed, lines.formation),
        _entries("Formations animées", given, lines.formation),
    )


def activities(items: Iterable[Activite]) -> tuple[Part, ...]:
    """Return the professional activities, then the personal ones."""
    work = [item for item in items if item.nature == "professionnelle"]
    own = [item for item in items if item.nature == "personnelle"]
    return _parts(
        _entries("Activités professionnelles" if own else "", work, lines.activite),
        _entries("Activités personnelles", own, lines.activite),
    )


def skills(items: Iterable[Competence]) -> tuple[Part, ...]:
    """Return the languages, the digital skills, the others."""
    titles = {"langue": "Langues", "numerique": "Numérique", "autre": "Autres compétences"}
    parts = []
    for nature, title in titles.items():
        facts = tuple(lines.competence(item) for item in items if item.nature == nature)
        parts.append(Part(title, facts=tuple(fact for fact in facts if fact.value)))
    return _parts(*parts)


def situation(given: Situation) -> tuple[Fact, ...]:
    """Return the administrative situation, label and value."""
    reached = since(day(given.date_echelon), given.date_echelon)
    facts = (
        Fact("Corps", line(corps_words(given))),
        Fact("Grade", line(given.grade)),
        Fact("Échelon", joined(rank(given.echelon), reached)),
        Fact("Discipline", line(given.discipline)),
        Fact("Académie", line(given.academie)),
        Fact("Affectation", joined(line(given.etablissement), line(given.commune))),
        Fact("Position", line(given.position)),
        Fact("Quotité", share(given.quotite)),
        *access(given),
    )
    return tuple(fact for fact in facts if fact.value)


def access(given: Situation) -> tuple[Fact, ...]:
    """Return how and when the corps was entered."""
    facts = (
        Fact("Accès au corps", joined(line(given.mode_acces), line(given.annee_acces))),
        Fact("Entrée dans le corps", day(given.entree_corps)),
        Fact("Titularisation", day(given.titularisation)),
    )
    return tuple(fact for fact in facts if fact.value)


def _entries(title: str, items: Iterable[Any], write: Callable[[Any], Entry]) -> Part:
    made = (write(item) for item in items)
    kept = tuple(one for one in made if one.title or one.dates or one.details or one.text)
    return Part(title, entries=kept)


def _parts(*parts: Part) -> tuple[Part, ...]:
    return tuple(part for part in parts if part.facts or part.entries or part.text)
