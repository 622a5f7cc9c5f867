"""What a configuration lacks before real people are served: nothing of the sample may speak."""

from __future__ import annotations

from collections.abc import Iterator

from iprof_kit.services import academies
from iprof_kit.services.academies import FILE, SAMPLE_FILE
from iprof_kit.services.contract.dossier import Academie

GUIDE = "docs/administrer.md"
_CONTACTS = {
    "assistance_nom": "le nom de l’assistance",
    "donnees.responsable": "le responsable des données",
    "donnees.responsable_contact": "l’adresse du responsable des données",
    "donnees.delegue": "le délégué à la protection des données",
}
_WAYS = ("assistance_telephone", "assistance_courriel")


def lacking() -> tuple[str, ...]:
    """Return what the configuration of this installation still lacks, in French.

    Returns
    -------
    tuple of str
        One clause each: the file, a length of retention that was not decided, a contact that is
        absent or still the sample's. Empty: real people may be served.

    Raises
    ------
    Unavailable
        The configuration cannot be read.

    Examples
    --------
    >>> lacking() == ()  # nothing is configured, or it is the sample that speaks
    False
    """
    if not academies.configuration_file():
        return (f"aucun fichier d’académie (emplacements.academies, {FILE})",)
    kept = academies.conservation().model_dump()
    undecided = [name for name, length in kept.items() if not length]
    return (
        *(f"la durée « conservation: {name} »" for name in undecided),
        *(clause for one in academies.configured_academies() for clause in _contacts(one)),
    )


def _contacts(one: Academie) -> Iterator[str]:
    """Yield the contacts of an academy that are absent, or copied from the sample."""
    fictitious = _fictitious()
    for name, words in _CONTACTS.items():
        contact = _value(one, name)
        if not contact:
            yield f"{words} ({one.nom})"
        elif contact in fictitious:
            yield f"{words} ({one.nom}), encore comme à la démonstration"
    ways = [way for name in _WAYS if (way := _value(one, name))]
    if not ways:
        yield f"un téléphone ou un courriel de l’assistance ({one.nom})"
    elif fictitious.intersection(ways):
        yield f"les coordonnées de l’assistance ({one.nom}), encore comme à la démonstration"


def _fictitious() -> frozenset[str]:
    names = (*_CONTACTS, *_WAYS)
    listed = academies.academies_of(SAMPLE_FILE)
    return frozenset(value for one in listed for name in names if (value := _value(one, name)))


def _value(one: Academie, name: str) -> str | None:
    room, _, field = name.rpartition(".")
    value: str | None = getattr(getattr(one, room) if room else one, field)
    return value
