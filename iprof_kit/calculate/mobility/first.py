"""The interdepartmental movement of the first degree, answered."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from iprof_kit.base.calendar import date_text, rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.interface.forms import law_of
from iprof_kit.calculate.mobility.added_bars import by_place
from iprof_kit.calculate.mobility.answer import (
    Barre,
    MobilityAnswer,
    VoeuNote,
    barre,
    calendar,
    doubt,
    references,
    wish,
    words,
)
from iprof_kit.calculate.mobility.first_question import (
    Enseignant,
    PremierDegre,
)
from iprof_kit.calculate.mobility.why import explain_wishes
from iprof_kit.law.mobility.bars import Added, compare, last_bar, limits
from iprof_kit.law.mobility.criteria import departement
from iprof_kit.law.mobility.first.person import Partner, Person1D
from iprof_kit.law.mobility.first.score import movement_rules, score_wishes
from iprof_kit.law.mobility.score import WishScore

if TYPE_CHECKING:
    from iprof_kit.calculate.mobility.question import MobilityQuestion

DECIDES = (
    "L’administration décide : les services départementaux vérifient votre barème, le mouvement "
    "interdépartemental est prononcé au niveau national."
)
NO_TIE_BREAK = "Le départage à barème égal n’a pas été trouvé dans les textes lus."


def answer_first(question: MobilityQuestion) -> MobilityAnswer:
    """Answer a question about the interdepartmental movement.

    Raises
    ------
    KitError
        As `score_wishes`; or the échelon was taken after the reference date.
    """
    asked, campagne = question.premier_degre, question.campagne
    if asked is None:
        raise InputError(
            "la situation manque.", where="premier_degre", remedy="Donnez-la pour ce degré."
        )
    person = person_of(asked, campagne)
    scores = score_wishes(person, question.voeux, campagne)
    dates, no_dates = calendar(
        "1d", campagne, (person.departement, *question.voeux), question.aujourdhui
    )
    why = doubt(scores)
    added = by_place("1d", question.barres)
    notes = tuple(noted(score, person.departement, question.annee_barre, added) for score in scores)
    return MobilityAnswer(
        degre="1d",
        campagne=campagne,
        voeux=explain_wishes(
            notes,
            question.raisons,
            lambda rank: score_wishes(person, question.voeux, campagne, only=rank)[0],
        ),
        limites=tuple(words(text) for text in limits("1d", added)),
        regles=tuple(words(text) for text in movement_rules(campagne)),
        departage=words(NO_TIE_BREAK),
        calendrier=dates,
        phrase_calendrier=no_dates,
        decide_par=words(DECIDES),
        sources=references(scores),
        a_verifier=bool(why),
        motif_a_verifier=why,
    )


def person_of(asked: PremierDegre, campagne: int) -> Person1D:
    """Return the person that a question describes.

    Raises
    ------
    InputError
        The échelon was taken after the date on which the campaign looks at it.
    """
    person = _alone(asked, campagne, "premier_degre")
    if asked.lies is None:
        return person
    other = _alone(asked.lies.enseignant, campagne, "premier_degre.lies.enseignant")
    return replace(person, lie=Partner(other, asked.lies.voeux, asked.lies.lien))


def _alone(asked: Enseignant, campagne: int, where: str) -> Person1D:
    _refuse_late_echelon(asked, campagne, where)
    years, months = asked.anciennete_departement_annees, asked.anciennete_departement_mois
    seniority_given = years is not None or months is not None
    return law_of(
        Person1D,
        asked,
        anciennete_mois=(years or 0) * 12 + (months or 0) if seniority_given else None,
    )


def _refuse_late_echelon(asked: Enseignant, campagne: int, where: str) -> None:
    """Refuse an échelon not yet held on 31 August before (1 September for a classement)."""
    seen = rentree_day(campagne - 1)
    late = asked.echelon_depuis is not None and (
        asked.echelon_depuis > seen
        or (asked.echelon_depuis == seen and asked.echelon_par == "promotion")
    )
    if late:
        raise InputError(
            f"échelon pris après la date de référence de la campagne {campagne}.",
            where=f"{where}.echelon",
            remedy=f"Donnez l’échelon détenu au 31 août {campagne - 1}"
            f" (au {date_text(seen)} pour un classement ou un reclassement).",
        )


def noted(score: WishScore, origin: str, annee: int | None, added: Added) -> VoeuNote:
    """Return a score as it is answered, beside the bars of the wish and of the origin."""
    return wish(score, _name(score.voeu), _bars(score, origin, annee, added))


def _bars(score: WishScore, origin: str, annee: int | None, added: Added) -> tuple[Barre, ...]:
    """Compare a wish with the entry bar of the wish and the exit bar of the origin, if known."""
    places: tuple[tuple[Literal["entree", "sortie"], str], ...] = (
        ("entree", score.voeu),
        ("sortie", origin),
    )
    return tuple(
        barre(
            compare(
                score.total,
                last_bar("1d", sens, departement=code, annee=annee, added=added),
                _name(code),
                complete=score.complet,
            ),
            sens,
            _name(code),
        )
        for sens, code in places
        if code
    )


def _name(code: str) -> str:
    return str(departement(code).values["nom"]).replace("'", "’")
