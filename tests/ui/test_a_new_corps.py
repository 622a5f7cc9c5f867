"""A corps that comes is rows: its screens open with the fewest, and say what they do not know."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from html import unescape

import pytest

from iprof_kit.base.paths import ROOT
from iprof_kit.ui.screens.et_si.form import read_event

CODE = "vigie"
PAPERS = {"source": "corps fictif de ce test", "confiance": "D"}
IN_GRADE = {"corps": CODE, "valide_du": "2017-09-01", **PAPERS}
ROWS = {
    "corps": [
        {"corps": CODE, "libelle": "Vigies de l’Éducation nationale", "degre": "2",
         "decret_statut": "décret fictif", "grades_ordonnes": "classe_normale>hors_classe",
         "gestion": "deconcentree_academique", **PAPERS},
    ],
    "libelles": [{"type": "corps", "code": CODE, "libelle": "Vigie de l’Éducation", **PAPERS}],
    "grilles": [
        IN_GRADE | {"grade": grade, "echelon": str(step), "indice_majore": str(390 + 37 * step)}
        for grade, steps in (("classe_normale", range(1, 8)), ("hors_classe", range(5, 9)))
        for step in steps
    ],
    "durees_echelon": [
        IN_GRADE | {"grade": "classe_normale", "echelon": str(step), "duree_mois": str(18 + step)}
        for step in range(1, 7)
    ],
}  # fmt: skip
"""The fewest rows of a corps: its name, its degree, its grid, how long an échelon lasts."""
OPENED = """
import json, sys
from datetime import date
from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.shared.menu import answered
line = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()[0]
plain = json.loads(line)
step = {**plain["echelons"][-1], "corps": sys.argv[1], "echelon": "4", "mode": "anciennete"}
plain |= {"corps": sys.argv[1], "libelle_corps": "Vigie de l’Éducation", "echelons": [step]}
dossier, today = Dossier.model_validate(plain), date(2027, 2, 3)
portal = Portal(lambda: Understudy(dossier, today))
pages = {path: portal.handle({"kind": "route", "path": path}).html for path in answered()}
json.dump(pages, sys.stdout)
"""
UNPREPARED = "n’a pas pu être préparé"
UNKNOWN = {
    "/dossier/carriere": "Corps Vigie de l’Éducation depuis",
    "/perspectives/promotions": "dont l’auteur est non calculé : période non couverte : qui décide "
    "(Vigies de l’Éducation nationale)",
    "/perspectives/ma-paie": "Primes de votre corps : non calculées",
    "/perspectives/retraite": "dernières connues. Indice de la grille",
    "/perspectives/autres-affectations": "ne disent pas les règles de mobilité de votre corps "
    "(Vigie de l’Éducation)",
    "/services": "Aucune campagne de mouvement pour votre situation",
    "/services/avancement": "aucune campagne de promotion de cette année n’est connue",
    "/services/rendez-vous": "ne prévoient aucun rendez-vous pour votre corps",
}
"""What each screen says of a corps of which the other tables say nothing."""


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every screen of a person of the corps, in a copy of the tables that has its rows."""
    copy = tmp_path_factory.mktemp("droit") / "reference"
    shutil.copytree(ROOT / "data" / "reference", copy)
    for name, rows in ROWS.items():
        with (copy / f"{name}.csv").open(encoding="utf-8", newline="") as reading:
            columns = next(csv.reader(reading))
        with (copy / f"{name}.csv").open("a", encoding="utf-8", newline="") as writing:
            csv.DictWriter(writing, columns, restval="").writerows(rows)
    run = subprocess.run(
        [sys.executable, "-c", OPENED, CODE], cwd=ROOT, capture_output=True, text=True,
        check=False, env={**os.environ, "IPROF_REFERENCE": str(copy)},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


def words_of(html):
    plain = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain)


def test_k05_every_screen_of_a_new_corps_opens(pages):
    assert [path for path, html in pages.items() if UNPREPARED in html] == []


@pytest.mark.parametrize("path", UNKNOWN)
def test_k05_a_screen_of_a_new_corps_says_what_it_does_not_know(pages, path):
    assert UNKNOWN[path] in words_of(pages[path])


def test_k05_what_the_fewest_rows_say_is_calculated(pages):
    assert "Le 6e échelon vient de plein droit en 2028" in words_of(
        pages["/perspectives/promotions"]
    )


@pytest.mark.parametrize(("corps", "refused"), [("chaire_sup", True), ("cpe", False)])
def test_k06_a_bonification_is_supposed_only_where_the_tables_shorten_an_echelon(corps, refused):
    typed = {"nature": "bonification", "echelon": "8"}
    event, errors = read_event(typed, corps, date(2027, 2, 3))
    assert (event is None) == refused
    assert [str(error) for error in errors.values()] == [
        "Les tables ne disent rien de tel pour votre corps. Choisissez un autre événement."
    ] * refused
