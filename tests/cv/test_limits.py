"""Each text of a CV has a limit that no CV meets; beyond, it is said, and nothing is lost."""

import json
from datetime import date
from pathlib import Path
from types import UnionType
from typing import get_args, get_origin

import pytest
from pydantic import BaseModel

from iprof_kit.cv import inputs
from iprof_kit.cv.model import Choix, Cible, Cv, Faits, Inconnu, Lettre
from iprof_kit.cv.person import Contact, Identite, Photo, Profil
from iprof_kit.cv.remarks.checks import check
from iprof_kit.cv.remarks.limits import MOST_LINES, excesses, shortened
from iprof_kit.cv.sections import ITEMS
from iprof_kit.cv.sections.situation import Situation

TODAY = date(2026, 11, 25)
MODELS = (Identite, Contact, Situation, Profil, Lettre, Cible, Choix, *ITEMS.values())
FREE = [
    (model, name)
    for model in MODELS
    for name, field in model.model_fields.items()
    if field.annotation is str
]
SAMPLE = Path(__file__).parent / "json_resume_sample.json"


@pytest.mark.parametrize(("model", "name"), FREE, ids=lambda one: getattr(one, "__name__", one))
def test_every_free_text_has_a_limit(model, name):
    given = {"section": "fonctions"} if model is Choix else {}
    at_most = model(**given, **{name: "x" * model.longest(name)})
    assert not list(excesses(at_most))
    beyond = at_most.model_copy(update={name: "x" * (model.longest(name) + 1)})
    (excess,) = excesses(beyond)
    assert (excess.where, excess.most) == (name, model.longest(name))
    assert excess.most <= 20_000


def kinds(annotation):
    """Yield the models that an annotation holds."""
    for one in get_args(annotation) or (annotation,):
        if isinstance(one, type) and issubclass(one, BaseModel):
            yield one
        elif get_origin(one) or isinstance(one, UnionType):
            yield from kinds(one)


def test_no_model_of_a_cv_escapes_the_limits():
    seen, waiting = set(), [Cv]
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            for field in model.model_fields.values():
                waiting += kinds(field.annotation)
    assert seen == {Cv, Faits, Photo, Inconnu, *MODELS}


def test_an_excess_names_its_field_and_says_what_to_do():
    cv = Cv(faits=Faits(diplomes=(ITEMS["diplomes"](id="d1", description="x" * 25_000),)))
    (found,) = excesses(cv)
    assert found.where == "faits.diplomes.d1.description"
    assert found.message == (
        "« Diplômes et titres, description » a 25\u202f000 caractères, "
        "la limite est de 20\u202f000."
    )
    assert found.remedy.startswith("Raccourcissez ce texte")
    (told,) = [one for one in check(cv, TODAY) if one.ou == found.where]
    assert (told.gravite, told.message) == ("erreur", found.message)


def test_too_many_lines_are_an_excess_of_lines():
    many = tuple(ITEMS["fonctions"](id=f"f{n}") for n in range(MOST_LINES + 1))
    (found,) = excesses(Cv(faits=Faits(fonctions=many)))
    assert found.message.startswith("« Affectations, fonctions et missions » a 1\u202f001 l")


def test_a_cv_within_limits_is_the_same_object():
    cv = inputs.read(SAMPLE.read_bytes(), Cv(), TODAY).cv_propose
    assert shortened(cv, lambda *told: pytest.fail(str(told))) is cv


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"basics": {"summary": "LONG"}}, "faits.identite.resume"),
        ({"basics": {"name": "LONG"}}, "faits.identite.nom"),
        ({"basics": {"email": "LONG"}}, "faits.contact.courriel"),
        ({"basics": {"url": "LONG"}}, "faits.contact.site"),
        ({"faits": {"identite": {"resume": "LONG"}}}, "faits.identite.resume"),
        ({"faits": {}, "cibles": [{"id": "c", "lettre": {"texte": "LONG"}}]},
         "cibles.c.lettre.texte"),
    ],
)  # fmt: skip
def test_a_word_of_300_kb_in_a_file_is_kept_whole_and_told(given, where):
    word = "a" * 300_000
    content = json.dumps(given).replace("LONG", word).encode()
    found = inputs.read(content, Cv(), TODAY)
    assert word in "".join(one.valeur for one in found.cv_propose.faits.inconnus)
    told = next(one for one in found.remarques if one.ou == where)
    assert "a 300\u202f000 caractères, la limite est de" in told.message
    assert "gardé dans les champs inconnus" in told.remede
    assert not list(excesses(found.cv_propose))


def test_a_table_of_diplomas_is_limited_too():
    content = f"intitule;description\nLicence;{'a' * 100_000}\n".encode()
    found = inputs.read(content, Cv(), TODAY)
    assert len(found.cv_propose.faits.diplomes[0].description) == 20_000
    assert len(found.inconnus) == 1
