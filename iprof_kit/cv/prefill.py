"""What the dossier knows goes into the CV: marked, refreshed, never twice, never again once out."""

from __future__ import annotations

import hashlib
from typing import Any

from iprof_kit.cv.dossier import AffectationSource, DiplomeSource, DossierSource
from iprof_kit.cv.edits import in_place
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.person import Contact
from iprof_kit.cv.sections import ItemSection
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.cv.sections.item import Item
from iprof_kit.cv.sections.situation import Situation, agreeing


def prefill(cv: Cv, dossier: DossierSource) -> Cv:
    """Return the CV with what the dossier knows.

    An item that the person changed (source « saisie ») or deleted (`ecartes`) is left alone; one
    that nobody touched follows the dossier. Of the identity and of the situation, what the person
    changed is kept and what is empty is filled; the address is filled only where it was never
    touched. Filling twice changes nothing.

    Parameters
    ----------
    cv : Cv
        The CV as it is, empty the first time.
    dossier : DossierSource
        What the administration knows, as `DossierSource.of` takes it from a file.
    """
    faits = cv.faits.model_copy(
        update={
            "identite": _filled(cv.faits.identite, _identity(dossier)),
            "contact": _contact(cv.faits.contact, dossier),
            "situation": agreeing(_filled(cv.faits.situation, _situation(dossier))),
        }
    )
    faits = _items(faits, "fonctions", [_function(one) for one in dossier.affectations])
    faits = _items(faits, "diplomes", [_diploma(one) for one in dossier.diplomes])
    return cv.model_copy(update={"faits": faits})


def postings_to_add(cv: Cv, dossier: DossierSource) -> int:
    """Return how many affectations of the file a saved CV lacks: none that she took away.

    Parameters
    ----------
    cv : Cv
        As it was saved.
    """
    saved = {item.id for item in cv.faits.fonctions}
    return sum(item.id not in saved for item in prefill(cv, dossier).faits.fonctions)


def given(dossier: DossierSource) -> dict[str, frozenset[str]]:
    """Return the fields that the dossier fills in each part of the facts, whatever is there now."""
    known = {
        "identite": _identity(dossier),
        "contact": _address(dossier),
        "situation": _situation(dossier),
    }
    return {
        part: frozenset(name for name, value in values.items() if value)
        for part, values in known.items()
    }


def _identity(dossier: DossierSource) -> dict[str, str]:
    names = ("civilite", "prenom", "nom", "date_naissance")
    return {name: getattr(dossier, name) for name in names}


def _situation(dossier: DossierSource) -> dict[str, str]:
    known = {
        name: getattr(dossier, name)
        for name in Situation.model_fields
        if name in DossierSource.model_fields
    }
    if (post := dossier.poste) is not None:
        known["etablissement"], known["commune"] = post.etablissement, post.commune
        known["discipline"] = post.discipline
    return known


def _filled(part: Any, known: dict[str, str]) -> Any:
    """Fill one block: an untouched or prefilled one follows, a typed one only where empty."""
    follows = part.source == "dossier" or part == type(part)()
    given = {name: value for name, value in known.items() if value}
    if follows:
        return part.model_copy(update={**given, "source": "dossier"}) if given else part
    return part.model_copy(
        update={name: value for name, value in given.items() if not getattr(part, name)}
    )


def _contact(part: Contact, dossier: DossierSource) -> Contact:
    if part.source != "dossier" and part != Contact():
        return part
    filled: Contact = _filled(part, _address(dossier))
    return filled


def _address(dossier: DossierSource) -> dict[str, str]:
    names = ("courriel", "telephone", "rue", "code_postal", "ville")
    return {name: getattr(dossier, name) for name in names}


def _function(one: AffectationSource) -> Fonction:
    return Fonction(
        id=_identifier("affectation", one.debut, one.uai or one.etablissement, one.fonction),
        source="dossier",
        nature="affectation",
        intitule=one.fonction,
        etablissement=one.etablissement,
        lieu=one.commune,
        discipline=one.discipline,
        education_prioritaire=one.education_prioritaire,
        quotite=one.quotite,
        debut=one.debut,
        fin=one.fin,
        description=one.type,
    )


def _diploma(one: DiplomeSource) -> Diplome:
    return Diplome(
        id=_identifier("diplome", one.intitule, one.specialite, one.annee),
        source="dossier",
        **one.model_dump(),
    )


def _identifier(*parts: str) -> str:
    """Return an identifier that the same fact of the dossier always has."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"dossier-{digest[:12]}"


def _items(faits: Faits, section: ItemSection, known: list[Any]) -> Faits:
    """Refresh what nobody touched; put a new post in its place, another line first."""
    by_id = {item.id: item for item in known}
    present: list[Item] = []
    for item in getattr(faits, section):
        fresh = by_id.pop(item.id, None)
        present.append(fresh if fresh is not None and item.source == "dossier" else item)
    out = set(faits.ecartes)
    new: list[Item] = [item for item in by_id.values() if item.id not in out]
    if section == "fonctions" and present:
        for item in new:
            present = in_place(present, item)
        return faits.model_copy(update={section: tuple(present)})
    return faits.model_copy(update={section: (*reversed(new), *present)})
