"""Skills: languages, digital skills and others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.base.words import folded
from iprof_kit.cv import lists
from iprof_kit.cv.form import DESCRIPTION
from iprof_kit.cv.sections import resume
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.section import ListSection, Placed, Words, filled
from iprof_kit.cv.values import joined, line, short
from iprof_kit.documents.model import Fact, Part

_TITLES = {"langue": "Langues", "numerique": "Numérique", "autre": "Autres compétences"}
_NATIVE = ("native", "maternelle", "mother tongue")


class Competence(Item):
    """A language (CECRL level, certificate), a digital skill or another one."""

    nature: Literal["langue", "numerique", "autre"] = "autre"
    intitule: str = ""
    niveau: str = ""
    """For a language a code of `lists.CECRL` (A1 to C2) or « maternelle »; else free."""
    certificat: str = ""
    annee: str = ""
    description: str = ""

    form: ClassVar = (
        Asked(
            "nature",
            "Nature",
            "radio",
            choices=(("langue", "Langue"), ("numerique", "Numérique"), ("autre", "Autre")),
            needed=True,
        ),
        Asked("intitule", "Intitulé", hint="Par exemple : anglais, ou montage vidéo.", needed=True),
        Asked(
            "niveau",
            "Niveau",
            hint="Pour une langue, celui du CECRL (cadre européen commun de référence pour les "
            "langues) : de A1 à C2, ou maternelle.",
            suggestions=(*lists.CECRL, lists.MATERNELLE),
        ),
        Asked("certificat", "Certificat"),
        Asked("annee", "Date du certificat", "month", "L’année suffit.", in_a_sentence="année"),
        DESCRIPTION,
    )


def write(item: Competence) -> Fact:
    """Return a skill and its level: « anglais : B2 (cadre européen), certificat, 2018 »."""
    level = line(item.niveau)
    if item.nature == "langue" and level in lists.CECRL:
        level = f"{level} (cadre européen)"
    elif item.nature == "langue" and level == lists.MATERNELLE:
        level = "langue maternelle"
    value = joined(level, line(item.certificat), short(item.annee), line(item.description))
    name = line(item.intitule)
    return Fact(name, value, item.id) if name and value else Fact("", name or value, item.id)


def _parts(items: Sequence[Competence], _contact_shown: bool = False) -> tuple[Part, ...]:
    """Return the languages, the digital skills, the others."""
    parts = []
    for nature, title in _TITLES.items():
        facts = tuple(write(item) for item in items if item.nature == nature)
        parts.append(Part(title, facts=tuple(fact for fact in facts if fact.value)))
    return filled(*parts)


def _rubriques(items: Sequence[Competence]) -> tuple[Placed, ...]:
    return tuple(("formation", part) for part in _parts(items))


def _as_read(item: Competence, _given: Mapping[str, Any], _today: date) -> Competence:
    """Say « maternelle » the mother tongue of another tool."""
    native = any(word in folded(item.niveau) for word in _NATIVE)
    if item.nature != "langue" or not native:
        return item
    return item.model_copy(update={"niveau": lists.MATERNELLE})


LANGUAGES = resume.ResumeList(
    "languages",
    (("language", "intitule"), ("fluency", "niveau")),
    given={"nature": "langue"},
)
SKILLS = resume.ResumeList(
    "skills",
    (("name", "intitule"), ("level", "niveau")),
    lists=("keywords",),
    given={"nature": "autre"},
)
COMPETENCES = ListSection(
    name="competences",
    title="Compétences",
    words=Words("compétence", "compétences", feminine=True),
    item=Competence,
    tab="diplomes",
    parts=_parts,
    short=True,
    rubriques=_rubriques,
    resume=(LANGUAGES, SKILLS),
    written_in=lambda item: LANGUAGES if item.nature == "langue" else SKILLS,
    as_read=_as_read,
)
