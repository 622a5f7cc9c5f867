"""What a use of the CV expects, and what this CV does not have of it yet: advice, never a refusal.

The kit advises; the authority that receives the application decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from iprof_kit.cv import lists
from iprof_kit.cv.dates import moment
from iprof_kit.cv.model import Cible, Cv, Usage, shown_items
from iprof_kit.cv.printing import annexe, statutory
from iprof_kit.cv.remarks.remark import Remarque, remark, short
from iprof_kit.cv.sections import ITEMS, ItemSection
from iprof_kit.cv.sections.situation import corps_code, corps_names, corps_words

_MANY = 12
_TRAINERS = ("cafipemf", "caffa", "formateur")


def advice(cv: Cv, cible: Cible, today: date) -> tuple[Remarque, ...]:
    """Return what the use of a target expects and that it does not show yet.

    Parameters
    ----------
    cv : Cv
        The body of facts.
    cible : Cible
        The CV made of it; its `usage` chooses the advice.
    today : date
        Day that counts as today.
    """
    where = f"cibles.{cible.id}"
    advices = [*_every(cv, cible, where), *_BY_USAGE[cible.usage](cv, cible, where, today)]
    return tuple(advices)


def _every(cv: Cv, cible: Cible, where: str) -> Iterator[Remarque]:
    contact = cv.faits.contact
    if cible.coordonnees and not (contact.courriel.strip() or contact.telephone.strip()):
        yield say(
            "faits.contact.courriel",
            "Ce CV ne dit pas comment vous joindre.",
            "Donnez un courriel ou un téléphone.",
        )
    if not any(shown(cv, cible, section) for section in ITEMS):
        yield say(
            f"{where}.sections",
            "Ce CV ne montre encore aucune ligne.",
            "Remplissez une rubrique, ou montrez celles qui sont masquées.",
        )
    if cible.modele == "statutaire" and cible.usage != "liste_aptitude_agreges":
        yield say(
            f"{where}.modele",
            "Le modèle statutaire est celui de la liste d’aptitude des agrégés.",
            "Choisissez un autre modèle pour cet usage.",
        )


def _general(cv: Cv, cible: Cible, where: str, _today: date) -> Iterator[Remarque]:
    if not cv.faits.identite.resume.strip():
        yield say(
            "faits.identite.resume",
            "Un CV général commence par quelques lignes de présentation.",
            "Dites en trois lignes ce que vous faites et cherchez.",
        )
    if cible.photo:
        yield say(
            f"{where}.photo",
            "Une photo n’est jamais exigée.",
            "Gardez-la seulement si vous le souhaitez.",
        )
    yield say(f"{where}.usage", annexe.WITHOUT_APPLICATION)


def _agreges(cv: Cv, cible: Cible, where: str, today: date) -> Iterator[Remarque]:
    faits = cv.faits
    if cible.modele != "statutaire":
        yield say(
            f"{where}.modele",
            "La liste d’aptitude des agrégés impose cinq rubriques.",
            "Choisissez le modèle statutaire, qui les remplit.",
        )
    if not moment(faits.identite.date_naissance):
        yield say(
            "faits.identite.date_naissance",
            "La condition d’âge ne peut pas être vérifiée.",
            "Donnez votre date de naissance.",
        )
    elif not cible.date_naissance:
        yield say(
            f"{where}.date_naissance",
            "Ce CV n’imprime pas votre date de naissance.",
            "Cochez « Imprimer votre date de naissance » si vous voulez l’y montrer.",
        )
    if corps_words(faits.situation).strip() and not corps_code(faits.situation):
        yield say(
            "faits.situation.libelle_corps",
            f"Le kit ne reconnaît pas le corps {short(corps_words(faits.situation))} : la "
            "condition de corps ne peut pas être vérifiée.",
            f"Écrivez l’un de ceux-ci : {', '.join(corps_names())}.",
        )
    if not faits.situation.mode_acces.strip():
        yield say(
            "faits.situation.mode_acces",
            "La rubrique « Mode d’accès au grade » est imposée.",
            "Dites comment et en quelle année vous avez rejoint votre corps.",
        )
    for section, title in statutory.empty(faits, cible):
        yield say(
            f"faits.{section}",
            f"La rubrique « {title} » est imposée et resterait vide.",
            "Ajoutez-y au moins une ligne.",
        )
    yield from asked(cible, where, today)
    parts = " ; ".join(lists.RUBRIQUES_LETTRE)
    yield from letter(cible, where, f"Une lettre de motivation accompagne ce CV : {parts}.")
    left = statutory.left_out(faits, cible)
    if left:
        yield say(
            f"{where}.sections",
            "N’ont pas de place dans les cinq rubriques, et ne seront "
            f"pas imprimés : {', '.join(left)}.",
        )
    yield say(
        f"{where}.usage",
        "La candidature se dépose dans I-Prof (SIAP) et se renouvelle "
        "chaque année. Décide : le ministre, sur proposition du recteur (à vérifier).",
        "Vérifiez le calendrier de votre académie.",
    )


def _chaires(cv: Cv, cible: Cible, where: str, today: date) -> Iterator[Remarque]:
    words = ("cpge", "préparatoire", "preparatoire")
    if not speaks(cv, cible, "fonctions", words):
        yield say(
            "faits.fonctions",
            "Aucune ligne ne parle de classes préparatoires.",
            "Ajoutez vos services en CPGE, année par année, avec la classe.",
        )
    yield from asked(cible, where, today)
    yield say(f"{where}.usage", annexe.WITHOUT_APPLICATION)


def _poste(cv: Cv, cible: Cible, where: str, _today: date) -> Iterator[Remarque]:
    for name, words in (("courriel", "un courriel"), ("telephone", "un téléphone")):
        if not getattr(cv.faits.contact, name).strip():
            yield say(
                f"faits.contact.{name}",
                f"Les postes spécifiques exigent {words} où vous joindre.",
                "Complétez vos coordonnées.",
            )
    if not cible.coordonnees:
        yield say(
            f"{where}.coordonnees",
            "Ce CV masque vos coordonnées, exigées pour un poste spécifique.",
            "Montrez-les dans ce CV.",
        )
    yield from letter(cible, where, "Une lettre est demandée, une par mouvement.")
    yield say(
        f"{where}.usage",
        "On demande en général de joindre le dernier rapport d’inspection "
        "ou compte rendu de rendez-vous de carrière.",
        "Préparez ce document ; la circulaire de l’année fixe les pièces.",
    )


def _formateur(cv: Cv, cible: Cible, where: str, _today: date) -> Iterator[Remarque]:
    certified = any(speaks(cv, cible, one, _TRAINERS) for one in ("diplomes", "fonctions"))
    if not certified:
        yield say(
            "faits.diplomes",
            "Aucune ligne ne parle de certification de formateur.",
            "Si vous avez le CAFIPEMF ou le CAFFA, ajoutez-le aux titres.",
        )
    given: Any = shown(cv, cible, "formations")
    if not any(one.role == "formateur" for one in given):
        yield say(
            "faits.formations",
            "Aucune formation n’est donnée en tant que formateur.",
            "Ajoutez celles que vous avez animées, avec le public et les heures.",
        )
    if not (speaks(cv, cible, "fonctions", ("tut",)) or speaks(cv, cible, "activites", ("tut",))):
        yield say(
            "faits.fonctions",
            "Aucune ligne ne parle de tutorat.",
            "Si vous avez accueilli des stagiaires, dites-le, année par année.",
        )
    yield from letter(cible, where, "Une lettre accompagne en général cette candidature.")


def _mobilite(cv: Cv, cible: Cible, where: str, _today: date) -> Iterator[Remarque]:
    if not cv.faits.identite.resume.strip():
        yield say(
            "faits.identite.resume",
            "Un recruteur lit d’abord le projet.",
            "Dites en trois lignes le poste visé et ce que vous y apportez.",
        )
    if not shown(cv, cible, "competences"):
        yield say(
            "faits.competences",
            "Ce CV ne montre aucune compétence.",
            "Ajoutez les langues et les outils que le poste demande.",
        )
    yield from letter(cible, where, "Une lettre de motivation est en général demandée.")


def _hors_education(cv: Cv, cible: Cible, where: str, today: date) -> Iterator[Remarque]:
    yield from _mobilite(cv, cible, where, today)
    if any(one.section == "situation" and one.visible for one in cible.sections):
        yield say(
            f"{where}.sections.situation",
            "Corps, grade et échelon parlent peu hors de l’Éducation nationale.",
            "Masquez la situation administrative.",
        )
    unknown = sorted(acronyms(cv, cible))
    if unknown:
        yield say(
            f"{where}.sections",
            f"Ces sigles ne sont pas connus partout : {', '.join(unknown[:_MANY])}.",
            "Écrivez-les en toutes lettres.",
        )
    if len(shown(cv, cible, "fonctions")) > _MANY:
        yield say(
            "faits.fonctions",
            "Ce CV montre beaucoup de lignes.",
            "Gardez celles qui servent le poste ; les autres restent dans vos faits.",
        )


_BY_USAGE: dict[Usage, Callable[[Cv, Cible, str, date], Iterator[Remarque]]] = {
    "general": _general,
    "liste_aptitude_agreges": _agreges,
    "chaires_superieures": _chaires,
    "poste_specifique": _poste,
    "formateur": _formateur,
    "mobilite": _mobilite,
    "hors_education_nationale": _hors_education,
}


_LONGEST_LETTER = 6_000
"""Characters of about two pages."""
_ACRONYM = re.compile(r"\b[A-Z]{3,}\+?(?!\w)")
_COMMON = frozenset({"BAC", "BTS", "CAP", "BEP", "CDI", "CDD", "PDF"})


def say(where: str, message: str, remedy: str = "") -> Remarque:
    """Return an advice."""
    return remark(where, "conseil", message, remedy)


def asked(cible: Cible, where: str, today: date) -> Iterator[Remarque]:
    """Yield what a campaign asks for: the discipline and the year."""
    if not cible.discipline.strip():
        yield say(
            f"{where}.discipline",
            "La discipline demandée n’est pas dite.",
            "Choisissez la discipline au titre de laquelle vous candidatez.",
        )
    if not cible.campagne.strip():
        yield say(
            f"{where}.campagne",
            "L’année de la campagne n’est pas dite.",
            f"Écrivez-la : {today.year + 1}.",
        )


def letter(cible: Cible, where: str, message: str) -> Iterator[Remarque]:
    """Yield a message where the letter is missing, or an advice where it is too long."""
    text = cible.lettre.texte.strip()
    if not text:
        yield say(f"{where}.lettre.texte", message, "Écrivez-la dans ce CV : elle part avec lui.")
    elif len(text) > _LONGEST_LETTER:
        yield say(
            f"{where}.lettre.texte", "Cette lettre dépasse environ deux pages.", "Raccourcissez-la."
        )


def shown(cv: Cv, cible: Cible, section: ItemSection) -> tuple[Any, ...]:
    """Return the lines of a section that a target shows."""
    choice = next((one for one in cible.sections if one.section == section), None)
    return shown_items(cv.faits, choice) if choice is not None and choice.visible else ()


def speaks(cv: Cv, cible: Cible, section: ItemSection, words: tuple[str, ...]) -> bool:
    """Tell whether a line shown says one of these words."""
    texts = (
        str(value).casefold()
        for item in shown(cv, cible, section)
        for name, value in item.model_dump().items()
        if name not in ("id", "source")
    )
    return any(word in text for text in texts for word in words)


def acronyms(cv: Cv, cible: Cible) -> set[str]:
    """Return the acronyms that people elsewhere may not know."""
    texts = (
        getattr(item, name, "")
        for section in ITEMS
        for item in shown(cv, cible, section)
        for name in ("intitule", "type", "description")
    )
    return {one for text in texts for one in _ACRONYM.findall(text)} - _COMMON
