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
from iprof_kit.ui.kit.guarded import UNAVAILABLE
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


def own_rows(code, singular, plural, grades, of_grades=(), **of_corps):
    """Return the rows without which no screen opens: the corps, its name, those of its grades."""
    return {
        "corps": [{"corps": code, "libelle": plural, "degre": "2", "grades_ordonnes": grades,
                   "decret_statut": "décret fictif", "gestion": "nationale", **of_corps, **PAPERS}],
        "libelles": [
            {"type": kind, "code": one, "libelle": words, **PAPERS}
            for kind, one, words in (("corps", code, singular), *of_grades)
        ],
    }  # fmt: skip


def of_grid(table, code, grades, steps, **columns):
    """Return a row a grade and échelon, each column a function of the échelon."""
    of_code = {"corps": code, "valide_du": "2017-09-01", **PAPERS}
    return {
        table: [
            of_code
            | {"grade": grade, "echelon": str(step)}
            | {name: str(value(step)) for name, value in columns.items()}
            for grade in grades
            for step in steps
        ]
    }


def rising(echelon):
    return 380 + 50 * echelon


THREE = ("classe_normale", "hors_classe", "classe_exceptionnelle")
OWN_GRADES = [
    ("grade", "premier_grade", "premier grade"),
    ("grade", "second_grade", "second grade"),
]
OTHERS = {
    # one grade, at the top of a grid whose last échelon has no length; no hours, no meeting
    "huissier": own_rows("huissier", "Huissier des savoirs", "Huissiers des savoirs",
                         "grade_unique")
    | of_grid("grilles", "huissier", ["grade_unique"], range(1, 6), indice_majore=rising)
    | of_grid("durees_echelon", "huissier", ["grade_unique"], range(1, 5), duree_mois=lambda _: 30),
    # three grades, and no table that says who is promouvable to the last
    "tuteur": own_rows("tuteur", "Tuteur des études", "Tuteurs des études", ">".join(THREE))
    | {"corps_particularites": [{"cle": "mouvement", "corps": "tuteur", "valeur": "2d", **PAPERS}]}
    | of_grid("grilles", "tuteur", THREE, range(1, 6), indice_majore=rising)
    | of_grid("durees_echelon", "tuteur", THREE, range(1, 6),
              duree_mois=lambda n: 30 if n < 5 else ""),
    # the first degree, grades of its own; no prime, no campaign
    "veilleur": own_rows("veilleur", "Veilleur des écoles", "Veilleurs des écoles",
                         "premier_grade>second_grade", OWN_GRADES, degre="1")
    | of_grid("grilles", "veilleur", ["premier_grade", "second_grade"], range(1, 5),
              indice_majore=rising)
    | of_grid("durees_echelon", "veilleur", ["premier_grade", "second_grade"], range(1, 5),
              duree_mois=lambda n: 24 if n < 4 else ""),
    # nothing but its name
    "jardinier": own_rows("jardinier", "Jardinier des lycées", "Jardiniers des lycées",
                          "classe_normale>hors_classe"),
}  # fmt: skip
OPENED = """
import json, sys
from datetime import date
from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.rehearsal import Understudy
from iprof_kit.ui.shared.menu import answered
line = (SAMPLE / "dossiers.jsonl").read_text(encoding="utf-8").splitlines()[0]
sample, today = json.loads(line), date(2027, 2, 3)


def opened(corps, name, grade, echelon):
    step = {**sample["echelons"][-1], "corps": corps, "grade": grade, "echelon": echelon,
            "mode": "anciennete"}
    plain = sample | {"corps": corps, "libelle_corps": name, "echelons": [step]}
    portal = Portal(lambda: Understudy(Dossier.model_validate(plain), today))
    paths = [path for path in answered() if not path.startswith("/aide")]
    return {path: portal.handle({"kind": "route", "path": path}).html for path in paths}


json.dump({person[0]: opened(*person) for person in json.loads(sys.argv[1])}, sys.stdout)
"""
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


PEOPLE = [
    (CODE, "Vigie de l’Éducation", "classe_normale", "4"),
    ("huissier", "Huissier des savoirs", "grade_unique", "5"),
    ("tuteur", "Tuteur des études", "hors_classe", "3"),
    ("veilleur", "Veilleur des écoles", "premier_grade", "2"),
    ("jardinier", "Jardinier des lycées", "classe_normale", "3"),
    ("pe", "Professeur des écoles", "hors_classe", "4"),
]
"""Each corps, where its person stands; a known one beside them, whom their rows must not touch."""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """Every screen of a person of each corps, in one copy of the tables that has their rows."""
    copy = tmp_path_factory.mktemp("droit") / "reference"
    shutil.copytree(ROOT / "data" / "reference", copy)
    for name, rows in (pair for of_one in (ROWS, *OTHERS.values()) for pair in of_one.items()):
        with (copy / f"{name}.csv").open(encoding="utf-8", newline="") as reading:
            columns = next(csv.reader(reading))
        with (copy / f"{name}.csv").open("a", encoding="utf-8", newline="") as writing:
            csv.DictWriter(writing, columns, restval="").writerows(rows)
    run = subprocess.run(
        [sys.executable, "-c", OPENED, json.dumps(PEOPLE)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "IPROF_REFERENCE": str(copy)},
    )
    assert run.returncode == 0, run.stderr[-3000:]
    return json.loads(run.stdout)


@pytest.fixture
def pages(drawn):
    return drawn[CODE]


def words_of(html):
    plain = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\u00a0", " ")
    return re.sub(r"\s+", " ", plain)


@pytest.mark.parametrize("corps", [person[0] for person in PEOPLE])
def test_k05_every_screen_of_a_new_corps_opens(drawn, corps):
    closed = {path: html for path, html in drawn[corps].items() if UNAVAILABLE in html}
    assert {path: words_of(html) for path, html in closed.items()} == {}


MISSING = {
    ("huissier", "/perspectives/ma-paie"): "La durée de cet échelon n’est pas connue (huissier des "
    "savoirs, 5e échelon). Ce kit ne connaît pas toutes les durées d’échelon de ce corps.",
    ("tuteur", "/perspectives/promotions"): "Promotion à la classe exceptionnelle : non calculée.",
    ("jardinier", "/perspectives/ma-paie"): "La grille de ce grade n’est pas connue (jardinier des "
    "lycées de classe normale). Ce kit ne connaît aucun échelon de ce grade.",
    ("jardinier", "/perspectives/retraite"): "Droit à pension : 20 mai 2055",
}


@pytest.mark.parametrize(("corps", "path"), MISSING)
def test_k05_what_is_missing_of_a_corps_is_named(drawn, corps, path):
    assert MISSING[corps, path] in words_of(drawn[corps][path])


def test_k05_no_echelon_is_said_the_last_where_the_tables_do_not_say(drawn):
    carriere = words_of(drawn["huissier"]["/dossier/carriere"])
    assert "Vous êtes au 5e échelon depuis 2 ans 5 mois" in carriere
    assert "le dernier de votre grade" not in carriere


def test_k05_a_known_corps_keeps_its_promotions_beside_one_of_which_nothing_is_said(drawn):
    assert "La classe exceptionnelle est possible dès 2027" in words_of(
        drawn["pe"]["/perspectives/promotions"]
    )


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
