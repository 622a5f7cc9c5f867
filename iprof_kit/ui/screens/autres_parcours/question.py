"""The file and the answers become one question about other paths; how services were counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from iprof_kit.base.calendar import YEAR, axis_of
from iprof_kit.base.errors import KitError
from iprof_kit.services.contract.dossier import Dossier, PositionTenue
from iprof_kit.services.contract.standing import (
    current_echelon,
    current_position,
    instituteur_since,
)
from iprof_kit.ui.kit.fields import Read, read_fields
from iprof_kit.ui.own_situation.wishes import completed, told_category
from iprof_kit.ui.screens.autres_parcours.fields import (
    CHILD,
    ENDED,
    FACT,
    PERSONAL_FACT,
    SERVICES,
    TAKEN,
    every_group,
    personal,
)
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import texts
from iprof_kit.ui.shared.worded import figure, worded

if TYPE_CHECKING:
    from iprof_kit.calculate.paths.calculation import PathState

_POSITIONS = {
    "en activité": "activite",
    "mise à disposition": "mise_a_disposition",
    "détachement": "detachement",
    "disponibilité": "disponibilite",
    "congé parental": "conge_parental",
}
_ENDED_ELSEWHERE = (
    "prive",
    "mandat",
    "association",
    "prive_mandat_association",
    "instituteur_titulaire",
)
"""Services that do not go on in the present post."""


@dataclass(frozen=True)
class FromFile:
    """What a file gives: fields of the question, and how the services were counted."""

    fields: dict[str, Any]
    counted: tuple[str, ...]


def from_file(dossier: Dossier, today: date, category: str = "") -> FromFile:
    """Return what a file gives; what it does not say is left unknown.

    `category` is that of her pension, where the services that she told elsewhere decide it.
    """
    place, position = current_echelon(dossier), current_position(dossier, today)
    fields: dict[str, Any] = {
        "jour": today,
        "date_naissance": dossier.identite.date_naissance,
        "date_titularisation": dossier.titularisation,
        "date_entree_corps": dossier.entree_corps if dossier.corps else None,
        "categorie_retraite": category or dossier.categorie_retraite,
        "instituteur_depuis": None if category else instituteur_since(dossier),
        "statut": _status(dossier, today),
        "position": _POSITIONS.get(position.position.replace("'", "’").lower())
        if position
        else None,
    }
    if place is not None:
        since = axis_of(today) - axis_of(place.date_effet) + place.reliquat_jours
        fields |= {
            "corps": place.corps,
            "libelle_corps": dossier.libelle_corps or "",
            "grade": place.grade,
            "echelon": place.echelon,
            "chevron": place.chevron,
            "anciennete_echelon_jours": max(0, since),
        }
    services, counted = _services(dossier, today)
    fields["services"] = services
    return FromFile({k: v for k, v in fields.items() if v not in (None, "")}, counted)


def question_of(given: FromFile, read: Read) -> dict[str, Any]:
    """Return the question that the file and the answers ask."""
    services = tuple(given.fields.get("services", ())) + tuple(
        {"nature": nature, "jours": years * YEAR, "en_cours": nature not in _ENDED_ELSEWHERE}
        for nature, years in read.starting(SERVICES).items()
    )
    asked = given.fields | {
        "services": services,
        "faits": {
            key: answer == "oui"
            for prefix in (FACT, PERSONAL_FACT)
            for key, answer in read.starting(prefix).items()
        },
        "mois_pris": read.starting(TAKEN),
        "fin_derniere_periode": read.starting(ENDED),
    }
    for name in (
        "niveau_diplome",
        "inscription",
        "master",
        "remuneration_brute_annuelle",
        "anciennete_rupture_annees",
        "heures_cpf",
    ):
        if read.get(name) is not None:
            asked[name] = read.get(name)
    if read.get("enfants"):
        births = read.starting(CHILD) if read.get("enfants") == "oui" else {}
        asked["enfants"] = tuple({"naissance": day} for day in births.values())
    return asked


def _status(dossier: Dossier, today: date) -> str | None:
    if dossier.titularisation is not None:
        return "titulaire" if dossier.titularisation <= today else "stagiaire"
    if dossier.corps is None:
        return "contractuel"
    return "stagiaire" if "stagiaire" in dossier.statut.lower() else None


def _services(dossier: Dossier, today: date) -> tuple[tuple[dict[str, Any], ...], tuple[str, ...]]:
    """Count the services in the corps and as titulaire, without the periods of no service.

    The stage is left out of the time in the corps of a titulaire: whether it counts depends on
    the text, and less is never too much.
    """
    services, lines = [], []
    position = current_position(dossier, today)
    goes_on = position is None or position.quotite > 0
    tenured = dossier.titularisation
    entered = dossier.entree_corps if dossier.corps else None
    in_corps = max(entered, tenured) if entered and tenured else entered
    for nature, words, start in (
        ("corps", "dans le corps", in_corps),
        ("titulaire", "comme titulaire", tenured),
    ):
        if start is None or start > today:
            continue
        first, last = axis_of(start), axis_of(today)
        away = _away(dossier.positions, first, last)
        days = max(0, last - first - away)  # two periods that touch on a 31st share a day
        services.append({"nature": nature, "jours": days, "en_cours": goes_on})
        about = f"services.{nature}"
        lines.append(
            worded(
                f"Services {words} : {{}} depuis le {{}}{{}}.",
                figure(text.duration(days), about, days, today),
                figure(text.day(start), f"{about}.since", start),
                _without(away, about, today),
            )
        )
    return tuple(services), tuple(lines)


def _without(away: int, about: str, today: date) -> str:
    """Return what was left out of services: the days of the positions without any."""
    if not away:
        return ""
    length = figure(text.duration(away), f"{about}.away", away, today)
    return worded(", {} sans service déduits", length)


def _away(positions: Iterable[PositionTenue], first: int, last: int) -> int:
    """Return the days of the positions without any service, between two days of the axis."""
    spans = (
        (axis_of(p.debut), axis_of(p.fin) + 1 if p.fin else last)
        for p in positions
        if p.quotite == 0
    )
    return sum(max(0, min(end, last) - max(start, first)) for start, end in spans)


PART = "parcours"
"""The part of the document « voeux » that holds them."""
_ANSWERS = "reponses"


def kept_answers(document: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers kept, personal situations left out."""
    part = document.get(PART)
    return texts(part.get(_ANSWERS)) if isinstance(part, Mapping) else {}


