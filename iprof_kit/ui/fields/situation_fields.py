"""The fields by which a person types where she stands: all of it, or its date alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from iprof_kit.base.errors import InputError, KitError
from iprof_kit.calculate.guides import law_facts
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.ui.fields.forms import chosen, read_past_day
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.shared import text

DATE_HINT = f"Jour, mois, année{text.NBSP}: 01/09/2024"


def situation_fields(
    values: Mapping[str, str], errors: Mapping[str, KitError]
) -> tuple[Field, ...]:
    """Return the fields; the lists of grades, échelons and chevrons follow the corps chosen."""
    names = law_facts.corps_names()
    corps = chosen(values, "corps", tuple(names))
    grades = law_facts.grades(corps)
    grade = chosen(values, "grade", grades)
    echelons = law_facts.echelons(corps, grade)
    echelon = chosen(values, "echelon", echelons)
    chevrons = law_facts.chevrons(corps, grade, echelon)
    fields = [
        Field("corps", "Corps", options=_options(names.items(), corps)),
        Field(
            "grade",
            "Grade",
            options=_options(
                ((g, text.grade_words(g).capitalize() or "Grade unique") for g in grades), grade
            ),
        ),
        Field(
            "echelon",
            "Échelon",
            options=_options(((e, text.echelon_label(e)) for e in echelons), echelon),
        ),
    ]
    if chevrons:
        fields.append(
            Field(
                "chevron",
                "Chevron",
                hint="Le groupe hors échelle inscrit sur votre bulletin de paie",
                options=_options(((c, c) for c in chevrons), chosen(values, "chevron", chevrons)),
            )
        )
    what = "du chevron" if chevrons else "de l’échelon"
    fields += [
        _typed("date_effet", f"Date d’effet {what}", values, errors, DATE_HINT),
        _typed(
            "date_naissance",
            "Date de naissance",
            values,
            errors,
            "Pour arrêter le calcul à votre limite d’âge",
            optional=True,
        ),
        Field(
            "quotite",
            "Temps de travail",
            options=_options(
                ((str(q), f"{q}{text.NBSP}%") for q in law_facts.quotites(corps)),
                chosen(values, "quotite", tuple(map(str, law_facts.quotites(corps)))),
            ),
        ),
    ]
    return tuple(fields)


def date_fields(
    situation: Situation, values: Mapping[str, str] | None, errors: Mapping[str, KitError]
) -> tuple[Field, ...]:
    """Return the small form of « Ma date est fausse » for one situation."""
    corps, grade = situation.corps or "", situation.grade or ""
    shown = (
        values
        if values is not None
        else {
            "echelon": situation.echelon or "",
            "chevron": situation.chevron or "",
            "date_effet": text.typed_day(situation.date_effet),
        }
    )
    echelons = law_facts.echelons(corps, grade)
    echelon = chosen(shown, "echelon", echelons)
    fields = [
        Field(
            "echelon",
            "Échelon",
            options=_options(((e, text.echelon_label(e)) for e in echelons), echelon),
        )
    ]
    every = {c for e in echelons for c in law_facts.chevrons(corps, grade, e)}
    if every:
        fields.append(
            Field(
                "chevron",
                "Chevron",
                optional=True,
                options=_options(
                    [("", "aucun"), *((c, c) for c in sorted(every))], shown.get("chevron", "")
                ),
            )
        )
    fields.append(_typed("date_effet", "Date d’effet", shown, errors, DATE_HINT))
    return tuple(fields)


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


def _options(pairs: Iterable[tuple[str, str]], current: str) -> tuple[Option, ...]:
    return tuple(Option(value, text.french(label), value == current) for value, label in pairs)


def _typed(
    name: str,
    label: str,
    values: Mapping[str, str],
    errors: Mapping[str, KitError],
    hint: str,
    *,
    optional: bool = False,
) -> Field:
    error = errors.get(name)
    return Field(
        name,
        label,
        values.get(name, ""),
        hint,
        optional=optional,
        numeric=True,
        error=text.sentence(error.message) if error else "",
        remedy=text.french(error.remedy) if error else "",
    )
