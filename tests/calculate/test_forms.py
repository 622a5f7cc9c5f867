"""A form has the fields of a type of the law, and a word for each: no more, no less."""

from dataclasses import dataclass, fields

import pytest
from pydantic import ValidationError

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import Annees, EchelonNumero
from iprof_kit.calculate.interface.forms import Words, form_of, law_of
from iprof_kit.calculate.mobility.first_question import Enseignant
from iprof_kit.calculate.mobility.second_question import SecondDegre
from iprof_kit.law.mobility.first.person import Person1D
from iprof_kit.law.mobility.second.person import Person2D


@dataclass(frozen=True)
class Post:
    annees: int

    def __post_init__(self):
        if self.annees > 40:
            raise InputError("trop", where="annees")


@dataclass(frozen=True)
class Person:
    echelon: int
    post: Post | None = None
    others: tuple[Post, ...] = ()


POST = {"annees": Words("Années.", Annees)}
PERSON = {"name": Words("Nom."), "echelon": Words("Échelon.", EchelonNumero)}


@form_of(Post, POST)
class PostForm(Plain):
    """A post."""


@form_of(
    Person,
    PERSON | {"post": Words("Poste.", PostForm), "others": Words("Autres.", tuple[PostForm, ...])},
)
class PersonForm(Plain):
    """A person."""

    name: str = ""


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ({}, "annees"),
        (POST | {"mois": Words("Mois.")}, "mois"),
        ({"an": Words("An.")}, "an, annees"),
    ],
)
def test_a_field_without_words_and_words_without_field_are_refused(words, named):
    with pytest.raises(TypeError, match=named):
        form_of(Post, words)(type("Bad", (Plain,), {"__doc__": "Bad."}))


def test_a_form_keeps_the_order_of_its_words_and_their_limits():
    assert list(PersonForm.model_json_schema()["properties"]) == [
        "name",
        "echelon",
        "post",
        "others",
    ]
    assert PostForm.model_json_schema()["properties"]["annees"]["unite"] == "années"
    with pytest.raises(ValidationError, match="annees"):
        PostForm(annees=-1)
    with pytest.raises(ValidationError, match="grade"):
        PersonForm(echelon=1, grade="x")


def test_what_was_asked_reaches_the_law_as_the_law_has_it():
    form = PersonForm(name="x", echelon=7, post={"annees": 3}, others=[{"annees": 4}])
    assert law_of(Person, form) == Person(7, Post(3), (Post(4),))
    assert law_of(Person, PersonForm(echelon="2")) == Person(2)
    with pytest.raises(InputError, match="trop"):
        law_of(Person, PersonForm(echelon=1, post={"annees": 41}))


@pytest.mark.parametrize(
    ("form", "law", "own", "not_asked"),
    [
        (SecondDegre, Person2D, {"discipline"}, set()),
        (
            Enseignant,
            Person1D,
            {
                "echelon_depuis",
                "echelon_par",
                "anciennete_departement_annees",
                "anciennete_departement_mois",
            },
            {"anciennete_mois", "lie"},
        ),
    ],
)
def test_every_field_of_the_question_reaches_the_law(form, law, own, not_asked):
    known = {field.name for field in fields(law)}
    assert set(form.model_fields) - known == own
    assert known - set(form.model_fields) == not_asked
