"""The entry into a corps: services taken over, then the échelon that they give."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import numpy as np

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.interface.why import doubts, said_by, texts_of
from iprof_kit.calculate.reclassement.place import NEVER, due_days, index_of, place, sentence
from iprof_kit.calculate.reclassement.question import (
    ReclassementAnswer,
    ReclassementQuestion,
    Service,
    ServiceRepris,
)
from iprof_kit.law.career.service_credit import (
    BY_INDEX,
    credited_days,
    first_grade,
    nature_of,
    placed_by_index,
    placed_by_seniority,
    third_concours_days,
)

PRIVATE = "prive"
_DAY = timedelta(days=1)


def entry(question: ReclassementQuestion) -> ReclassementAnswer:
    """Place a person who enters a corps.

    Raises
    ------
    InputError
        Services that overlap, that end after the nomination, of an unknown nature.
    LawError
        « règle non couverte », « période non couverte ».
    """
    _check(question)
    if any(service.nature == BY_INDEX for service in question.services):
        return _by_index(question)
    day = axis_of(question.date_effet)
    with explain() as trace:
        lines = tuple(_credited(service, question.corps, day) for service in question.services)
        total = sum(line.jours_repris for line in lines) + _third_concours(question, day)
        cells, kept = placed_by_seniority(np.array([total]), question.corps, day)
    due = int(due_days(cells, kept, day)[0])
    reasons = (*doubts(trace), *_together(question))
    return ReclassementAnswer(
        **place(int(cells[0]), int(kept[0]), day, due),
        anciennete_convertie_jours=total,
        services_repris=lines,
        explication=said_by(trace),
        phrase=sentence(int(cells[0]), int(kept[0]), question.date_effet),
        a_verifier=bool(reasons),
        motifs=reasons,
        sources=texts_of(trace),
    )


def _by_index(question: ReclassementQuestion) -> ReclassementAnswer:
    """Place a civil servant of category A by the index held."""
    if len(question.services) > 1 or question.troisieme_concours_jours is not None:
        raise LawError(
            "règle non couverte : un classement par l’indice avec d’autres services.",
            where="services",
            remedy="Demandez chaque classement séparément, et comparez.",
        )
    index_held = question.indice_majore_detenu
    if index_held is None:
        raise InputError(
            "l’indice détenu manque.",
            where="indice_majore_detenu",
            remedy="Indiquez l’indice majoré du dernier bulletin de paie.",
        )
    day = axis_of(question.date_effet)
    with explain() as trace:
        cell = int(placed_by_index(np.array([index_held]), question.corps, day)[0])
    missing = "ancienneté dans l’échelon : règle non trouvée"
    new = index_of(cell, day)
    return ReclassementAnswer(
        **place(cell, None, day, NEVER),
        indice_avant=index_held,
        explication=said_by(trace),
        phrase=sentence(cell, None, question.date_effet),
        a_verifier=True,
        motifs=(*doubts(trace), missing, *_above(new, index_held)),
        sources=texts_of(trace),
    )


def _above(new: int | None, index_held: int) -> tuple[str, ...]:
    if new is not None and new < index_held:
        return ("indice détenu au-dessus de la grille : dernier échelon retenu",)
    return ()


def _credited(service: Service, corps: str, day: int) -> ServiceRepris:
    days = _length(service)
    given = credited_days(np.array([days]), service.nature, corps, day, service.quotite)
    return ServiceRepris(
        nature=service.nature,
        libelle=nature_of(service.nature, date_of(day)).text("libelle"),
        duree_jours=days,
        jours_repris=int(given[0]),
    )


def _length(service: Service) -> int:
    if service.debut is None or service.fin is None:
        return service.duree_jours or 0
    return axis_of(service.fin + _DAY) - axis_of(service.debut)


def _third_concours(question: ReclassementQuestion, day: int) -> int:
    activity = question.troisieme_concours_jours
    return 0 if activity is None else int(third_concours_days(np.array([activity]), day)[0])


def _together(question: ReclassementQuestion) -> tuple[str, ...]:
    """Say that what two sources of services give together was not read in the text."""
    natures = {service.nature for service in question.services}
    third = question.troisieme_concours_jours is not None
    if (PRIVATE in natures and len(natures) > 1) or (third and natures):
        return ("cumul des reprises : conditions du décret 2023-729 non lues",)
    return ()


def _check(question: ReclassementQuestion) -> None:
    first_grade(question.corps, axis_of(question.date_effet))
    dated = sorted(
        (service.debut, service.fin)
        for service in question.services
        if service.debut is not None and service.fin is not None
    )
    for (_, last), (begin, _) in pairwise(dated):
        if begin <= last:
            raise InputError(
                "deux services se chevauchent.",
                where="services",
                remedy="Un même jour ne se reprend qu’une fois.",
            )
    if dated and dated[-1][1] >= question.date_effet:
        raise InputError(
            "un service finit après le classement.",
            where="services",
            remedy="Seuls les services accomplis avant la nomination sont repris.",
        )
