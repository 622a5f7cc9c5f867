"""A corps is data: no module, template or notebook names one, but where a text names it alone.

What differs from a corps to another is a column of a table (`base/reference.py` reads what a text
says of some of them); a corps that comes is rows. An exception is a module, the codes that it
names, and the text that names that corps alone, or why no law is in it.
"""

import ast
import re

import pytest

from iprof_kit.base.paths import NOTEBOOKS, ROOT, VOILA_TEMPLATES
from iprof_kit.base.reference import written_rows

PACKAGE = ROOT / "iprof_kit"
FORMER = "CGFP L. 556-6, ex loi 90-587 : les droits des anciens instituteurs, et leurs champs"
FICTITIOUS = "no law: a fictitious list, whose people are of this corps"
EXCEPTIONS = {
    "analytics/columns.py": ({"instituteur"}, FORMER),
    "analytics/promotions/candidates.py": ({"instituteur"}, FORMER),
    "analytics/promotions/example.py": ({"pe"}, FICTITIOUS),
    "calculate/atelier/files.py": ({"pe"}, FORMER),
    "calculate/campaign_game/people.py": ({"pe", "certifie"}, FICTITIOUS),
    "calculate/et_si/pension.py": ({"instituteur"}, FORMER),
    "careers/criteria.py": ({"instituteur"}, FORMER),
    "cv/lists.py": ({"agrege"}, "décret 72-580, art. 5 : la liste d’aptitude et ses pièces"),
    "law/mobility/first/score.py": ({"pe"}, "grille de la campagne 2018 : deux lignes sans points"),
    "law/pension/limits.py": ({"instituteur", "pe"}, FORMER),
    "law/promotion/procedures/model.py": ({"instituteur"}, FORMER),
    "law/promotion/viviers.py": ({"agrege"}, "décret 2017-786 : le second vivier des agrégés"),
    "ui/own_situation/one.py": ({"instituteur"}, FORMER),
    "ui/own_situation/pension_person.py": ({"instituteur", "pe"}, FORMER),
    "ui/screens/autres_parcours/question.py": ({"instituteur"}, FORMER),
    "ui/screens/retraite/entry.py": ({"instituteur"}, FORMER),
    "ui/screens/retraite/form.py": ({"instituteur"}, FORMER),
}
CODES = {row["corps"] for row in written_rows("corps")}
_LIST = re.compile(r"[;,|/ ]+")
_QUOTED = re.compile(r"""['"]([a-z_;]+)['"]""")
"""How a template or a notebook writes a code, where it compares with one."""


def codes_in(text):
    """Return the codes that a text is made of, or that a word with low lines holds."""
    words = [word for word in _LIST.split(text) if word]
    if words and set(words) <= CODES:
        return set(words)
    parts = (re.split(r"[^a-zà-ÿ]+", word) for word in words if "_" in word)
    return CODES & {part for of_a_word in parts for part in of_a_word}


def of_a_module(source):
    tree = ast.parse(source)
    said = {
        id(one.value)
        for one in ast.walk(tree)
        if isinstance(one, ast.Expr) and isinstance(one.value, ast.Constant)
    }
    texts = [
        one.value
        for one in ast.walk(tree)
        if isinstance(one, ast.Constant) and isinstance(one.value, str) and id(one) not in said
    ]
    return set().union(*map(codes_in, texts))


MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in PACKAGE.rglob("*.py")}
TEMPLATES = [
    path
    for room in (PACKAGE, NOTEBOOKS, VOILA_TEMPLATES)
    for path in sorted(room.rglob("*"))
    if path.suffix in {".html", ".j2", ".ipynb", ".js"} and "node_modules" not in path.parts
]


def test_k05_no_module_names_a_corps_but_where_a_text_names_it_alone():
    named = {name: of_a_module(path.read_text("utf-8")) for name, path in MODULES.items()}
    assert {name: codes for name, codes in named.items() if codes} == {
        name: codes for name, (codes, _text) in EXCEPTIONS.items()
    }


@pytest.mark.parametrize("room", ["iprof_kit", "notebooks", "voila_templates"])
def test_k06_no_template_compares_with_a_corps_or_lists_some(room):
    own = [path for path in TEMPLATES if path.is_relative_to(ROOT / room)]
    texts = {path.name: path.read_text("utf-8", errors="replace") for path in own}
    found = {name: CODES & set(_QUOTED.findall(text)) for name, text in texts.items()}
    assert {name: codes for name, codes in found.items() if codes} == {}


@pytest.mark.parametrize(
    ("planted", "seen"),
    [
        ("X = ('pe', 'instituteur')", {"pe", "instituteur"}),
        ("if corps == 'plp': pass", {"plp"}),
        ("X = 'certifie;agrege'", {"certifie", "agrege"}),
        ("X = f'hors_classe_agrege_{n}'", {"agrege"}),
        ("X = 'les services d’un instituteur'", set()),
        ("'''pe'''", set()),
    ],
)
def test_k05_the_search_sees_a_planted_corps(planted, seen):
    assert of_a_module(planted) == seen
