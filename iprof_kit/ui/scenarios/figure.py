"""The figure of scenarios and the words that go with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from iprof_kit.calculate.career.question import CareerAnswer, ScenarioAnswer
from iprof_kit.calculate.guides.law import facts as law_facts
from iprof_kit.ui.figures.charts import YOU, Career, Point, Series
from iprof_kit.ui.figures.charts_svg import career_charts
from iprof_kit.ui.kit.parts import KEYS
from iprof_kit.ui.shared import text


def figures(
    answer: CareerAnswer, title: str, *, names: Sequence[str] = (), apart: date | None = None
) -> tuple[str, ...]:
    """Return the figure for the whole width of a page, then for phones.

    `names` replaces the grade at the end of each line; `apart` draws the lines apart from there.
    """
    figure = career(answer, title, names=names)
    you = "aujourd’hui" if names else YOU
    return career_charts(replace(figure, split=figure.split or apart, you=you))


def career(answer: CareerAnswer, title: str, *, names: Sequence[str] = ()) -> Career:
    """Return what the figure of an answer shows."""
    series = tuple(
        _series(key, scenario, names[rank].partition(",")[0] if names else "")
        for rank, (key, scenario) in enumerate(zip(KEYS, answer.scenarios, strict=False))
    )
    gap = answer.difference
    return Career(
        series,
        today=answer.aujourdhui,
        end=answer.fin,
        split=gap.debut if gap else None,
        gap=text.signed_euros(gap.cumul) if gap and gap.debut else "",
        title=title,
        desc=_description(answer),
    )


def _series(key: str, scenario: ScenarioAnswer, name: str) -> Series:
    steps = [s for s in scenario.etapes if s.nature != "limite_age"]
    points = tuple(
        Point(
            s.date,
            s.traitement,
            point_label(s.grade, s.echelon, s.chevron),
            bool({"date", "indice", "traitement"} & set(s.a_verifier)),
        )
        for s in steps
    )
    end = steps[-1]
    head = name or text.grade_words(end.grade) or "grade unique"
    place = f"{text.echelon_label(end.echelon)}, {text.money(end.traitement)}"
    return Series(key, points, f"{key} : {head}", place)


def point_label(grade: str, echelon: str, chevron: str | None) -> str:
    """Return « 7e », « HC 2e », « HEA2 »: a step in the fewest letters."""
    prefix = {"hors_classe": "HC ", "classe_exceptionnelle": "CE "}.get(grade, "")
    return prefix + (chevron or text.nth(echelon))


def _description(answer: CareerAnswer) -> str:
    lines = []
    if answer.difference and not any(scenario.contrefactuel for scenario in answer.scenarios):
        debut = answer.difference.debut
        lines.append(
            f"Les deux scénarios sont égaux jusqu’au {text.day(debut)}."
            if debut
            else "Les deux scénarios se confondent."
        )
    for key, scenario in zip(KEYS, answer.scenarios, strict=False):
        steps = [s for s in scenario.etapes if s.nature != "limite_age"]
        first, last = steps[0], steps[-1]
        lines.append(
            f"{key} reste à {text.money(first.traitement)}."
            if first.traitement == last.traitement
            else f"{key} va de {text.money(first.traitement)} en {first.date.year} à "
            f"{text.money(last.traitement)}, atteints en {last.date.year}."
        )
    lines.append("Mêmes valeurs dans le tableau qui suit.")
    return " ".join(lines)


def figure_title(answer: CareerAnswer) -> str:
    """Return « Traitement brut mensuel à 80 %, de 2024 à 2046 »."""
    return (
        f"Traitement brut mensuel {share_text(answer)}, de {_first_day(answer).year} à "
        f"{answer.fin.year}"
    )


def figure_note(answer: CareerAnswer) -> str:
    """Return how to read the figure."""
    note = "Chaque marche est un échelon. "
    debut = answer.difference.debut if answer.difference else None
    supposed = any(scenario.contrefactuel for scenario in answer.scenarios)
    if supposed:
        note += "A en trait plein et ronds, B en tirets et carrés. "
    elif debut:
        note += (
            f"Jusqu’au {text.day(debut)}, A et B se confondent ; ensuite, A en "
            "trait plein et ronds, B en tirets et carrés. "
        )
    return note + (
        f"Après le {text.day(answer.aujourdhui)}, simulation aux règles connues à ce "
        "jour. HC : hors classe ; CE : classe exceptionnelle."
    )


def table_note(answer: CareerAnswer) -> str:
    """Return what the amounts of the table are."""
    shares = _shares(answer)
    kind = answer.situation.type_temps_partiel
    paid = law_facts.paid_as(shares[0], kind) if len(set(shares)) == 1 else ""
    share = share_text(answer) + (f" ({paid})" if paid else "")
    return (
        f"Traitement brut mensuel {share}, hors primes et indemnités. Euros constants, valeur du "
        f"point {answer.annee_point}. En gras : ce qui change à la date. IM : indice majoré."
    )


def _shares(answer: CareerAnswer) -> list[int]:
    default = answer.situation.quotite
    return [s.scenario.quotite or default for s in answer.scenarios]


def share_text(answer: CareerAnswer) -> str:
    """Return « à 80 % », for each scenario where they differ."""
    shares = _shares(answer)
    if len(set(shares)) == 1:
        return f"à {shares[0]}{text.NBSP}%"
    return " et ".join(
        f"à {share}{text.NBSP}% ({key})" for share, key in zip(shares, KEYS, strict=False)
    )


def _first_day(answer: CareerAnswer) -> date:
    return min(s.etapes[0].date for s in answer.scenarios)
