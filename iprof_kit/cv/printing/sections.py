"""The sections of an ordinary CV, in the order that its target chose."""

from __future__ import annotations

from iprof_kit.cv.model import Choix, Cible, Faits
from iprof_kit.cv.sections import LISTS, SHORT, TITLES
from iprof_kit.cv.sections.section import filled
from iprof_kit.cv.sections.situation import facts
from iprof_kit.cv.twins import printed_items
from iprof_kit.cv.values import line
from iprof_kit.documents.model import Part, Section


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
        return filled(Part(facts=facts(faits.situation)))
    return LISTS[choice.section].parts(printed_items(faits, choice), contact_shown)
