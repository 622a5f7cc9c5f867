"""The person of a CV: who she is, how to reach her, and the forms that ask for it."""

from __future__ import annotations

from typing import ClassVar, Literal

from iprof_kit.base.asked import Asked
from iprof_kit.base.plain import Plain
from iprof_kit.cv.form import Source, Written


class Photo(Plain):
    """A PNG or JPEG picture; made by `photo.read_photo`, which looks at its content."""

    type_media: Literal["image/png", "image/jpeg"]
    base64: str
    largeur: int
    hauteur: int


class Profil(Written):
    """A page of the person on a network."""

    reseau: str = ""
    identifiant: str = ""
    adresse: str = ""

    form: ClassVar = (
        Asked("reseau", "Réseau", hint="Par exemple : ORCID, HAL, LinkedIn."),
        Asked("identifiant", "Identifiant"),
        Asked(
            "adresse", "Adresse de la page", autocomplete="url", in_a_sentence="adresse", most=2_000
        ),
    )


class Identite(Written):
    """Who the person is."""

    source: Source = "saisie"
    civilite: str = ""
    prenom: str = ""
    nom: str = ""
    date_naissance: str = ""
    titre: str = ""
    """What is written under the name: « Professeure certifiée d’anglais »."""
    resume: str = ""
    """A few lines of presentation."""
    photo: Photo | None = None

    form: ClassVar = (
        Asked(
            "civilite",
            "Civilité",
            "select",
            choices=(("", "Sans"), ("Madame", "Madame"), ("Monsieur", "Monsieur")),
        ),
        Asked("prenom", "Prénom", needed=True, autocomplete="given-name"),
        Asked("nom", "Nom", needed=True, autocomplete="family-name"),
        Asked("date_naissance", "Date de naissance", "day", "Jour, mois, année : 20/05/1991."),
        Asked(
            "titre",
            "Titre, sous le nom",
            hint="Par exemple : professeure certifiée d’anglais.",
            in_a_sentence="titre",
        ),
        Asked("resume", "Présentation", "long", "Quelques lignes, en tête du CV."),
    )
    not_asked: ClassVar = {"source": "origine", "photo": "photo"}


class Contact(Written):
    """How to reach the person; hidden in a shared link unless chosen."""

    source: Source = "saisie"
    courriel: str = ""
    telephone: str = ""
    rue: str = ""
    code_postal: str = ""
    ville: str = ""
    pays: str = ""
    site: str = ""
    profils: tuple[Profil, ...] = ()

    form: ClassVar = (
        Asked("courriel", "Courriel", autocomplete="email"),
        Asked("telephone", "Téléphone", autocomplete="tel"),
        Asked("rue", "Rue", autocomplete="street-address"),
        Asked("code_postal", "Code postal", autocomplete="postal-code"),
        Asked("ville", "Ville", autocomplete="address-level2"),
        Asked("pays", "Pays", autocomplete="country-name"),
        Asked(
            "site",
            "Site ou page professionnelle",
            autocomplete="url",
            in_a_sentence="site",
            most=2_000,
        ),
    )
    not_asked: ClassVar = {"source": "origine", "profils": "profils"}
