"""The annexe that goes with a CV: for a specific post, for the chaires supérieures.

No form is imposed for either: the annexe gathers what the campaigns ask for. The hors classe and
the classe exceptionnelle have none, because nobody applies to them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from iprof_kit.cv.model import Cible, Cv, Faits, Usage
from iprof_kit.cv.printing import layout, sections
from iprof_kit.cv.sections.situation import facts
from iprof_kit.cv.values import joined, line
from iprof_kit.documents.model import Document, Fact, Part, Section

WITHOUT_APPLICATION = (
    "Hors classe et classe exceptionnelle : aucune candidature n’est demandée, il n’y a donc ni "
    "fiche ni annexe à remplir. Les agents qui remplissent les conditions sont examinés d’office ; "
    "l’autorité compétente arrête le tableau. Vérifiez votre dossier et tenez votre CV à jour."
)
CHAIRES_SUPERIEURES = (
    "Chaires supérieures : il faut candidater depuis la campagne 2024. Aucun formulaire national "
    "n’a été trouvé : cette annexe réunit situation, services et titres. L’administration décide."
)
"""corps.csv, `chaire_sup` (confidence B)."""
NOTICE = "Kit libre, non officiel : la campagne dit quelles pièces elle demande."
_TITLES: dict[Usage, str] = {
    "poste_specifique": "Annexe au CV : candidature à un poste spécifique",
    "formateur": "Annexe au CV : candidature à un poste de formateur",
    "chaires_superieures": "Annexe au CV : candidature au corps des professeurs de chaires "
    "supérieures",
}
# Calls for specific posts (besancon.snes.edu 2024); no source says it for the other uses.
_PAPERS: dict[Usage, tuple[str, ...]] = {
    "poste_specifique": (
        "curriculum vitae",
        "lettre de motivation, une par mouvement",
        "dernier rapport d’inspection ou compte rendu de rendez-vous de carrière",
    ),
}


def document(cv: Cv, cible: Cible, today: date, contact_shown: bool = True) -> Document | None:
    """Return the annexe of a target; None where its use has none.

    Parameters
    ----------
    today : date
        The day the document is made.
    contact_shown : bool
        False hides the contact details, as in `layout.document`.
    """
    title = _TITLES.get(cible.usage)
    if title is None:
        return None
    identite = cv.faits.identite
    shown = contact_shown and cible.coordonnees
    return Document(
        title=joined(title, layout.name(identite), by=", "),
        author=layout.name(identite),
        date=today,
        kind=title,
        name=layout.name(identite),
        headline=line(identite.titre),
        contact=layout.contact(cv.faits.contact) if shown else (),
        sections=tuple(one for one in _sections(cv.faits, cible) if one.parts),
        notice=NOTICE,
    )


def _sections(faits: Faits, cible: Cible) -> Iterable[Section]:
    yield Section("Candidature", _parts(_application(cible)))
    yield Section("Situation administrative", _parts(facts(faits.situation)))
    career = "Enseignement en classes préparatoires et autres services"
    if cible.usage != "chaires_superieures":
        career = "Expérience utile au poste"
    yield Section(career, _shown(faits, cible, "fonctions"))
    yield Section("Diplômes et certifications", _shown(faits, cible, "diplomes"))
    yield Section("Compétences", _shown(faits, cible, "competences"))
    papers = "\n".join(f"- {paper}" for paper in _PAPERS.get(cible.usage, ()))
    yield Section("Pièces à joindre", (Part(text=papers),) if papers else ())


def _application(cible: Cible) -> tuple[Fact, ...]:
    facts = (
        Fact("Discipline demandée", line(cible.discipline)),
        Fact("Campagne", line(cible.campagne)),
    )
    return tuple(fact for fact in facts if fact.value)


def _shown(faits: Faits, cible: Cible, section: str) -> tuple[Part, ...]:
    for choice in cible.sections:
        if choice.section == section and choice.visible:
            return sections.parts_of(faits, choice, contact_shown=False)
    return ()


def _parts(facts: tuple[Fact, ...]) -> tuple[Part, ...]:
    return (Part(facts=facts),) if facts else ()
