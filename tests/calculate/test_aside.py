"""A side answer never stops a main one: each table is emptied for the period of the question."""

import json
import re
from datetime import date
from functools import cache

import pytest
from emptied import emptied

from iprof_kit.base.errors import LawError, PeriodNotCovered
from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.interface.aside import aside
from iprof_kit.calculate.subjects import ask

DAY = date(2026, 11, 25)
PAGE = (ROOT / "docs" / "calculations.md").read_text(encoding="utf-8")
MAIN = {
    "echelon": ("echelon_suivant", "date_normale", "date_effet_suivant"),
    "career": ("scenarios.etapes.date", "scenarios.etapes.traitement"),
    "et-si": ("scenarios.etapes.date", "scenarios.cumul_net"),
    "promotion": ("promouvable", "condition"),
    "rendez-vous": ("convoque", "rendez_vous"),
    "tirage": ("premiere_campagne", "lignes.par_les_barres"),
}
"""What answers the question itself, in the worked example of each subject."""


NOTHING_SAID = {
    ("career", "temps_partiel"), ("rendez-vous", "temps_partiel"),  # full time
    ("et-si", "decideurs"),  # no decision in the example
}  # fmt: skip


def question_of(name):
    """The worked example of a subject in docs/calculations.md."""
    section = re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", PAGE, re.M | re.S)[1]
    return json.loads(re.search(r"^```json\n(.*?)^```", section, re.M | re.S)[1])


def read(value, path):
    head, _, rest = path.partition(".")
    if isinstance(value, list):
        return [read(item, path) for item in value]
    return read(value[head], rest) if rest else value[head]


QUICK = {"tirage": {"tirer": False}}
"""What spares time where the whole answer is not read."""


@cache
def main_of(name):
    return answered(name, **QUICK.get(name, {}))[0]


def answered(name, **changes):
    found = ask(name, question_of(name) | changes).model_dump(mode="json")
    return [read(found, path) for path in MAIN[name]], json.dumps(found, ensure_ascii=False)


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("echelon", "decideurs"),
        ("career", "decideurs"),
        ("career", "bareme_classe_exceptionnelle"),
        ("career", "temps_partiel"),
        ("et-si", "decideurs"),
        ("promotion", "decideurs"),
        ("promotion", "ratios_promotion"),
        ("promotion", "reclassement"),
        ("rendez-vous", "rendez_vous_delais"),
        ("rendez-vous", "temps_partiel"),
        ("tirage", "ratios_promotion"),
    ],
)
def test_a_table_emptied_for_a_period_stops_no_main_answer(name, table, monkeypatch):
    main = main_of(name)
    with emptied(table, DAY, monkeypatch):
        same, text = answered(name)
    assert same == main
    assert "non calculé" in text or (name, table) in NOTHING_SAID


def test_a_career_without_known_retirement_goes_on_and_says_so(monkeypatch):
    with emptied("parametres_pension", DAY, monkeypatch):
        found = ask("career", question_of("career"))
    assert found.retraite is None
    assert found.non_calcules[0].startswith("retraite : non calculé")
    assert found.scenarios[0].etapes[1].date == date(2027, 9, 1)


def test_a_main_table_emptied_is_named(monkeypatch):
    with (
        emptied("rendez_vous_carriere", DAY, monkeypatch),
        pytest.raises(LawError, match="rendez_vous_carriere"),
    ):
        ask("rendez-vous", question_of("rendez-vous"))


def test_the_reason_is_that_of_the_law_and_another_fault_is_not_hidden():
    def uncovered():
        raise PeriodNotCovered("période non couverte.", where="table")

    assert aside(uncovered) == (None, "non calculé : période non couverte")
    assert aside(lambda: 3) == (3, "")
    with pytest.raises(ZeroDivisionError):
        aside(lambda: 1 // 0)