def merged(answers: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    """Return answers with the fields of a form that was sent; every other answer stays.

    A personal situation is never kept: it is not taken here.
    """
    known = {field.name for group in every_group(values) for field in group.fields}
    sent = {name for name in known & set(values) if not personal(name)}
    kept = {name: typed for name, typed in answers.items() if name not in sent}
    typed = {name: values[name].strip() for name in sent if values[name].strip()}
    return {**kept, **typed}


def with_answers(document: Mapping[str, Any], values: Mapping[str, str]) -> dict[str, Any]:
    """Return the document with the fields of a form that was sent.

    Examples
    --------
    >>> with_answers({}, {"niveau_diplome": "7", "pirate": "x"})
    {'parcours': {'reponses': {'niveau_diplome': '7'}}}
    """
    part = document.get(PART)
    before = dict(part) if isinstance(part, Mapping) else {}
    answers = merged(kept_answers(document), values)
    return {**document, PART: {**before, _ANSWERS: answers}}


def described(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the document in short sentences: the answers are counted, never told."""
    count = len(kept_answers(document))
    return (f"Autres parcours : {count} réponse{'s' if count > 1 else ''}",)


def question_for(dossier: Dossier, document: Mapping[str, Any], today: date) -> dict[str, Any]:
    """Return what a file and the answers kept in « voeux » ask about other paths.

    Parameters
    ----------
    document : mapping
        What the carnet keeps of wishes and of other paths.
    """
    kept = document.get(PART)
    given = kept if isinstance(kept, Mapping) else {}
    answers = completed(texts(given.get("reponses")), document)
    filed = from_file(dossier, today, told_category(document))
    return question_of(filed, read_fields(every_group(answers), answers, today))


def states(dossier: Dossier, document: Mapping[str, Any], today: date) -> tuple[PathState, ...]:
    """Return where every path stands, with the answers kept in « voeux »; see `question_for`.

    Raises
    ------
    KitError
        The tables do not cover the file.
    """
    from iprof_kit.calculate.paths.calculation import path_states

    try:
        return path_states(question_for(dossier, document, today))
    except KitError:
        return path_states(question_of(from_file(dossier, today), Read()))
