"""What a form describes reaches the law: each field of one is a field of the other."""

from dataclasses import dataclass, fields

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.fields import Annees, EchelonNumero
from iprof_kit.calculate.interface.forms import law_of
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


class PostForm(Plain):
    """A post."""

    annees: Annees


class PersonForm(Plain):
    """A person."""

    name: str = ""
    echelon: EchelonNumero
    post: PostForm | None = None
    others: tuple[PostForm, ...] = ()


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
