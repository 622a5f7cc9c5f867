"""What a program reads: types by subject, errors with a code, and who answered."""

from datetime import date
from typing import get_overloads

import pytest

import iprof_kit
from iprof_kit import ask
from iprof_kit.base.errors import Fault, InputError, KitError
from iprof_kit.base.version import __version__
from iprof_kit.calculate import models
from iprof_kit.calculate.subjects import HOMES, subject
from iprof_kit.law.tables.verified import verified_until

LISTS = {"listes": [{"nom": "6e", "effectif": 132}]}


def test_a_checker_knows_the_question_and_the_answer_of_each_subject():
    declared = {
        tuple(one.__annotations__[part] for part in ("name", "question", "return"))
        for one in get_overloads(ask)
    }
    chosen = {name: subject(name) for name in HOMES}
    assert declared == {
        ("str", "Plain | Given", "Answer"),
        *((f"Literal[{name!r}]", f"models.{one.question.__name__} | Given",
           f"models.{one.answer.__name__}") for name, one in chosen.items()),
    }  # fmt: skip
    named = {getattr(models, name) for name in models.__all__}
    assert named == {kind for one in chosen.values() for kind in (one.question, one.answer)}


@pytest.mark.parametrize("name", HOMES)
def test_every_answer_says_its_engine_and_until_when_the_law_was_verified(name):
    said = subject(name).answer.model_fields["moteur"].get_default(call_default_factory=True)
    assert (said.version, said.droit_verifie_le) == (__version__, verified_until())


def test_an_answer_says_it_in_json():
    moteur = ask("quota", LISTS).model_dump(mode="json")["moteur"]
    assert date.fromisoformat(moteur["droit_verifie_le"]) == verified_until()


CODES = [
    ({}, [("champ_obligatoire", ("listes",), None)]),
    ({**LISTS, "taux": 3}, [("champ_inconnu", ("taux",), 3)]),
    ({"listes": [{"nom": "6e", "effectif": -1}]}, [("hors_bornes", ("listes", 0, "effectif"), -1)]),
    ({"listes": [{"nom": "6e", "effectif": "dix"}]},
     [("type_attendu", ("listes", 0, "effectif"), "dix")]),
    ({**LISTS, "nature": "autre"}, [("valeur_non_admise", ("nature",), "autre")]),
    ("{", [("json_invalide", (), None)]),
    ({"listes": [{"effectif": 1.5}], "x": 1},
     [("champ_obligatoire", ("listes", 0, "nom"), None), ("type_attendu", ("listes", 0, "effectif"),
      1.5), ("champ_inconnu", ("x",), 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("question", "faults"), CODES)
def test_each_fault_has_its_code_its_path_its_value_and_a_remedy(question, faults):
    with pytest.raises(InputError) as caught:
        ask("quota", question)
    assert [(one.code, one.path, one.value) for one in caught.value.faults] == faults
    assert all(one.message and one.remedy for one in caught.value.faults)
    assert caught.value.code == "saisie"


def test_an_error_that_says_one_thing_is_its_own_fault():
    error = KitError("ce jour est férié.", where="situation.date_effet", remedy="Prenez la veille.")
    assert error.faults == (
        Fault("erreur", ("situation", "date_effet"), "ce jour est férié.", "Prenez la veille."),
    )


def test_no_two_kinds_of_error_have_one_code_but_what_they_refine():
    kinds = {kind.code: kind for kind in _kinds(KitError) if "code" in vars(kind)}
    assert len(kinds) == sum("code" in vars(kind) for kind in _kinds(KitError))
    assert set(kinds) >= {"saisie", "droit", "periode_non_couverte", "refus", "indisponible"}


def _kinds(kind):
    yield kind
    for one in kind.__subclasses__():
        yield from _kinds(one)


def test_errors_are_public_names():
    assert iprof_kit.KitError is KitError
    assert {"KitError", "InputError", "LawError", "Fault"} <= set(dir(iprof_kit))
