"""The guide on updating the law, replayed: rows entered in a copy, and everything follows."""

import json
import os
import subprocess
import sys

import pytest
from decree_entered import SOURCE, entered

from iprof_kit.base.paths import ROOT
from iprof_kit.law.tables.loading import table

ANSWERS = """
import json, sys
from datetime import date
from iprof_kit.calculate import ask
from iprof_kit.calculate.career.calculation import answer
from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.interface.situation import Situation
from iprof_kit.commands.law import written
from iprof_kit.ui.screens.guides.textes import texte
def pay(day):
    return ask("pay", {"corps": "pe", "grade": "classe_normale", "echelon": "7", "zone": 3,
                       "date": day, "primes_usuelles": True}).model_dump(mode="json")
situation = Situation(corps="pe", grade="classe_normale", echelon="7", date_effet=date(2025, 9, 1),
                      date_naissance=date(1991, 5, 20))
career = answer(CareerQuestion(situation=situation, scenarios=(Scenario(),),
                               aujourdhui=date(2026, 11, 25), expliquer=True))
json.dump({
    "pay": {day: pay(day) for day in ("2026-12-01", "2027-01-01", "2027-08-01", "2027-09-01")},
    "career": career.model_dump(mode="json"),
    "pages": written(None),
    "screen": [[cell for row in one.rows for cell in row] for one in texte("paie").tables
               if one.name == "point_indice"][0],
}, sys.stdout)
"""


@pytest.fixture(scope="module")
def new_law(tmp_path_factory):
    folder = entered(tmp_path_factory.mktemp("droit") / "reference")
    run = subprocess.run(
        [sys.executable, "-c", ANSWERS],
        cwd=ROOT, env={**os.environ, "IPROF_REFERENCE": str(folder)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


@pytest.fixture(scope="module")
def index():
    grid = table("grilles")
    rows = grid[(grid["corps"] == "pe") & (grid["grade"] == "classe_normale")]
    (found,) = rows[(rows["echelon"] == "7") & rows["valide_au"].isna()]["indice_majore"]
    return int(found)


def gross(month):
    return next(line["montant"] for line in month["lignes"] if line["nature"] == "gain")


def test_the_pay_follows_the_point_from_its_day(new_law, index):
    paid = {day: gross(month) for day, month in new_law["pay"].items()}
    assert paid["2026-12-01"] == pytest.approx(index * 59.0734 / 12, abs=0.005)
    assert paid["2027-01-01"] == pytest.approx(index * 5, abs=0.005)


def test_a_prime_withdrawn_leaves_the_payslip_on_its_day_and_no_error(new_law):
    received = {
        day: "ISAE_FIXE" in {line["code"] for line in month["lignes"]}
        for day, month in new_law["pay"].items()
    }
    assert received == {
        "2026-12-01": True, "2027-01-01": True, "2027-08-01": True, "2027-09-01": False,
    }  # fmt: skip


def test_the_next_echelon_follows_the_new_duration_with_its_reason(new_law):
    # the seventh échelon of 1 September 2025: 30 months since the decree, 36 before
    (_, eighth, *_) = new_law["career"]["scenarios"][0]["etapes"]
    assert (eighth["echelon"], eighth["date"]) == ("8", "2028-03-01")
    reason = eighth["explication"]
    assert any(SOURCE in text["texte"] for text in reason["sources"])
    assert "2 ans 6 mois" in json.dumps(reason, ensure_ascii=False).replace("\u00a0", " ")


def test_the_pages_and_the_screen_of_the_texts_show_the_new_row(new_law):
    assert new_law["pages"]["paie.md"].count(SOURCE) >= 1
    assert "2027-01-01" in new_law["screen"]
    assert any(SOURCE in words for words in new_law["screen"])
