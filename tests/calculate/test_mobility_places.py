"""What the screens read of mobility: places, borders, map, limits, the extension by wish."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.calculate.mobility import places as mobility_places
from iprof_kit.calculate.mobility.calculation import answer
from iprof_kit.calculate.mobility.question import MobilityQuestion
from iprof_kit.law.tables.loading import table

ACADEMIES = [place.key for place in mobility_places.places("2d", 2026)]


@pytest.mark.parametrize(("degre", "count"), [("1d", 101), ("2d", 30)])
def test_every_place_of_the_movement_has_a_tile_of_its_own(degre, count):
    places = mobility_places.places(degre, 2027)
    tiles = [place.tile for place in places]
    assert len(places) == count
    assert None not in tiles
    assert len(set(tiles)) == count
    assert len({place.short for place in places}) == count


def test_a_wish_of_a_past_campaign_is_one_of_the_academies_of_then():
    before = {place.key for place in mobility_places.places("2d", 2019)}
    assert {"Caen", "Rouen"} <= before
    assert "Normandie" not in before


def test_the_neighbours_of_a_departement_are_those_of_the_table():
    rows = table("limitrophes")
    pairs = rows[rows["niveau"] == "departement"]
    known = {*pairs[pairs["code_1"] == "63"]["code_2"], *pairs[pairs["code_2"] == "63"]["code_1"]}
    assert set(mobility_places.bordering("1d", 2027, "63")) == known


@pytest.mark.parametrize("degre", ["1d", "2d"])
def test_borders_go_both_ways(degre):
    for place in mobility_places.places(degre, 2027):
        for other in mobility_places.bordering(degre, 2027, place.key):
            assert place.key in mobility_places.bordering(degre, 2027, other)


@pytest.mark.parametrize(
    ("degre", "campagne", "number", "doubt"), [("1d", 2026, 6, True), ("2d", 2026, 31, False)]
)
def test_the_number_of_wishes_is_that_of_the_table(degre, campagne, number, doubt):
    most = mobility_places.most_wishes(degre, campagne)
    assert (most.number, most.a_verifier) == (number, doubt)


def test_the_number_of_wishes_is_unknown_where_no_row_says_it():
    assert mobility_places.most_wishes("1d", 2018) is None


@pytest.mark.parametrize(
    ("written", "code"),
    [("063", "63"), ("0639999X", "63"), ("974", "974"), ("02A", "2A"), ("999", ""), ("", "")],
)
def test_a_departement_is_known_by_the_codes_of_the_file(written, code):
    assert mobility_places.departement_named(written) == code


def test_an_academy_without_departement_is_no_place():
    assert mobility_places.academie_named("06") == "Clermont-Ferrand"
    assert mobility_places.academie_named("40") == ""


def test_seniority_is_seen_on_31_august_of_the_campaign():
    # mouvement_interdepartemental_1d.csv : « appréciée au 31/08/N », « au 31/08/N-1 » en 2018
    assert mobility_places.seniority_day("1d", 2026) == date(2026, 9, 1)
    assert mobility_places.seniority_day("1d", 2018) == date(2017, 9, 1)
    assert mobility_places.echelon_day(2026) == date(2025, 9, 1)


def test_a_bonification_is_known_since_its_first_campaign_in_the_table():
    assert mobility_places.known_since("1d", "education_prioritaire", "cla") == 2024
    assert mobility_places.known_since("1d", "rien", "") is None


def asked(wishes):
    person = {
        "corps": "certifie", "grade": "classe_normale", "echelon": 4, "academie": "Lille",
        "departement": "59", "anciennete_poste_annees": 3, "doit_etre_affecte": True,
        "demandes": ["rapprochement_conjoints"], "lien": "mariage", "date_lien": "2018-07-07",
        "conjoint": {"academie": "Rennes", "departement": "35"},
    }  # fmt: skip
    return MobilityQuestion(degre="2d", campagne=2026, voeux=wishes, second_degre=person)


@settings(max_examples=20, deadline=None)
@given(
    st.lists(
        st.sampled_from([a for a in ACADEMIES if a != "Lille"]), min_size=1, max_size=6, unique=True
    )
)
def test_the_extension_of_a_list_is_the_smallest_of_its_wishes_whatever_its_order(wishes):
    """The score up to each wish is that of the list cut there: asked of the law again."""
    whole = answer(asked(wishes)).extension
    assert whole.points == min(whole.par_voeu)
    for rank in range(1, len(wishes) + 1):
        cut = answer(asked(wishes[:rank])).extension
        assert cut.points == min(whole.par_voeu[:rank])
