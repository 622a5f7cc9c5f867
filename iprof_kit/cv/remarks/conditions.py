"""The conditions of the liste d'aptitude as a page apart from the CV: met or not, and why.

It is for the person who applies: the CV that is handed in says nothing of it.
"""

from __future__ import annotations

from datetime import date

from iprof_kit.cv.model import Cv
from iprof_kit.cv.printing.layout import name
from iprof_kit.cv.remarks.eligibility import CLASSEMENT, Condition, Eligibilite
from iprof_kit.cv.values import joined
from iprof_kit.documents.model import Document, Entry, Part, Section

TITLE = "Conditions de la liste d’aptitude : ce que dit votre CV"
NOTICE = "Kit libre, non officiel : simulation. L’administration compte et décide."
_MET = {True: "remplie", False: "non remplie", None: "à vérifier"}


def document(answer: Eligibilite, cv: Cv, today: date) -> Document:
    """Return the state of each condition, its reason and its source, as a document.

    Parameters
    ----------
    answer : Eligibilite
        What `eligibility.eligibility` answered.
    today : date
        The day the document is made.
    """
    person = name(cv.faits.identite)
    named = not answer.decide_par or answer.decide_par in answer.phrase
    decides = "" if named else f"Décide : {answer.decide_par}"
    sources = dict.fromkeys(_source(one) for one in answer.conditions if one.source)
    counted = "\n".join(f"- {line}" for line in answer.comptes)
    parts = {
        "Réponse": Part(text=joined(answer.phrase, decides, by="\n")),
        "Calendrier": Part(text=answer.calendrier),
        "Conditions": Part(entries=tuple(map(_entry, answer.conditions))),
        "Avant de candidater": Part(text=CLASSEMENT if answer.conditions else ""),
        "Comment les services sont comptés": Part(text=counted),
        "Sources": Part(text="\n".join(f"- {source}" for source in sources)),
    }
    return Document(
        title=joined(TITLE, person),
        author=person,
        date=today,
        kind=TITLE,
        name=person,
        sections=tuple(
            Section(title, (part,)) for title, part in parts.items() if part.text or part.entries
        ),
        notice=NOTICE,
    )


def _entry(one: Condition) -> Entry:
    day = f" ({one.au})" if one.au else ""
    wanted = f"Il faut : {one.il_faut}{day}" if one.il_faut else ""
    when = ", à cette date" if one.au else ""
    have = f"D’après votre CV{when} : {one.a}" if one.a else "Votre CV ne le dit pas."
    bounds = f"Ou {one.bornes}, que votre CV ne donne pas." if one.bornes else ""
    missing = f"{one.manque}." if one.manque else ""
    return Entry(
        title=one.libelle[:1].upper() + one.libelle[1:],
        dates=_MET[one.remplie],
        text=joined(wanted, have, bounds, missing, by="\n"),
    )


def _source(one: Condition) -> str:
    return f"{one.source} (à vérifier)" if one.a_verifier else one.source
