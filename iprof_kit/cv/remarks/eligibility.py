"""The conditions of the liste d'aptitude des agrégés, asked of the law with what the CV says.

The CV knows dates, not services: they are counted from them (`services.py`), and how is said. The
administration counts by its own papers, and decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

from iprof_kit.base.calendar import date_text, duration_text
from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import folded
from iprof_kit.cv.dates import moment
from iprof_kit.cv.model import Cv, Faits
from iprof_kit.cv.remarks.services import Counted, first_day, of_posts, since
from iprof_kit.cv.sections.situation import corps_code

PATH = "LA_AGREGE"
Ask = Callable[[str, Mapping[str, Any]], Any]
"""`iprof_kit.calculate.ask`."""
Read = Literal["days", "least", "most"]
"""Which reading of the dates is counted: the usual one, or one of its bounds."""
CLASSEMENT = (
    "Avant de garder une discipline et de candidater, vérifiez les règles de classement dans le "
    "corps des agrégés : l’échelon et l’ancienneté que vous y auriez. « Autres parcours » les "
    "calcule d’après votre dossier ; l’administration classe."
)
"""The invitation that I-Prof makes before an application (iprof_inventaire.md, S24)."""
_POSITIONS = {
    "en activite": "activite",
    "activite": "activite",
    "detachement": "detachement",
    "mise a disposition": "mise_a_disposition",
    "disponibilite": "disponibilite",
    "conge parental": "conge_parental",
}


class Condition(Plain):
    """One condition of the text, what the CV says of it, met or not."""

    libelle: str
    a: str
    """What the person will have on the day `au`, if her situation goes on."""
    il_faut: str
    au: str
    """Day on which it is looked at: « au 1er octobre 2027 »; empty: today."""
    remplie: bool | None
    """None: the CV does not say; to be verified."""
    source: str
    a_verifier: bool
    manque: str = ""
    """What is missing on that day, and when it is met: « Il manque 1 mois ; remplie le… »."""
    bornes: str = ""
    """Where the days that the CV does not give decide: « de 9 ans 10 mois à 10 ans… »."""

    @property
    def doute(self) -> bool:
        """Return whether what is said of it rests on what is to be checked."""
        return (self.a_verifier or bool(self.bornes)) and self.remplie is not None


class Eligibilite(Plain):
    """Whether one may apply, with each reason and its source."""

    etat: Literal["ouvert", "a_partir_du", "depend", "jamais"]
    phrase: str
    session: int | None = None
    """Year of the first list whose conditions are met."""
    conditions: tuple[Condition, ...] = ()
    comptes: tuple[str, ...] = ()
    """How the services were counted."""
    decide_par: str = ""
    calendrier: str = ""
    """The dates of the campaign, or that they are not known and the last ones that are."""


def eligibility(cv: Cv, today: date, ask: Ask) -> Eligibilite:
    """Return the state of each condition of the liste d'aptitude des agrégés.

    Parameters
    ----------
    cv : Cv
        Its birth date, situation and affectations are read, whatever a target shows.
    today : date
        Day that counts as today.
    ask : callable
        `iprof_kit.calculate.ask`: the law is there, none is here.
    """
    counted = _services(cv.faits, today)

    def answer(read: Read) -> Any:
        asked = question(cv.faits, _as_asked(counted, read), today)
        return ask("eligibility", asked).parcours[0]

    try:
        path = answer("days")
        vague = not all(one.exact for one in counted.values())
        bounds = (answer("least"), answer("most")) if vague else ()
    except InputError as error:
        return Eligibilite(
            etat="depend",
            comptes=_how_counted(cv.faits, counted),
            phrase=f"Les dates de votre situation se contredisent : {error}",
        )
    rows = zip(path.conditions, *(one.conditions for one in bounds), strict=True)
    return Eligibilite(
        etat=path.etat,
        phrase=path.phrase,
        session=path.session,
        comptes=_how_counted(cv.faits, counted),
        decide_par=path.decide_par,
        calendrier=_capital(path.calendrier),
        conditions=tuple(_condition(one, between) for one, *between in rows),
    )


def question(faits: Faits, services: list[dict[str, Any]], today: date) -> dict[str, Any]:
    """Return the question to the law; what the CV does not say well is left unknown."""
    given = faits.situation
    tenured = first_day(given.titularisation, today)
    asked = {
        "jour": today,
        "parcours": PATH,
        "corps": corps_code(given),
        "date_naissance": _born(faits, today),
        "date_entree_corps": first_day(given.entree_corps, today),
        "date_titularisation": tenured,
        "statut": "titulaire" if tenured else None,
        "position": _POSITIONS.get(folded(given.position)),
        "services": services,
    }
    return {name: value for name, value in asked.items() if value}


def _services(faits: Faits, today: date) -> dict[str, Counted]:
    """Return the services of the CV by nature."""
    by_nature = {
        "corps": since(faits.situation.entree_corps, today),
        "enseignement": of_posts(faits, today),
    }
    return {nature: counted for nature, counted in by_nature.items() if counted is not None}


def _as_asked(counted: Mapping[str, Counted], read: Read) -> list[dict[str, Any]]:
    return [
        {"nature": nature, "jours": getattr(one, read), "en_cours": one.ongoing}
        for nature, one in counted.items()
    ]


def _how_counted(faits: Faits, counted: Mapping[str, Counted]) -> tuple[str, ...]:
    """Return how the services were counted, today."""
    words = {
        "corps": ("Dans le corps", "depuis l’entrée dans le corps"),
        "enseignement": ("Enseignement", "d’après vos affectations"),
    }
    sentences = []
    for nature, one in counted.items():
        what, how = words[nature]
        bounds = "" if one.exact else f" (selon les jours exacts : {_between(one.least, one.most)})"
        sentences.append(f"{what} : {duration_text(one.days)} à ce jour, {how}{bounds}.")
    if not all(one.exact for one in counted.values()):
        sentences.append(
            "Un mois sans jour compte entier, une année seule compte comme une année "
            "scolaire, du 1er septembre au 31 août."
        )
    if any(one.nature != "affectation" for one in faits.fonctions):
        sentences.append(
            "Fonctions et missions ne s’ajoutent pas aux affectations : seules celles-ci "
            "comptent comme services d’enseignement."
        )
    if sentences:
        sentences.append(
            "Disponibilité, congé parental et temps sans service ne sont pas déduits : "
            "l’administration compte d’après ses pièces."
        )
    return tuple(sentences)


def _between(least: int, most: int) -> str:
    return f"de {duration_text(least)} à {duration_text(most)}"


def _born(faits: Faits, today: date) -> date | None:
    born = moment(faits.identite.date_naissance)
    return born.first if born and born.is_day and born.first <= today else None


def _condition(one: Any, bounds: list[Any]) -> Condition:
    """Return a condition in words; `bounds` are the same at the shortest and at the longest."""
    decides = any(bound.remplie != one.remplie for bound in bounds)
    between = " à ".join(bound.a_la_reference or bound.a for bound in bounds)
    return Condition(
        libelle=one.condition,
        a=one.a_la_reference or one.a,
        il_faut=one.il_faut,
        au=one.au,
        remplie=one.remplie,
        source=one.source.texte,
        a_verifier=to_verify(one.source.confiance),
        manque=_missing(one),
        bornes=f"de {between} selon les jours exacts" if decides else "",
    )


def _missing(one: Any) -> str:
    if one.remplie is not False:
        return ""
    parts = [f"il manque {one.manque}" if one.manque else ""]
    parts.append(f"remplie le {date_text(one.remplie_le)}" if one.remplie_le else "")
    parts.append(f"à partir de la liste {one.session}" if one.session else "")
    return _capital(", ".join(part for part in parts if part))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
