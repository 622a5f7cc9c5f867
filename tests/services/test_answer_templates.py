"""The answer templates of an academy: read from its file, a wrong one refused when it is read."""

import re

import pytest

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.paths import SAMPLE
from iprof_kit.services.academies import academie
from iprof_kit.services.desk.templates import fields_of, templates


def test_the_sample_has_a_template_for_what_a_service_does_most():
    read = templates(SAMPLE / academie("06").modeles_courrier)
    assert [one.acte for one in read] == [
        "corriger", "demander_piece", "attendre", "repondre", "repondre",
    ]  # fmt: skip
    for one in read:
        assert one.champs == fields_of(one.texte)
        assert one.texte.startswith("Bonjour {prenom},")
        assert one.texte.endswith("{service}")


def file(folder, *, acte="repondre", texte="Bonjour {prenom}", more=""):
    path = folder / "modeles.yml"
    path.write_text(
        f"modeles:\n  - nom: Essai\n    acte: {acte}\n    texte: '{texte}'\n{more}", "utf-8"
    )
    return path


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"texte": "Bonjour {nom_de_jeune_fille}"}, "« Essai ».*{nom_de_jeune_fille}"),
        ({"texte": "Avant le {avant}"}, "« Essai ».*{avant}"),
        ({"acte": "envoyer"}, "« Essai ».*« envoyer »"),
        ({"texte": ""}, "ne peuvent pas être lus"),
        ({"more": "    couleur: bleue\n"}, "ne peuvent pas être lus"),
        ({"more": "  - [\n"}, "ne peuvent pas être lus"),
        ({"texte": "x" * 10_001}, "ne peuvent pas être lus"),
    ],
)
def test_a_wrong_template_is_refused_and_named(words, match, tmp_path):
    with pytest.raises(Unavailable) as refused:
        templates(file(tmp_path, **words))
    assert re.search(match, str(refused.value).replace("\xa0", " "))
    assert str(tmp_path) in refused.value.where


def test_a_file_that_changes_is_read_again(tmp_path):
    assert templates(file(tmp_path))[0].champs == ["prenom"]
    assert templates(file(tmp_path, texte="Bonjour {nom}"))[0].champs == ["nom"]


def test_other_braces_are_words():
    assert fields_of("{…} {prenom} {prénom} { }") == ["prenom"]


def test_a_missing_file_says_which(tmp_path):
    with pytest.raises(Unavailable, match="ne peuvent pas être lus"):
        templates(tmp_path / "absent.yml")
