"""Where a person stands as she types it: all of it, or its date alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from iprof_kit.base.asked import Answers, Asked
from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.kit.fields import DATE_HINT, chosen, fields_of, read_past_day
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.shared import text

Errors = Mapping[str, KitError]


def situation_fields(values: Answers, errors: Errors) -> tuple[Field, ...]:
    """Return the fields; the lists of grades, échelons and chevrons follow the corps chosen."""
    return fields_of(_situation(values), values, errors)


def _situation(values: Answers) -> Iterator[Asked]:
    names = law_facts.corps_names()
    corps = chosen(values, "corps", tuple(names))
    grades = law_facts.grades(corps)
    grade = chosen(values, "grade", grades)
    echelon = chosen(values, "echelon", law_facts.echelons(corps, grade))
    chevrons = law_facts.chevrons(corps, grade, echelon)
    read = tuple(names.items())
    yield Asked("corps", "Corps", choices=read)
    named = tuple((g, text.grade_words(g).capitalize() or "Grade unique") for g in grades)
    yield Asked("grade", "Grade", choices=named)
    yield _echelon(corps, grade)
    if chevrons:
        yield Asked(
            "chevron",
            "Chevron",
            hint="Le groupe hors échelle inscrit sur votre bulletin de paie",
            choices=tuple((one, one) for one in chevrons),
        )
    what = "du chevron" if chevrons else "de l’échelon"
    yield Asked("date_effet", f"Date d’effet {what}", "day", DATE_HINT, needed=True)
    yield Asked(
        "date_naissance",
        "Date de naissance",
        "day",
        "Pour arrêter le calcul à votre limite d’âge",
    )
    shares = tuple((str(q), f"{q}{text.NBSP}%") for q in law_facts.quotites(corps))
    yield Asked("quotite", "Temps de travail", choices=shares)


def _echelon(corps: str, grade: str) -> Asked:
    known = law_facts.echelons(corps, grade)
    return Asked("echelon", "Échelon", choices=tuple((e, text.echelon_label(e)) for e in known))


def date_fields(situation: Situation, values: Answers | None, errors: Errors) -> tuple[Field, ...]:
    """Return the small form of « Ma date est fausse » for one situation."""
    corps, grade = situation.corps or "", situation.grade or ""
    filed = {
        "echelon": situation.echelon or "",
        "chevron": situation.chevron or "",
        "date_effet": text.typed_day(situation.date_effet),
    }
    echelons = law_facts.echelons(corps, grade)
    asked = [_echelon(corps, grade)]
    if every := {c for e in echelons for c in law_facts.chevrons(corps, grade, e)}:
        choices = (("", "aucun"), *((one, one) for one in sorted(every)))
        asked.append(Asked("chevron", "Chevron", hint="Facultatif", choices=choices))
    asked.append(Asked("date_effet", "Date d’effet", "day", DATE_HINT, needed=True))
    return fields_of(asked, filed if values is None else values, errors)


def read_situation(
    values: Mapping[str, str], today: date
) -> tuple[Situation | None, dict[str, KitError]]:
    """Return the situation typed, or None with an error for each field concerned."""
    errors: dict[str, KitError] = {}
    days: dict[str, date | None] = {"date_naissance": None}
    for name in ("date_effet", "date_naissance"):
        typed = values.get(name, "")
        if name == "date_naissance" and not typed.strip():
            continue
        try:
            days[name] = read_past_day(typed, today)
        except InputError as error:
            errors[name] = error
    birth, effect = days.get("date_naissance"), days.get("date_effet")
    if birth and effect and birth >= effect:
        errors["date_naissance"] = InputError(
            "La date de naissance suit la date d’effet.", remedy="Vérifiez l’ordre des deux dates."
        )
    if errors or effect is None:
        return None, errors
    corps = chosen(values, "corps", tuple(law_facts.corps_names()))
    grade = chosen(values, "grade", law_facts.grades(corps))
    echelon = chosen(values, "echelon", law_facts.echelons(corps, grade))
    chevrons = law_facts.chevrons(corps, grade, echelon)
    return Situation(
        corps=corps,
        grade=grade,
        echelon=echelon,
        chevron=chosen(values, "chevron", chevrons) or None,
        date_effet=effect,
        date_naissance=birth,
        quotite=int(chosen(values, "quotite", tuple(map(str, law_facts.quotites(corps))))),
    ), {}
