"""The words of a message to many: what is wrong in them, and as one person reads them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from iprof_kit.base.words import echelon_label, hard_spaces
from iprof_kit.records.cases import Mailing
from iprof_kit.services.contract.bureau.envois import (
    CHAMPS,
    CRITERES,
    FEWEST_RECIPIENTS,
    GarderEnvoi,
)
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE, LONGEST_SUBJECT
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.services.desk.faults import text_fault, wrong
from iprof_kit.services.mailings.people import PURPOSE

LONGEST_PLACE = 200
_FIELD = re.compile(r"\{([a-z_]{1,20})\}")
_SAID: dict[str, Callable[[str], str]] = {
    "corps": lambda value: f"corps {value}",
    "echelon": echelon_label,
    "departement": lambda value: f"département {value.lstrip('0')}",
    "etablissement": str,
}
"""How a message says each criterion."""
ANSWERED, TOLD = "ecrire", "informer"
WRITTEN = (ANSWERED, TOLD)
"""The acts of a thread by which a message to many comes: it may be answered, or not."""
NO_ANSWER = "Ce message n’attend pas de réponse ici. Pour une question : "


def as_read(mailing: Mailing, prenom: str, nom: str, service: str, number: int) -> str:
    """Return the text as one person reads it, its fields filled, then why she receives it.

    Parameters
    ----------
    mailing : Mailing
    prenom, nom, service : str
        What fills the fields.
    number : int
        How many people receive it: of so few, the criteria would tell who each one is.
    """
    words = mailing.text
    for name, value in zip(CHAMPS, (prenom, nom, service), strict=True):
        words = words.replace(f"{{{name}}}", value)
    parts = [words]
    if not mailing.answers:
        parts.append(f"{hard_spaces(NO_ANSWER)}{mailing.ask_at}")
    purpose = mailing.chosen.get(PURPOSE, "")
    if purpose:
        why = [f"Pourquoi ce message : {purpose.rstrip('.')}."]
        if number >= FEWEST_RECIPIENTS:
            why.append(f"Adressé à : {criteria_words(mailing.chosen)}.")
        parts.append(hard_spaces(" ".join(why)))
    return "\n\n".join(parts)


def criteria_words(chosen: Mapping[str, str]) -> str:
    """Return a filter in words.

    Examples
    --------
    >>> criteria_words({"corps": "Professeur certifié", "echelon": "5", "departement": "063"})
    'corps Professeur certifié, 5e échelon, département 63'
    >>> criteria_words({})
    'toutes les personnes que suit le service'
    """
    words = [_SAID[one](chosen[one]) for one in CRITERES if chosen.get(one)]
    return ", ".join(words) or "toutes les personnes que suit le service"


def faults_of_draft(wanted: GarderEnvoi) -> list[ErreurChamp]:
    """Return what cannot be kept: too long, or characters that nobody sees."""
    fields = (
        ("objet", wanted.objet, LONGEST_SUBJECT),
        ("texte", wanted.texte, LONGEST_MESSAGE),
        ("ou_demander", wanted.ou_demander, LONGEST_PLACE),
        (PURPOSE, wanted.finalite, LONGEST_PLACE),
    )
    return [fault for one in fields if (fault := text_fault(*one)) is not None]


def faults_of(mailing: Mailing) -> list[ErreurChamp]:
    """Return what keeps a message from being proposed."""
    faults = []
    if not mailing.title:
        faults.append(wrong("objet", "L’objet est vide.", "Dites de quoi il s’agit."))
    if not mailing.text:
        faults.append(wrong("texte", "Le texte est vide.", "Écrivez-le."))
    if not mailing.chosen.get(PURPOSE):
        faults.append(
            wrong(
                PURPOSE,
                "À quoi sert ce message n’est pas dit.",
                "Écrivez-le : chaque personne le lit.",
            )
        )
    if not mailing.answers and not mailing.ask_at:
        faults.append(
            wrong("ou_demander", "Où poser une question n’est pas dit.", "Écrivez une adresse.")
        )
    if strange := [one for one in dict.fromkeys(_FIELD.findall(mailing.text)) if one not in CHAMPS]:
        known = ", ".join(f"{{{one}}}" for one in CHAMPS)
        named = ", ".join(f"{{{one}}}" for one in strange)
        faults.append(wrong("texte", f"Un champ est inconnu : {named}.", f"Connus : {known}."))
    return faults
