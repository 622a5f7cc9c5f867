"""The keys of the data of a file: one each, and the same after a new line."""

from datetime import UTC, datetime

import pytest

from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.contract.facts import data_of, with_own_contact
from iprof_kit.services.contract.own_file import Saisie
from iprof_kit.services.dossier.sample import sample_dossiers

PEOPLE = {dossier.numero: dossier for dossier in sample_dossiers()}
JEAN = PEOPLE["D0001"]


@pytest.mark.parametrize("numero", PEOPLE)
def test_each_datum_has_a_key_of_its_own_that_fits_the_tables(numero):
    data = data_of(PEOPLE[numero])
    keys = [one.cle for one in data]
    assert len(set(keys)) == len(keys)
    assert all(len(key) <= 60 for key in keys)
    assert all(one.libelle and one.valeur for one in data)


def test_a_new_line_leaves_the_keys_of_the_others():
    newer = JEAN.echelons[-1].model_copy(update={"echelon": "8"})
    after = data_of(JEAN.model_copy(update={"echelons": (*JEAN.echelons, newer)}))
    values = {one.cle: one.valeur for one in after}
    for one in data_of(JEAN):
        if one.cle != "situation.echelon":
            assert values[one.cle] == one.valeur


def test_what_the_person_wrote_stands_in_place_of_the_file_s():
    now = datetime(2026, 11, 25, tzinfo=UTC)
    saisies = [
        Saisie(champ="ville", valeur="Thiers", le=now),
        Saisie(champ="telephone", valeur="", le=now),
        Saisie(champ="pays", valeur="Belgique", le=now),
    ]
    home = with_own_contact(JEAN, saisies).adresse
    assert (home.ville, home.telephone) == ("Thiers", None)
    assert home.rue == JEAN.adresse.rue
    assert JEAN.adresse.ville != "Thiers"


def test_what_may_be_reported_is_read_in_the_gender_of_the_person():
    marie = addressed(PEOPLE["D0002"])
    (corps,) = (one for one in data_of(marie) if one.cle == "situation.corps")
    assert corps.valeur == "Professeure certifiée"
    assert addressed(marie) == marie
    assert addressed(JEAN) is JEAN
