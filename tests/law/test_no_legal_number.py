"""The law is data: no number of the law is written in law/*.py."""

import ast
from pathlib import Path

import pytest

import iprof_kit.law

FOLDER = Path(iprof_kit.law.__file__).parent
ALLOWED = {
    0: "rien, premier",
    1: "un, suivant (et −1 : absent)",
    2: "première ligne de données d’un fichier CSV",
    12: "mois de l’année",
    30: "jours du mois",
    100: "temps plein, pour cent",
    360: "jours de l’année",
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_no_legal_number(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and type(node.value) in (int, float):
            assert node.value in ALLOWED, f"{path.name}, ligne {node.lineno} : {node.value}"


def test_the_check_sees_a_legal_number():
    numbers = [n.value for n in ast.walk(ast.parse("x = 36 * 30")) if isinstance(n, ast.Constant)]
    assert [number for number in numbers if number not in ALLOWED] == [36]
