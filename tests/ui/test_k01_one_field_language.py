"""A field is described once, whoever asks it; what is typed is kept by one carnet."""

import ast
from datetime import date
from pathlib import Path

import pytest

from iprof_kit.base.asked import Asked, Group
from iprof_kit.base.errors import InputError
from iprof_kit.cv.person import Identite
from iprof_kit.ui.kit.fields import fields_of, read_fields, yes_or_no
from iprof_kit.ui.shared.worded import facts_of, figure, worded

KIT = Path(__file__).parents[2] / "iprof_kit"
TODAY = date(2027, 3, 9)
SHOWN = {"Asked"}
"""The description; what screens and the CV show is it, with what was typed."""


def described(one):
    """Return whether a class describes a field: its name, its words, how it is answered."""
    own = {part.target.id for part in one.body if isinstance(part, ast.AnnAssign)}
    return {"name", "label"} <= own and bool(own & {"kind", "choices", "options"})


def test_k01_no_second_class_describes_a_field():
    found = {
        one.name
        for path in KIT.rglob("*.py")
        for one in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(one, ast.ClassDef) and described(one)
    }
    assert found == SHOWN


def test_k01_one_carnet_does_what_is_asked_of_a_carnet():
    asked = ("carnet_garder_ici", "carnet_prendre_autre")
    holding = [
        path.relative_to(KIT).as_posix()
        for path in KIT.rglob("*.py")
        if all(name in path.read_text(encoding="utf-8") for name in asked)
    ]
    assert holding == ["ui/kit/carnet/by_field.py"]


def shown(asked, value="", error=None):
    return fields_of([asked], {asked.name: value}, {asked.name: error} if error else {})[0]


@pytest.mark.parametrize(
    ("hint", "said"),
    [
        ("", "jj/mm/aaaa"),
        ("Celui de l’acte", "Celui de l’acte. jj/mm/aaaa"),
        ("Jour, mois, année ; ou adoption", "Jour, mois, année ; ou adoption"),
    ],
)
def test_k01_every_day_says_how_it_is_written(hint, said):
    assert shown(Asked("depuis", "Depuis le", "day", hint)).hint == said


def test_k01_what_may_be_left_empty_is_said_so_where_it_is_typed():
    assert shown(Asked("mois", "Mois", "number")).optional
    assert not shown(Asked("mois", "Mois", "number", needed=True)).optional
    assert not shown(Asked("zone", "Zone", choices=(("1", "une"),))).optional


def test_k01_a_list_shows_its_default_until_something_of_it_is_chosen():
    asked = yes_or_no("logee", "Logée", yes=True)
    for typed, chosen in (("", "oui"), ("non", "non"), ("peut-être", "oui")):
        options = shown(asked, typed).options
        assert [one.value for one in options if one.selected] == [chosen]


def test_k01_the_label_of_a_field_keeps_its_fact():
    day = figure("1er mars 2019", "law.example", date(2019, 3, 1))
    label = shown(yes_or_no("avant", worded("En poste avant le {}", day))).label
    assert facts_of(label) == facts_of(day)


def test_k01_what_is_read_keeps_to_the_bounds_of_the_description():
    group = Group("", (Asked("mois", "Mois", "number", most=18), Asked("ans", "Ans", "number")))
    read = read_fields((group,), {"mois": "19", "ans": "99"}, TODAY)
    assert read.values == {"ans": 99}
    assert isinstance(read.errors["mois"], InputError)
    assert "de 0 à 18" in read.errors["mois"].remedy


def test_k01_the_forms_of_the_cv_are_the_same_descriptions():
    assert all(isinstance(asked, Asked) for asked in Identite.form)
    assert {one.name for one in Identite.form if one.needed} == {"prenom", "nom"}
