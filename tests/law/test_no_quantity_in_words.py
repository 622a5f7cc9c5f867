"""Words of calculations, and of the screens of their reasons: no new quantity of the law there.

Those that are still written are listed here, by file: each is to be read in its table, and leaves
the list with it. Nothing may be added.
"""

import ast
import re

import pytest
from quantities import QUANTITY

from iprof_kit.base.paths import ROOT
from iprof_kit.base.words import NBSP

KIT = ROOT / "iprof_kit"
_FRACTION = re.compile(r"^\d[,/]\d$")
"""« 1/6 » of a date to type, « 1,5 » of an example: these texts are full of them."""
LEFT = {
    "calculate/anciennetes/question.py": ["7 années"],
    "calculate/career/quota.py": ["deux années", "deux ans"],
    "calculate/career/rendez_vous_question.py": ["15 jours"],
    "calculate/pay/question.py": ["trentièmes"],
    "calculate/pension/answer.py": ["six mois", "trois enfants"],
    "calculate/pension/columns.py": ["six mois"],
    "calculate/pension/extras.py": ["50 %", "90 %"],
    "calculate/pension/question.py": [
        "16 ans", "18 ans", "20 ans", "21 ans", "50 %", "60 %", "70 %", "80 %", "80 %",
        "cinquante ans", "quatre trimestres", "quinze ans", "trois enfants",
    ],
    "calculate/pension/texts.py": ["cinq ans", "douze trimestres", "trois enfants", "trois mois"],
    "calculate/requests/question.py": ["2 mois"],
    "ui/screens/ma_paie/unsaid.py": ["0 %", "1 %", "neuvièmes"],
}  # fmt: skip
OF_NO_LAW = {
    "calculate/anciennetes/calculation.py": ["0 jour"],
    "calculate/et_si/answer.py": ["douzièmes"],
    "calculate/interface/fields.py": ["360 jours"],
    "calculate/interface/situation.py": ["360 jours"],
    "calculate/paths/question.py": ["360 jours", "deux fois"],
    "calculate/pay/question.py": ["Douze fois", "douze mois", "douzièmes", "douzièmes"],
    "calculate/pay/sheet.py": ["deux fois"],
    "ui/screens/ma_paie/screen.py": ["deux mois"],
    "ui/screens/ma_paie/steps.py": ["douzièmes"],
    "ui/screens/ma_paie/view.py": ["douzièmes"],
    "ui/screens/promotions/instrument.py": ["deux ans"],
    "ui/screens/atelier/atelier_folds.html": ["douzièmes", "vingt ans"],
    "ui/screens/atelier/pair.py": ["cinq fois", "deux fois", "quatre fois", "trois fois"],
    "ui/screens/atelier/takeaway/choices.py": ["1 an", "2 ans", "3 ans"],
    "ui/screens/atelier/takeaway/handout.py": ["douzièmes"],
    "ui/screens/atelier/takeaway/page.html": ["4 %", "douzièmes"],
    "ui/screens/campagne_jeu/view.py": ["Deux fois"],
    "ui/screens/et_si/et_si_folds.html": ["2 %", "Deux années", "douzièmes"],
    "ui/screens/et_si/ideas.py": ["trois ans", "trois ans"],
    "ui/screens/et_si/sharing.py": ["trois mois"],
    "ui/screens/projecteur/projecteur_parts.html": ["5 %"],
    "ui/screens/tableau/rows.py": ["1%", "1%"],
}
"""The calendar of services, what a person supposes herself, a way of speaking, what counts the
rows of a template."""
SCREENS = ("promotions", "formation", "ma_situation", "desk", "ma_paie", "autres_affectations",
           "autres_parcours", "siac", "et_si", "tableau", "atelier", "campagne_jeu",
           "projecteur")  # fmt: skip
"""Those whose reasons are the trace."""
PLAY = {"atelier", "lessons", "campaign_game", "played_lesson.py"}
"""Rooms of trainers: their sentences are checked against the law elsewhere."""


def written_in(path):
    """Return the quantities of the texts of a file, its docstrings and its template tags apart."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        texts = texts_of(ast.parse(text))
    else:
        texts = [re.sub(r"\{[%{#].*?[%}#]\}|<[^>]*>", " ", text, flags=re.DOTALL)]
    plain = (one.replace(NBSP, " ").replace("&nbsp;", " ") for one in texts)
    every = (met for one in plain for met in QUANTITY.findall(one))
    return [met for met in every if not _FRACTION.search(met)]


def texts_of(tree):
    """Return the texts of a module that are not its documentation."""
    holders = (ast.Module, ast.ClassDef, ast.FunctionDef)
    documents = {
        id(line.value)
        for node in ast.walk(tree)
        if isinstance(node, holders)
        for line in node.body
        if isinstance(line, ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documents
    ]


def files():
    calculate = KIT / "calculate"
    for path in calculate.rglob("*.py"):
        if path.relative_to(calculate).parts[0] not in PLAY:
            yield path
    for folder in [KIT / "ui" / "scenarios", *(KIT / "ui" / "screens" / name for name in SCREENS)]:
        yield from folder.rglob("*.py")
        yield from folder.rglob("*.html")


def test_no_quantity_of_the_law_is_added_to_the_words_of_a_calculation():
    written = {path.relative_to(KIT).as_posix(): sorted(written_in(path)) for path in files()}
    known = {name: sorted([*LEFT.get(name, []), *OF_NO_LAW.get(name, [])]) for name in written}
    assert written == known
    assert {*LEFT, *OF_NO_LAW} <= set(written)


@pytest.mark.parametrize("subject", ["career/why.py", "career/texts.py", "interface/why.py"])
def test_the_one_why_writes_no_quantity(subject):
    assert written_in(KIT / "calculate" / subject) == []
