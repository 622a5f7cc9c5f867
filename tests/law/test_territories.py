"""What an academy or a département has of its own: its own values, unknown elsewhere."""

import pytest

from iprof_kit.base.reference import written_rows
from iprof_kit.law.mobility.territories.carte_scolaire import OTHER, checked, closed_post
from iprof_kit.law.mobility.territories.corrections import corrections
from iprof_kit.law.mobility.territories.replacement import (
    PLACE_BY_PLACE,
    POSTS_FIRST,
    extension_rules,
    least_score,
    national_extension,
    preferences,
    walk,
)

OWN_TABLES = (
    "carte_scolaire", "preferences_remplacement", "extension_intra", "corrections_confirmation",
)  # fmt: skip


def test_the_priority_of_dijon_is_six_wishes_of_1500_points_in_the_order_of_its_page():
    post = closed_post("2d", ("Dijon",), 2027)
    assert [(one.level, one.points) for one in post.wishes] == [
        ("etablissement", 1500), ("commune", 1500), ("departement", 1500),
        ("zone_departement", 1500), ("zones_academie", 1500), ("academie", 1500),
    ]  # fmt: skip
    assert (post.own.year, post.common) == (2015, False)


@pytest.mark.parametrize(
    ("departement", "points"), [("02", [200]), ("56", [200, 200])], ids=["Aisne", "Morbihan"]
)
def test_a_departement_has_its_own_priority(departement, points):
    post = closed_post("1d", (departement,), 2027)
    assert [one.points for one in post.wishes] == points


def test_where_no_rule_is_known_only_what_the_known_academies_share_is_told_without_points():
    post = closed_post("2d", ("Clermont-Ferrand",), 2027)
    assert (post.own.scope, post.common) == ("", True)
    assert [(one.level, one.points) for one in post.wishes] == [
        ("etablissement", None), ("commune", None), ("departement", None), ("academie", None),
    ]  # fmt: skip
    assert [(one.scope, one.year) for one in post.others] == [("Besançon", 2023), ("Dijon", 2015)]


def test_departements_that_share_nothing_give_nothing_to_another():
    post = closed_post("1d", ("63",), 2027)
    assert (post.wishes, post.common) == ((), False)


def test_a_rule_of_a_later_campaign_is_not_read_for_an_earlier_one():
    assert closed_post("2d", ("Besançon",), 2022).own.scope == ""
    assert closed_post("2d", ("Besançon",), 2023).own.scope == "Besançon"


def test_a_list_is_told_what_has_the_priority_what_lacks_and_what_stands_too_late():
    post = closed_post("2d", ("Dijon",), 2027)
    own = checked(post, ["commune", OTHER, "etablissement", "academie"])
    assert own.has == (True, False, True, True)
    assert own.points == (1500, None, 1500, 1500)
    assert own.disorder == (3,)
    assert [one.level for one in own.missing] == [
        "departement", "zone_departement", "zones_academie",
    ]  # fmt: skip


def test_five_preferences_in_nice_ten_in_rennes_and_no_number_is_guessed_elsewhere():
    assert preferences(("Nice",), 2027).number("nombre") == 5
    assert preferences(("Rennes",), 2027).number("nombre") == 10
    assert preferences(("Versailles",), 2027).number("nombre") is None
    assert preferences(("Lyon",), 2027).values == {}


def test_besancon_walks_the_posts_of_every_place_before_its_zones():
    assert extension_rules(("Besançon",), 2027).values["ordre"] == POSTS_FIRST
    assert "ordre" not in extension_rules(("Lyon",), 2027).values
    assert set(national_extension(2027).values) == {"qui", "depart", "bareme", "table"}
    stops = [(one.place, one.kind[:4]) for one in walk(("Doubs", "Jura"), POSTS_FIRST)]
    assert stops == [("Doubs", "etab"), ("Jura", "etab"), ("Doubs", "zone"), ("Jura", "zone")]
    stops = [(one.place, one.kind[:4]) for one in walk(("Doubs", "Jura"), PLACE_BY_PLACE)]
    assert stops == [("Doubs", "etab"), ("Doubs", "zone"), ("Jura", "etab"), ("Jura", "zone")]


def test_the_published_list_of_seven_wishes_goes_into_extension_with_14_points():
    # Sgen-CFDT Normandie: the same list without its last two wishes keeps 164,2 points.
    totals, tied = (174.2, 164.2, 164.2, 164.2, 164.2, 14.0, 14.0), (10.0, *[0.0] * 6)
    assert least_score(totals, tied) == (5, 14.0)
    assert least_score(totals[:5], tied[:5]) == (0, pytest.approx(164.2))
    assert least_score((), ()) is None


def test_what_lille_lets_one_correct_by_hand_is_not_said_of_another_academy():
    lille = corrections("intra_academique", ("Lille",), 2027)
    assert [one.what for one in lille.rows if one.possible][:3] == [
        "Ajouter un vœu", "Supprimer un vœu", "Changer l’ordre",
    ]  # fmt: skip
    assert corrections("intra_academique", ("Clermont-Ferrand",), 2027).rows == ()
    versailles = corrections("interacademique", ("Versailles",), 2027).rows
    assert [one.possible for one in versailles] == [False, True]


@pytest.mark.parametrize("name", OWN_TABLES)
def test_no_row_of_a_territory_tells_a_health_reason(name):
    words = " ".join(" ".join(row.values()).casefold() for row in written_rows(name))
    assert not [one for one in ("handicap", "rqth", "médical", "santé") if one in words]


@pytest.mark.parametrize("name", OWN_TABLES)
def test_every_row_of_a_territory_has_its_source_and_no_false_certainty(name):
    rows = written_rows(name)
    assert rows
    assert all(row["source"] and row["confiance"] in "BC" for row in rows)
