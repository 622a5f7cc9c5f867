"""The subject bonification: months earned by ASA and at the head of a school."""

from datetime import date

import pytest
from asking import asker
from pydantic import ValidationError

from iprof_kit.base.errors import InputError

POST = {"debut": date(2018, 9, 1), "fin": date(2026, 8, 31)}


ask = asker("bonification", aujourdhui=date(2026, 11, 25))


def test_the_months_of_asa_and_of_direction():
    # décret 95-313 : huit ans de services continus, 3 mois puis 5 × 2 ; siaes, en années
    # civiles pleines (2019 à 2025) : 3 mois puis 4 × 2
    # décret 2023-777 art. 4 : trois mois par année complète
    found = ask(postes_asa=(POST,), annees_direction=(2023, 2024), mois_utilises=5)
    assert (found.annees_asa, found.mois_asa, found.mois_asa_annees_civiles) == (8, 13, 11)
    assert (found.annees_direction, found.mois_direction) == (2, 6)
    assert (found.mois_acquis, found.mois_restants) == (19, 14)
    assert any("en années civiles" in reason for reason in found.motifs)
    assert any("2023-777" in source.texte for source in found.sources)


@pytest.mark.parametrize(
    ("end", "months", "civil"),
    [
        # trois années scolaires : « trois ans de services continus » (décret 95-313, art. 2)
        (date(2024, 8, 31), 3, 0),
        (date(2024, 8, 30), 0, 0),
        (date(2025, 8, 31), 5, 3),
    ],
)
def test_p09_full_school_years_count_and_the_other_reading_is_said(end, months, civil):
    found = ask(postes_asa=({"debut": date(2021, 9, 1), "fin": end},))
    assert (found.mois_asa, found.mois_asa_annees_civiles) == (months, civil)
    assert found.a_verifier is (months != civil)


def test_p09_from_january_both_readings_agree_and_nothing_is_to_verify():
    found = ask(postes_asa=({"debut": date(2000, 1, 1), "fin": date(2008, 12, 31)},))
    assert (found.mois_asa, found.mois_asa_annees_civiles, found.a_verifier) == (15, 15, False)


def test_two_years_of_asa_give_nothing_yet():
    assert ask(postes_asa=({"debut": date(2024, 1, 1)},)).mois_asa == 0


def test_two_posts_that_follow_each_other_are_one():
    two = ({"debut": date(2018, 9, 1), "fin": date(2022, 8, 31)}, {"debut": date(2022, 9, 1)})
    assert ask(postes_asa=two).mois_asa == ask(postes_asa=({"debut": date(2018, 9, 1)},)).mois_asa


def test_a_disponibilite_starts_again_from_zero():
    # décret 2001-48 : le décompte repart ; quatre ans (5 mois), puis trois (3 mois)
    away = {
        "position": "Disponibilité",
        "motif": "convenances personnelles",
        "debut": date(2022, 9, 1),
        "fin": date(2023, 8, 31),
    }
    found = ask(postes_asa=(POST,), periodes=(away,))
    assert (found.annees_asa, found.mois_asa) == (7, 8)


def test_a_position_of_which_no_text_says_what_it_does_to_asa_is_supposed_aloud():
    lent = {"position": "mise à disposition", "debut": date(2022, 9, 1), "fin": date(2023, 8, 31)}
    found = ask(postes_asa=(POST,), periodes=(lent,))
    assert found.mois_asa == ask(postes_asa=(POST,)).mois_asa
    assert found.a_verifier
    supposed = "mise à disposition : supposée ne pas interrompre l’ASA, faute de source"
    assert found.motifs[0] == supposed
    assert ask(annees_direction=(2023,), periodes=(lent,)).motifs == ()


def test_less_than_half_of_the_service_gives_nothing():
    assert ask(postes_asa=(POST | {"part_service": 40},)).mois_asa == 0


def test_a_year_of_direction_gives_its_months_at_the_next_rentree():
    found = ask(annees_direction=(2024, 2026))
    assert (found.mois_direction, found.direction_a_venir) == (3, date(2027, 9, 1))


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"annees_direction": (2024, 2024)}, "annees_direction"),
        ({"annees_direction": (2022,)}, "annees_direction"),
        ({"mois_utilises": 1}, "mois_utilises"),
    ],
)
def test_what_cannot_be_is_refused(fields, where):
    with pytest.raises(InputError) as error:
        ask(**fields)
    assert error.value.where == where
    assert error.value.remedy


def test_a_post_ends_after_it_begins():
    with pytest.raises(ValidationError, match="avant son début"):
        ask(postes_asa=({"debut": date(2024, 1, 1), "fin": date(2023, 1, 1)},))
