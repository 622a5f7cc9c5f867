"""A letter to start from, one for each use of a CV: her own facts, and what is left for her to say.

What is between brackets is to be written: nothing is invented, nothing is claimed for her.
"""

from __future__ import annotations

from iprof_kit.cv.lists import RUBRIQUES_LETTRE
from iprof_kit.cv.model import Cible, Cv, Lettre, Usage
from iprof_kit.cv.sections.situation import corps_words
from iprof_kit.cv.values import joined, line

_ASKED_OF: dict[Usage, tuple[str, tuple[str, ...]]] = {
    "general": (
        "Candidature",
        (
            "ce que vous demandez, en une phrase",
            "deux réussites de votre métier, avec leurs faits",
            "ce que vous apporteriez",
        ),
    ),
    "liste_aptitude_agreges": (
        "Candidature à la liste d’aptitude des professeurs agrégés",
        RUBRIQUES_LETTRE,
    ),
    "chaires_superieures": (
        "Candidature au corps des professeurs de chaires supérieures",
        (
            "vos services en classes préparatoires, année par année",
            "vos travaux et vos titres",
            "ce que vous souhaitez enseigner",
        ),
    ),
    "poste_specifique": (
        "Candidature à un poste spécifique",
        (
            "le poste : sa référence, son établissement",
            "ce qu’il demande et que vous savez faire, une preuve pour chaque point",
            "votre projet pour ce poste",
        ),
    ),
    "formateur": (
        "Candidature à des fonctions de formateur",
        (
            "les formations et les stagiaires que vous avez accompagnés",
            "vos certifications",
            "ce que vous voulez transmettre, et comment",
        ),
    ),
    "mobilite": (
        "Candidature",
        (
            "le poste, et où vous l’avez vu",
            "pourquoi ce changement, maintenant",
            "ce que votre métier vous a appris et qui sert ce poste",
        ),
    ),
    "hors_education_nationale": (
        "Candidature",
        (
            "le poste, et où vous l’avez vu",
            "ce que vous savez faire, dit sans sigle de l’école",
            "pourquoi cette maison, et quand vous seriez libre",
        ),
    ),
}


def letter_to_start(cv: Cv, cible: Cible) -> Lettre:
    """Return the letter of a CV with a subject and a text to complete, where it has none.

    Parameters
    ----------
    cv : Cv
        Whose facts are said.
    cible : Cible
        The CV that the letter goes with; what is written in its letter stays.
    """
    subject, points = _ASKED_OF[cible.usage]
    where = joined(subject, line(cible.discipline))
    paragraphs = [
        "Madame, Monsieur,",
        _who(cv),
        *(f"[{point}]" for point in points),
        "Je me tiens à votre disposition pour en parler.",
        "Je vous prie d’agréer, Madame, Monsieur, mes salutations respectueuses.",
    ]
    written = cible.lettre
    return written.model_copy(
        update={
            "objet": written.objet.strip() or joined(where, line(cible.campagne)),
            "texte": written.texte.strip() or "\n\n".join(paragraphs),
            "lieu": written.lieu.strip() or line(cv.faits.contact.ville),
        }
    )


def _who(cv: Cv) -> str:
    """Return « Professeur des écoles, École Les Ormeaux, Clermont-Ferrand », then what she asks."""
    situation = cv.faits.situation
    who = joined(
        line(corps_words(situation)), line(situation.etablissement), line(situation.commune)
    )
    return f"{who}, je vous adresse ma candidature." if who else "Je vous adresse ma candidature."
