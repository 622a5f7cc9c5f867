"""The subject « pension »: departure dates compared, what is not known said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar, cast

import numpy as np

from iprof_kit.base.calendar import add_months_civil, date_text, duration_text
from iprof_kit.base.words import counted
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.interface.papers import of_source
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.pension import extras as pension_extras
from iprof_kit.calculate.pension.answer import (
    ConditionParent,
    Depart,
    DepartParent,
    Fourchette,
    PensionAnswer,
    Version,
)
from iprof_kit.calculate.pension.columns import columns
from iprof_kit.calculate.pension.extras import Computed
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.rows import DepartureRow, children_of, services_before
from iprof_kit.calculate.pension.texts import notes, sources, summary
from iprof_kit.careers.pensioners import EARLY, OTHERS, PROBLEMS, SHORT, Pensioners
from iprof_kit.careers.pensions import Pensions, bracket, pensions
from iprof_kit.law.pension.dates import days, effect_date
from iprof_kit.law.pension.generations import (
    CATEGORIES,
    SEDENTAIRE,
    generation,
    opening_age,
)
from iprof_kit.law.pension.parameters import amount
from iprof_kit.law.pension.parents import (
    SERVICES,
    children_needed,
    closing_day,
    early_parent,
    services_needed,
)
from iprof_kit.law.pension.versions import versions
from iprof_kit.law.tables.sentences import years_text


def depart_parent(question: PensionQuestion) -> DepartParent | None:
    """Return the conditions of the early departure of a parent, None for fewer children.

    Examples
    --------
    >>> births = ("1998-03-01", "2001-03-01", "2005-03-01")
    >>> born = ({"naissance": day, "interruption_mois": 3} for day in births)
    >>> asked = PensionQuestion(
    ...     naissance="1970-01-01", aujourdhui="2026-11-25", departs=("2027-09-01",),
    ...     indice_majore=673, periodes=({"debut": "1994-09-01"},), enfants=tuple(born),
    ... )
    >>> depart_parent(asked).possible
    True
    """
    today = question.aujourdhui
    if len(question.enfants) < children_needed(today):
        return None
    closed = closing_day(today)
    done = services_before(question, closed)
    children = children_of([DepartureRow(question, today, today)])
    early = early_parent([done], children, 1, today)
    unknown = bool(np.isnan(done))
    served = None if unknown else bool(early.services[0])
    met = (served, bool(early.enfants[0]), bool(early.interruptions[0]))
    conditions = tuple(
        ConditionParent(libelle=label, constat=seen, remplie=one)
        for (label, seen), one in zip(_told(question, closed, done), met, strict=True)
    )
    possible = False if False in met else None if unknown else True
    return DepartParent(
        possible=possible,
        phrase=_PHRASES[possible].format(date_text(closed)),
        conditions=conditions,
        source=of_source(amount(SERVICES, today).papers()),
    )


_PHRASES = {
    True: "Départ anticipé de parent : droit possible, le Service des retraites de l’État décide ; "
    "le montant n’est pas calculé.",
    False: "Départ anticipé de parent : une condition manque au {}.",
    None: "Départ anticipé de parent : droit peut-être possible, vos services au {} ne sont pas "
    "connus ; le Service des retraites de l’État décide.",
}


def _told(question: PensionQuestion, closed: date, done: float) -> tuple[tuple[str, str], ...]:
    """Return what each condition asks, and what the question says of it."""
    today, when = question.aujourdhui, date_text(closed)
    needed = counted(children_needed(today), "enfant")
    before = [child for child in question.enfants if child.naissance <= closed]
    longest = ", ".join(counted(child.interruption_mois, "mois") for child in before) or "aucune"
    return (
        (
            f"{years_text(services_needed(today))} de services au {when}",
            "non connus" if np.isnan(done) else duration_text(int(done)) or "aucun",
        ),
        (f"{needed} au {when}", counted(len(before), "enfant") if before else "aucun"),
        (
            "Pour chacun, une interruption ou une réduction d’activité assez longue",
            f"interruptions indiquées : {longest}",
        ),
    )


T = TypeVar("T")
_DOUBTS = {
    "ages": "âges et durées de la génération : source unique",
    "point": "grille et valeur du point : dernières connues",
    "surcote_parentale": "surcote parentale : décompte tiré de sources secondaires",
    "minimum": "minimum garanti : dernier montant connu",
}
_BEYOND = (
    "départ après la limite d’âge : recul, prolongation ou maintien à obtenir (jusqu’à la fin de "
    "l’année scolaire, une seule source)"
)
_PART_TIME_MINIMUM = "minimum garanti : services à temps partiel comptés à leur quotité"
_DECIDES = "Service des retraites de l’État (SRE)"


@dataclass(frozen=True)
class _Table:
    """The columns computed for a batch of questions."""

    rows: tuple[DepartureRow, ...]
    pensions: Pensions
    as_if: Pensions
    """The same, with the right to leave supposed (retraite progressive)."""
    low: Any
    high: Any
    legal: Any


def answer(question: PensionQuestion) -> PensionAnswer:
    """Compare the departure dates of one person.

    Returns
    -------
    PensionAnswer
        One `Depart` for each date asked, in their order.

    Raises
    ------
    InputError
        A position that does not exist, a missing previous index, a departure before the totals.
    """
    return answers([question])[0]


def answers(questions: Sequence[PensionQuestion]) -> list[PensionAnswer]:
    """Answer many questions in one pass over columns; same errors as `answer`."""
    if not questions:
        return []
    asked = columns(questions)
    computed = _table(asked.rows, asked.people)
    result, place = [], 0
    for question in questions:
        last = place + len(question.departs)
        result.append(_answer(question, computed, range(place, last)))
        place = last
    return result


def computed_of(question: PensionQuestion) -> tuple[DepartureRow, Computed]:
    """Return the first departure of a question, and what its side answers are made of."""
    asked = columns([question])
    return asked.rows[0], _computed(_table(asked.rows, asked.people), 0)


def _table(rows: tuple[DepartureRow, ...], people: Pensioners) -> _Table:
    computed = pensions(people)
    as_if = computed
    if any(row.question.retraite_progressive_quotite for row in rows):
        as_if = pensions(replace(people, anticipe=np.ones(len(rows), dtype=bool)))
    unknown = np.full(len(rows), np.nan)
    low, high = bracket(people) if (computed.probleme == OTHERS).any() else (unknown, unknown)
    plain = np.full(len(rows), SEDENTAIRE)
    legal = opening_age(generation(people.naissance, plain, computed.version))
    return _Table(rows, computed, as_if, low, high, np.nan_to_num(legal).astype(np.int64))


def _answer(question: PensionQuestion, batch: _Table, places: range) -> PensionAnswer:
    lines = tuple(_depart(batch, place) for place in places)
    rows = [batch.rows[place] for place in places]
    problems = [int(batch.pensions.probleme[place]) for place in places]
    generations = [int(batch.pensions.ligne[place]) for place in places]
    unsaid: list[str] = []
    overpaid = _Around(unsaid)("surcotisation", lambda: pension_extras.surcotisation(question))
    unsaid += [text for row in rows for text in row.unsaid]
    parent = _Around(unsaid)("départ anticipé de parent", lambda: depart_parent(question))
    return PensionAnswer(
        departs=lines,
        surcotisation=overpaid,
        depart_parent=parent,
        decide_par=_DECIDES,
        notes=notes(question, rows, problems, unsaid),
        a_verifier=any(line.a_verifier for line in lines),
        sources=sources(rows, generations),
    )


@dataclass(frozen=True)
class _Around:
    """What surrounds a pension never stops it: the reason of what is not calculated is kept."""

    unsaid: list[str]

    def __call__(self, name: str, ask: Callable[[], T]) -> T | None:
        """Return an answer, or None and its reason in `unsaid`."""
        computed, reason = aside(ask)
        if reason:
            self.unsaid.append(f"{name[0].upper()}{name[1:]} : {reason}.")
        return computed


def _depart(batch: _Table, place: int) -> Depart:
    row, computed = batch.rows[place], batch.pensions
    code = int(computed.probleme[place])
    whole = _reader(place, code)
    own = _computed(batch, place)
    taken, no_net = pension_extras.net(row, own)
    around = _Around(row.unsaid)
    legal = bool(own.legal_months)
    extras = {
        "rafp": around("RAFP", lambda: pension_extras.rafp(row, own) if legal else None),
        "retraite_progressive": around(
            "retraite progressive", lambda: pension_extras.progressive(row, own) if legal else None
        ),
        "cumul": around("cumul emploi-retraite", lambda: pension_extras.cumul(row, own)),
    }
    plain = own.limit_months, own.limit_months, None
    limit, most, kept = (
        around("recul de la limite d’âge", lambda: pension_extras.age_limit(row, own)) or plain
    )
    fine = whole(computed.pension) is not None
    raised = bool(computed.servie[place] > computed.pension[place])
    by_invalidity = raised and bool(computed.plancher[place] == computed.servie[place])
    age, opening = whole(computed.age_ouverture), _day(computed.ouverture[place])
    if row.ages is not None and opening is not None:
        age, opening = row.ages.opening_age_months, row.ages.opening_date
    placed = code in (0, SHORT, EARLY, OTHERS)
    doubts = _doubts(row, computed, place, limit if placed else None)
    line = {
        "date_cessation": row.cessation,
        "date_effet": row.effet,
        "version": cast(Version, versions()[int(computed.version[place])]),
        "possible": code in (0, OTHERS),
        "motif": _reason(row, computed, place),
        "categorie": CATEGORIES[row.categorie],
        "age_ouverture": age,
        "date_ouverture": opening,
        "date_effet_au_plus_tot": _earliest(row, opening),
        "age_annulation_decote_le": _day(computed.annulation[place]),
        "limite_age": limit if placed else None,
        "date_limite_age": _birthday(row, limit) if placed else None,
        "age_maximal_prolongation": most if placed else None,
        "age_maintien_autorise": kept if placed else None,
        "age_carriere_longue": None if np.isnan(row.long_career) else int(row.long_career),
        "duree_requise": int(computed.duree_requise[place]) if placed else None,
        "trimestres_services": int(computed.trimestres_services[place]) if placed else None,
        "trimestres_bonifications": int(computed.trimestres_bonifications[place])
        if placed
        else None,
        "trimestres_assurance": whole(computed.assurance),
        "taux_liquidation_pct": _percent(computed.taux[place]),
        "trimestres_decote": whole(computed.decote),
        "decote_ecartee": bool(computed.ecartee[place]) and placed,
        "trimestres_decote_age": whole(computed.decote_age),
        "trimestres_decote_duree": whole(computed.decote_duree),
        "taux_decote_pct": _percent(computed.taux_decote[place]),
        "trimestres_surcote": whole(computed.surcote),
        "taux_surcote_pct": _percent(computed.taux_surcote[place]),
        "trimestres_surcote_parentale": whole(computed.parentale),
        "taux_surcote_parentale_pct": _percent(computed.taux_parentale[place]),
        "indice_retenu": row.indice or None,
        "traitement_annuel": _amount(computed.traitement[place]),
        "pension_avant_decote": _amount(computed.avant[place]),
        "pension_calculee": _amount(computed.pension[place]),
        "minimum_garanti": _amount(computed.minimum[place]),
        "minimum_garanti_ouvert": bool(computed.minimum_ouvert[place]) if fine else None,
        "minimum_garanti_applique": raised and not by_invalidity if fine else None,
        "minimum_invalidite_applique": by_invalidity if fine else None,
        "majoration_enfants": _amount(computed.majoration[place]),
        "pension_brute": own.pension,
        "fourchette": _bracket(batch, place, code),
        "prelevements": taken,
        "motif_net": no_net,
        **extras,
        "a_verifier": bool(doubts),
        "motifs": tuple(doubts),
    }
    return Depart(resume=summary(row, line), **line)


def _doubts(row: DepartureRow, computed: Pensions, place: int, limit: int | None) -> list[str]:
    """Return why a line must be verified, in French."""
    texts = [text for name, text in _DOUBTS.items() if computed.doutes[name][place]]
    texts += row.doubts
    if limit is not None and row.effet > effect_date(days(_birthday(row, limit)))[0]:
        texts.append(_BEYOND)
    minimum = computed.servie[place] > max(computed.pension[place], computed.plancher[place])
    if minimum and row.part_time:
        texts.append(_PART_TIME_MINIMUM)
    return list(dict.fromkeys(texts))


def _computed(batch: _Table, place: int) -> Computed:
    computed = batch.pensions
    insured = computed.assurance[place]
    ages = batch.rows[place].ages
    limit = computed.limite[place] if ages is None else ages.limit_age_months
    return Computed(
        pension=_amount(computed.totale[place]),
        hors_decision=_amount(batch.as_if.totale[place]),
        insured=None if np.isnan(insured) else int(insured),
        required=int(computed.duree_requise[place]),
        legal_months=int(batch.legal[place]),
        limit_months=0 if np.isnan(limit) else int(limit),
    )


def _reader(place: int, code: int) -> Any:
    """Return the reader of a column of numbers: a whole number, None where it is not computed."""

    def read(values: Any) -> int | None:
        value = values[place]
        hidden = np.isnan(value) or code not in (0, SHORT, EARLY, OTHERS)
        return None if hidden else int(value)

    return read


def _amount(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _percent(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value) * 100, 2 + 2)


def _day(value: np.datetime64) -> date | None:
    return None if np.isnat(value) else value.astype(object)


def _birthday(row: DepartureRow, months: int) -> date:
    return add_months_civil(row.question.naissance, months)


def _earliest(row: DepartureRow, opening: date | None) -> date | None:
    """Return the first effect date: the opening age, or a carrière longue."""
    if not np.isnan(row.long_career) and row.categorie == SEDENTAIRE:
        opening = min(opening or date.max, _birthday(row, int(row.long_career)))
    return None if opening is None else effect_date(days(opening))[0].astype(object)


def _reason(row: DepartureRow, computed: Pensions, place: int) -> str:
    code = int(computed.probleme[place])
    reason = PROBLEMS[code]
    if code == EARLY:
        first = _earliest(row, _day(computed.ouverture[place]))
        reason += f" ; effet au plus tôt le {date_text(first)}" if first else ""
    return " ".join([reason, *row.notes]).strip()


def _bracket(computed: _Table, place: int, code: int) -> Fourchette | None:
    if code != OTHERS:
        return None
    return Fourchette(
        sans_autre_trimestre=_amount(computed.low[place]),
        duree_atteinte=_amount(computed.high[place]),
    )


SUBJECT = Subject(
    name="pension",
    title="Compare des dates de départ à la retraite : droits, taux, montant brut et net.",
    question=PensionQuestion,
    answer=PensionAnswer,
    one=answer,
    many=answers,
)
