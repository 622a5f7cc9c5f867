"""The administrative situation: what is asked, what is printed, which corps the law reads in it.

Of the corps there is one datum, what is printed; the code that the law needs is read in it.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from iprof_kit.base.asked import Asked
from iprof_kit.base.words import corps_label, feminine, folded, known_corps
from iprof_kit.cv.form import Source, Written
from iprof_kit.cv.values import day, joined, line, rank, share, since
from iprof_kit.documents.model import Fact

TITLE = "Situation administrative"
_A_DAY = "Jour, mois, année : 01/09/2024."


def corps_names() -> tuple[str, ...]:
    """Return the names of the known corps in both genders, for a form to propose."""
    names = (corps_label(code) for code in known_corps())
    return tuple(dict.fromkeys(one for name in names for one in (name, feminine(name))))


class Situation(Written):
    """The administrative situation; codes are those of corps.csv, labels are what is printed."""

    source: Source = "saisie"
    corps: str = ""
    libelle_corps: str = ""
    grade: str = ""
    echelon: str = ""
    date_echelon: str = ""
    discipline: str = ""
    academie: str = ""
    etablissement: str = ""
    commune: str = ""
    position: str = ""
    quotite: str = ""
    entree_corps: str = ""
    titularisation: str = ""
    mode_acces: str = ""
    """How the corps was entered: « concours externe », « liste d’aptitude »…"""
    annee_acces: str = ""

    form: ClassVar = (
        Asked(
            "libelle_corps",
            "Corps",
            hint="Il est imprimé, et c’est lui que les conditions examinent.",
            suggestions=corps_names(),
        ),
        Asked("grade", "Grade"),
        Asked("echelon", "Échelon"),
        Asked(
            "date_echelon",
            "Date d’effet de l’échelon",
            "day",
            _A_DAY,
            in_a_sentence="date de l’échelon",
        ),
        Asked("discipline", "Discipline"),
        Asked("academie", "Académie"),
        Asked("etablissement", "Établissement"),
        Asked("commune", "Commune"),
        Asked("position", "Position"),
        Asked("quotite", "Quotité, en pourcentage", "number", in_a_sentence="quotité", unit="%"),
        Asked("entree_corps", "Entrée dans le corps", "day", _A_DAY),
        Asked("titularisation", "Titularisation", "day", _A_DAY),
        Asked(
            "mode_acces",
            "Mode d’accès au corps",
            hint="Concours externe, liste d’aptitude…",
            in_a_sentence="mode d’accès",
        ),
        Asked("annee_acces", "Année d’accès au corps", "number", in_a_sentence="année d’accès"),
    )
    not_asked: ClassVar = {"source": "origine", "corps": "code du corps"}


def facts(situation: Situation) -> tuple[Fact, ...]:
    """Return the administrative situation as it is printed, label and value."""
    reached = since(day(situation.date_echelon), situation.date_echelon)
    printed = (
        Fact("Corps", line(corps_words(situation))),
        Fact("Grade", line(situation.grade)),
        Fact("Échelon", joined(rank(situation.echelon), reached)),
        Fact("Discipline", line(situation.discipline)),
        Fact("Académie", line(situation.academie)),
        Fact("Affectation", joined(line(situation.etablissement), line(situation.commune))),
        Fact("Position", line(situation.position)),
        Fact("Quotité", share(situation.quotite)),
        *access(situation),
    )
    return tuple(fact for fact in printed if fact.value)


def access(situation: Situation) -> tuple[Fact, ...]:
    """Return how and when the corps was entered."""
    printed = (
        Fact("Accès au corps", joined(line(situation.mode_acces), line(situation.annee_acces))),
        Fact("Entrée dans le corps", day(situation.entree_corps)),
        Fact("Titularisation", day(situation.titularisation)),
    )
    return tuple(fact for fact in printed if fact.value)


def corps_words(situation: Situation) -> str:
    """Return what is printed: what was typed, or the name of the corps that the file knows."""
    if situation.libelle_corps.strip():
        return situation.libelle_corps
    code = situation.corps.strip()
    return corps_label(code) if code in known_corps() else code


def corps_code(situation: Situation) -> str:
    """Return the code of the corps that is printed; "" where the kit does not recognise it.

    Beside a name that the person typed, the code kept counts for nothing: the conditions judge
    what the CV says.
    """
    known = situation.corps if situation.corps in known_corps() else ""
    if known and (situation.source == "dossier" or not situation.libelle_corps.strip()):
        return known
    name = f"{_key(corps_words(situation))} "
    codes = (code for label, code in _codes() if name.startswith(f"{label} "))
    return next(codes, "")


def agreeing(situation: Situation) -> Situation:
    """Return a situation whose code is that of the corps it prints."""
    if not situation.libelle_corps.strip():
        return situation
    return situation.model_copy(update={"corps": corps_code(situation)})


@cache
def _codes() -> tuple[tuple[str, str], ...]:
    """Return each name of a corps and its code, the longest first."""
    names = {
        _key(name.partition(" (")[0]): code
        for code in known_corps()
        for name in (
            corps_label(code, plural=True),
            corps_label(code),
            feminine(corps_label(code)),
        )
    }
    return tuple(sorted(names.items(), key=lambda pair: -len(pair[0])))


def _key(label: str) -> str:
    """Return a name without what its gender and its number change."""
    return " ".join(word.rstrip("s").rstrip("e") for word in folded(label).split())
