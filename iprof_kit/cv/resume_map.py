"""Which field of JSON Resume says what field of the CV: one table for reading and for writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from iprof_kit.cv.model import Activite, Competence, Diplome, Formation, Item, ItemSection

OWN = "iprof"
"""Key of what JSON Resume has no field for; the schema allows additional ones."""


@dataclass(frozen=True)
class Lines:
    """A list of JSON Resume and the section that its lines belong to."""

    key: str
    section: ItemSection
    pairs: tuple[tuple[str, str], ...]
    """(field of JSON Resume, field of the CV)"""
    lists: tuple[str, ...] = ()
    """Lists of short texts, read into the description."""
    given: dict[str, str] = field(default_factory=dict)
    """What a line from another tool is: fields of the CV."""
    told: tuple[tuple[str, str], ...] = ()
    """(field of JSON Resume, its name): what the CV has no field for, read into the description."""
    former: tuple[tuple[str, str], ...] = ()
    """(name before version 1, name since)"""
    says: dict[str, str] = field(default_factory=dict)
    """Constant fields written, so that another tool shows what the line is."""


_SITE = (("url", "Site"),)
_PERIOD = (("startDate", "debut"), ("endDate", "fin"))
WORK = Lines(
    "work",
    "fonctions",
    (
        ("name", "etablissement"),
        ("position", "intitule"),
        ("location", "lieu"),
        *_PERIOD,
        ("summary", "description"),
    ),
    lists=("highlights",),
    told=_SITE,
    former=(("company", "name"), ("website", "url")),
)
EDUCATION = Lines(
    "education",
    "diplomes",
    (
        ("institution", "etablissement"),
        ("area", "specialite"),
        ("studyType", "intitule"),
        ("endDate", "annee"),
        ("score", "mention"),
    ),
    lists=("courses",),
    told=(("startDate", "Début"), *_SITE),
    former=(("gpa", "score"),),
)
CERTIFICATES = Lines(
    "certificates",
    "diplomes",
    (("name", "intitule"), ("issuer", "etablissement"), ("date", "annee")),
    given={"nature": "titre"},
)
AWARDS = Lines(
    "awards",
    "diplomes",
    (
        ("title", "intitule"),
        ("awarder", "etablissement"),
        ("date", "annee"),
        ("summary", "description"),
    ),
    given={"nature": "titre"},
)
TRAINING = Lines(
    "education",
    "formations",
    (("institution", "organisme"), ("area", "intitule"), *_PERIOD),
    given={"role": "stagiaire"},
    says={"studyType": "Formation continue"},
)
TEACHING = Lines(
    "work",
    "formations",
    (
        ("name", "organisme"),
        ("position", "intitule"),
        ("location", "lieu"),
        *_PERIOD,
        ("summary", "description"),
    ),
    given={"role": "formateur"},
    told=_SITE,
    former=(("company", "name"), ("website", "url")),
)
PROJECTS = Lines(
    "projects",
    "activites",
    (
        ("name", "intitule"),
        ("entity", "organisme"),
        ("type", "type"),
        *_PERIOD,
        ("description", "description"),
    ),
    lists=("highlights", "keywords", "roles"),
    given={"nature": "professionnelle"},
)
INTERESTS = Lines(
    "interests",
    "activites",
    (("name", "intitule"),),
    lists=("keywords",),
    given={"nature": "personnelle"},
)
LANGUAGES = Lines(
    "languages",
    "competences",
    (("language", "intitule"), ("fluency", "niveau")),
    given={"nature": "langue"},
)
SKILLS = Lines(
    "skills",
    "competences",
    (("name", "intitule"), ("level", "niveau")),
    lists=("keywords",),
    given={"nature": "autre"},
)
PUBLICATIONS = Lines(
    "publications",
    "publications",
    (
        ("name", "titre"),
        ("publisher", "editeur"),
        ("releaseDate", "annee"),
        ("url", "adresse"),
        ("summary", "description"),
    ),
    former=(("website", "url"),),
)
VOLUNTEER = Lines(
    "volunteer",
    "engagements",
    (("organization", "organisme"), ("position", "intitule"), *_PERIOD, ("summary", "description")),
    lists=("highlights",),
    told=_SITE,
    former=(("website", "url"),),
)
REFERENCES = Lines("references", "references", (("name", "nom"), ("reference", "texte")))

FROM_OTHERS: dict[str, Lines] = {
    lines.key: lines
    for lines in (
        WORK,
        EDUCATION,
        CERTIFICATES,
        AWARDS,
        PROJECTS,
        INTERESTS,
        LANGUAGES,
        SKILLS,
        PUBLICATIONS,
        VOLUNTEER,
        REFERENCES,
    )
}
"""How the lines of another tool are read."""
_BY_SECTION: dict[ItemSection, Lines] = {
    "fonctions": WORK, "publications": PUBLICATIONS, "engagements": VOLUNTEER,
    "references": REFERENCES,
}  # fmt: skip
DATES = frozenset({"startDate", "endDate", "date", "releaseDate"})
BASICS = (("label", "titre"), ("summary", "resume"))
FORMER_BASICS = (("website", "url"), ("picture", "image"))
"""(name before version 1, name since)"""
CONTACT = (("email", "courriel"), ("phone", "telephone"), ("url", "site"))
LOCATION = (("address", "rue"), ("postalCode", "code_postal"), ("city", "ville"))
PROFILE = (("network", "reseau"), ("username", "identifiant"), ("url", "adresse"))
COUNTRIES = {"FR": "France"}


def lines_of(section: ItemSection, item: Item) -> Lines:
    """Return the list of JSON Resume in which an item is written."""
    if isinstance(item, Diplome):
        return CERTIFICATES if item.nature == "titre" else EDUCATION
    if isinstance(item, Formation):
        return TEACHING if item.role == "formateur" else TRAINING
    if isinstance(item, Activite):
        return INTERESTS if item.nature == "personnelle" else PROJECTS
    if isinstance(item, Competence):
        return LANGUAGES if item.nature == "langue" else SKILLS
    return _BY_SECTION[section]


def renamed(given: Mapping[str, Any], former: tuple[tuple[str, str], ...]) -> dict[str, Any]:
    """Return the fields of a file under their names of today; one that has both keeps both."""
    names = {old: new for old, new in former if not given.get(new)}
    kept = {key: value for key, value in given.items() if key not in names.values()}
    return {names.get(key, key): value for key, value in kept.items()} if names else dict(given)
