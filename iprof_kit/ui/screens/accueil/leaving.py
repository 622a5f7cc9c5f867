"""When one may leave, must leave, and until when that is asked: on the first screen too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from iprof_kit.base.calendar import add_months_civil
from iprof_kit.calculate.career.question import CareerAnswer, Retirement
from iprof_kit.calculate.pension.choices import rule_source
from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.agenda.coming import Coming, paper_of
from iprof_kit.ui.own_situation.one import OwnSituation
from iprof_kit.ui.own_situation.said import BY_HER
from iprof_kit.ui.screens.accueil.career import age_words
from iprof_kit.ui.screens.accueil.dates import Near
from iprof_kit.ui.screens.accueil.requests import answered, is_noted, step_date
from iprof_kit.ui.screens.demandes.asking import Asked, ask_request
from iprof_kit.ui.screens.demandes.view import path_of
from iprof_kit.ui.shared import text

SCREEN, REQUEST = "/perspectives/retraite", "retraite"
_YEARS_AHEAD = 2
"""How far a departure may be for its request to be looked at."""
_LONG_CAREER = "long_career_age"
"""The rule that dates it."""
_SUPPOSED = "compté d’après le premier jour possible"


def leaving_dates(career: CareerAnswer | None, one: OwnSituation, today: date) -> Iterator[Coming]:
    """Yield the first days on which one may leave and the limite d'âge, as Retraite has them.

    Parameters
    ----------
    career : CareerAnswer or None
        Of her situation; her ages need none.
    one : OwnSituation
        What she told of her ages is said to be hers.
    today : date
    """
    ages = career.retraite if career else one.ages
    if ages is None:
        return
    if one.early is not None and today < one.early:
        yield _of_long_career(one.early, today)
    if ages.date_ouverture > today:
        age = age_words(ages.age_ouverture_mois)
        hers = f", {BY_HER}" if one.tells_category else ""
        what = "Premier jour où partir à la retraite est possible"
        yield _age(
            "ouverture", what, ages, ages.date_ouverture, today,
            detail=f"À {age}{hers}. Rien n’est automatique : c’est une demande.",
            brief="Départ possible à la retraite", note=f"à {age}, sur demande",
        )  # fmt: skip
    if ages.date_limite_age > today:
        age = age_words(ages.limite_age_mois)
        hers = f", {BY_HER}" if one.tells_category or ages.recul_mois else ""
        more = "recul pour enfants compris" if ages.recul_mois else "sauf recul ou prolongation"
        yield _age(
            "limite", "Limite d’âge", ages, ages.date_limite_age, today,
            detail=f"À {age}, {more}, à demander{hers}.",
            brief="Limite d’âge", note=f"à {age}, {more}",
        )  # fmt: skip


def _of_long_career(first: date, today: date) -> Coming:
    return Coming(
        key="retraite.carriere_longue",
        when=text.day(first),
        what="Départ possible pour carrière longue",
        detail=text.french(
            f"{BY_HER[:1].upper()}{BY_HER[1:]} ; le Service des retraites de l’État le vérifie. "
            "Rien n’est automatique : c’est une demande."
        ),
        delay=text.delay(today, first),
        day=first,
        after=first,
        source=paper_of(rule_source(_LONG_CAREER)),
        link=SCREEN,
        brief="Départ possible, carrière longue",
        note="selon vos trimestres, sur demande",
    )


def _age(
    key: str, what: str, ages: Retirement, day: date, today: date, **words: str
) -> Coming:  # fmt: skip
    return Coming(
        key=f"retraite.{key}",
        when=text.day(day),
        what=what,
        detail=text.french(words["detail"]),
        delay=text.delay(today, day),
        day=day,
        after=day,
        source=paper_of(ages.sources[0].texte) if ages.sources else "",
        link=SCREEN,
        verify=ages.a_verifier,
        brief=words["brief"],
        note=text.french(words["note"]),
    )


def leaves_soon(career: CareerAnswer | None, today: date) -> bool:
    """Tell whether one may leave on a day that comes, soon enough to ask for it."""
    ages = career.retraite if career else None
    return ages is not None and today < ages.date_ouverture <= add_months_civil(
        today, 12 * _YEARS_AHEAD
    )


def request_to_leave(
    dossier: Dossier, typed: Mapping[str, str], wishes: Mapping[str, Any], today: date
) -> Asked | None:
    """Return the request of the pension where nothing of it is noted: for the first day possible.

    Once something is noted, it is one of the requests that she follows.
    """
    request = requests().get(REQUEST)
    if request is None or is_noted(REQUEST, typed):
        return None
    return ask_request(request, dossier, typed, wishes, today)


def last_day_to_ask(asked: Asked | None, today: date) -> tuple[Coming, ...]:
    """Return the last day on which that request is made, while it is to come."""
    step = asked.answer.prochaine if asked and asked.answer else None
    if asked is None or step is None or step.avant_le is None:
        return ()
    return (step_date(asked, step, step.avant_le, today, counted=_SUPPOSED),)


def missed(asked: Asked | None) -> tuple[Near, ...]:
    """Return what is said of a request whose last day is past while what it asks is to come."""
    if asked is None or asked.answer is None or asked.answer.etat != "passe":
        return ()
    return (Near(answered(asked), path_of(asked.request.id)),)
