"""Every persona is executed, each sentence checked; a file that is wrong says where and how."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.files import check, check_text, personas
from iprof_kit.calculate.atelier.sentences import Lived, Statement

CLAIRE = (PERSONAS / "claire_vasseur.yml").read_text(encoding="utf-8")
LEAST = 14
"""What the atelier needs: one persona for each of its lessons."""


def refused(text):
    with pytest.raises(InputError) as error:
        check_text(text, "essai.yml")
    return f"{error.value.message} {error.value.remedy}"


def changed(before, after):
    assert before in CLAIRE
    return CLAIRE.replace(before, after, 1)


@pytest.mark.parametrize("key", personas())
def test_the_law_takes_every_persona_and_confirms_each_of_her_sentences(key):
    assert check(PERSONAS / f"{key}.yml") == personas()[key]


@pytest.mark.parametrize("key", personas())
def test_every_persona_says_what_she_teaches_and_shows_a_number_that_no_one_typed(key):
    lived = Lived.of(personas()[key])
    shown = [Statement(lived, phrase).text() for phrase in lived.persona.phrases]
    assert lived.persona.enseigne.endswith(".")
    assert lived.persona.regles
    assert any(any(sign.isdigit() for sign in sentence) for sentence in shown)


def test_there_are_at_least_fourteen_each_of_her_own_name():
    everyone = personas().values()
    assert len(everyone) >= LEAST
    assert len({(one.prenom, one.nom) for one in everyone}) == len(everyone)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("prenom: Claire", "prenon: Claire", "ligne 6, colonne 1 : clé inconnue"),
        ("prenom: Claire", "prenon: Claire", "Vouliez-vous « prenom »"),
        ("corps: certifie", "corps: certifié", "Vouliez-vous « certifie »"),
        ("nature: hors_classe,", "nature: hors_clase,", "Vouliez-vous « hors_classe »"),
        ("regles: [hors_classe_open", "regles: [hors_classe_opn",
         "vouliez-vous « hors_classe_open »"),
        ("effet: 2024-04-01", "effet: 2024-02-30", "« 2024-02-30 » n’existe pas"),
        ("date_effet: 2024-04-01", "date_effet: avril 2024", "une date s’écrit AAAA-MM-JJ"),
        ("horizon: 2037", "horizon: bientôt", "ligne 12, colonne 10 : un nombre entier"),
        ("horizon: 2037", "horizon: 2037\nhorizon: 2038", "est écrite deux fois"),
        ("prenom: Claire", "\tprenom: Claire", "l’écriture YAML n’est pas correcte"),
        ("prenom: Claire", "prenom: &x Claire\nqui: *x", "les alias YAML"),
        (", quotite: 80}", "}", "quotite est attendu pour nature = temps_partiel"),
        ("{ecart} nets", "{ecar} nets", "Vouliez-vous « ecart »"),
        ("{ecart} nets", "8 405 euros nets", "est écrit à la main"),
        ("contre: B\n    attendu: {ecart: plus}", "contre: D\n    attendu: {ecart: plus}",
         "la phrase attend « ecart : plus », le calcul donne « moins »"),
        ("grade: hors_classe, ecart_du", "grade: classe_normale, ecart_du",
         "le calcul donne « hors_classe » (scénario A, le 1er octobre 2027)"),
        ("echelon: 10", "echelon: 3", "le droit refuse cet événement"),
        ("jour: 2026-08-31", "jour: 2020-08-31", "le droit refuse cette persona"),
        ("situation:", "entree_:", "clé inconnue"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line_what_is_allowed_and_the_nearest_name(
    before, after, expected
):
    message = refused(changed(before, after))
    assert expected in message
    assert "ligne " in message


def test_a_sentence_that_nothing_checks_is_refused():
    bare = CLAIRE.partition("phrases:")[0] + 'phrases:\n  - texte: "Tout va bien."\n'
    assert "rien ne vérifie cette phrase" in refused(bare)


@pytest.mark.parametrize(
    "text", ["", "[" * 3_000, "a: &a [x]\nb: *a", "x: \x00", "- 1\n- 2", "jour: !!python/name:os"]
)
def test_hostile_yaml_is_refused_in_french(text):
    assert "ligne " in refused(text)


def test_fifty_megabytes_are_refused_unread(tmp_path):
    file = tmp_path / "grand.yml"
    with file.open("wb") as out:
        out.truncate(50_000_000)
    with pytest.raises(InputError, match="dépasse 1 Mo"):
        check(file)


def test_a_file_of_scenarios_is_checked_on_the_persona_that_it_names():
    scene = """
pour: claire_vasseur
titre: Un temps partiel ne retarde pas la hors classe
scenarios:
  - nom: Temps plein
  - nom: Mi-temps
    evenements:
      - {nature: temps_partiel, debut: 2027-09-01, quotite: 50}
phrases:
  - texte: "À mi-temps, {ecart_du_mois} nets de moins par mois."
    scenario: B
    contre: A
    le: 2027-10-01
    attendu: {ecart_du_mois: moins, indice: egal}
"""
    persona = check_text(scene, "scene.yml")
    assert (persona.prenom, len(persona.scenarios)) == ("Claire", 2)
    misspelt = refused(scene.replace("vasseur", "vaseur"))
    assert "vouliez-vous « claire_vasseur »" in misspelt


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_does_more_than_be_refused(text):
    with pytest.raises(InputError):
        check_text(text, "essai.yml")
