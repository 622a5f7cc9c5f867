"""The access sheet: one printed page, from the address of the site to the first message."""

from __future__ import annotations

from datetime import date
from urllib.parse import urlsplit

from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import InputError
from iprof_kit.documents.model import Document, Fact, Part, Section
from iprof_kit.services.contract.dossier import Academie

WORDS = "fiche_acces"
"""The key of the academy's own words, among its `textes`."""
_UNOFFICIAL = "Kit libre, non officiel : ce n’est pas I-Prof. Rien de ce qui s’y écrit n’y entre."
_STEPS = (
    (
        "Compte utilisateur",
        (
            "l’initiale de votre prénom suivie de votre nom, en minuscules, sans "
            "accent ni espace : Jean Dupont écrit jdupont. Un homonyme porte un numéro : jdupont2."
        ),
    ),
    (
        "Mot de passe",
        (
            "la première fois, votre NUMEN, lettres en majuscules. Le kit en demande "
            "un autre aussitôt, que personne d’autre ne connaît."
        ),
    ),
    ("Vérifier", "ouvrez « Votre dossier ». Une donnée fausse se signale à côté d’elle."),
    (
        "Écrire",
        (
            "ouvrez « Votre courrier », puis « Nouveau message » : dites de quoi il s’agit, "
            "joignez vos pièces, envoyez. Chaque envoi donne un reçu daté."
        ),
    ),
    ("Suivre", "le fil dit qui a vu votre message, quand, et ce qui est attendu de qui."),
    ("Quitter", "« Quitter », en haut à droite, surtout sur un ordinateur partagé."),
)


def sheet_document(academy: Academie, address: str, today: date) -> Document:
    """Return the access sheet of an academy.

    Parameters
    ----------
    academy : Academie
        As its configuration says: assistance and words that are not there are not invented.
    address : str
        Of this site, as people type it.
    today : date
        The day printed on it.

    Raises
    ------
    InputError
        The address is not one of a site.

    Examples
    --------
    >>> academy = Academie(code="06", nom="Clermont-Ferrand", assistance_nom="Assistance")
    >>> sheet_document(academy, "https://kit.example", date(2026, 11, 28)).name
    'Votre accès'
    """
    place = urlsplit(address)
    if place.scheme not in ("http", "https") or not place.hostname:
        raise InputError(
            "l’adresse du site n’en est pas une.",
            where=address,
            remedy="Exemple : https://carriere.academie.example.",
        )
    address = whole_address(address)
    steps = [Fact(f"{number}. {title}", words) for number, (title, words) in enumerate(_STEPS, 1)]
    sections = [
        Section("Adresse", (Part(facts=(Fact("", address, link=address),)),)),
        Section("Du compte au premier message", (Part(facts=tuple(steps)),)),
        Section("Un accès qui ne marche pas", (Part(facts=_help(academy)),)),
    ]
    if own := academy.textes.get(WORDS):
        sections.append(Section("De votre académie", (Part(text=own),)))
    return Document(
        title=f"Accès à l’assistant carrière, académie de {academy.nom}",
        author="Kit libre, non officiel",
        date=today,
        name="Votre accès",
        kind="Assistant carrière",
        headline=f"Académie de {academy.nom}",
        sections=tuple(sections),
        notice=_UNOFFICIAL,
    )


def _help(academy: Academie) -> tuple[Fact, ...]:
    lines = (
        ("Assistance", academy.assistance_nom),
        ("Téléphone", academy.assistance_telephone),
        ("Courriel", academy.assistance_courriel),
    )
    return (
        Fact("Mot de passe oublié", "le lien est sous les deux champs de la connexion."),
        *(Fact(label, value) for label, value in lines if value),
    )
