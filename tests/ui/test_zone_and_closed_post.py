"""The first screens of a zone and of a closed post: a figure of one's own file, and its levers."""

from datetime import date

import pytest
import ui_people as people
from test_posts import ATTACHED, FIXED, TODAY, TZR, YEARLY, ZONE, holding
from test_territories import Screen, dated

from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.kit.parts import Axis
from iprof_kit.ui.own_situation.posted import own_post
from iprof_kit.ui.screens.remplacement.figure import lanes_of


def closed(**typed):
    screen = Screen("/services/carte-scolaire", holding(FIXED))
    if typed:
        screen.do("carte_voeux", **{name.replace("_", "-"): value for name, value in typed.items()})
    return screen


def figure(dossier):
    return lanes_of(dossier, posts_of(dossier, TODAY), None, TODAY)


def test_p28_the_lanes_are_the_three_postings_of_the_file_and_today():
    lanes = figure(TZR)
    zone, attached, yearly, _ = lanes.rows
    assert [zone.stretches[0].label, attached.stretches[0].label] == [
        ZONE.etablissement, ATTACHED.etablissement,
    ]  # fmt: skip
    assert zone.stretches[0].left + zone.stretches[0].width == pytest.approx(lanes.today, abs=0.1)
    assert [one.look for one in yearly.stretches] == ["now", "coming"]
    assert YEARLY.etablissement in lanes.spoken


def test_p28_an_attachment_that_the_file_does_not_say_is_dashed_and_asked_for():
    (unknown,) = figure(holding(ZONE, YEARLY)).rows[1].stretches
    assert (unknown.look, unknown.label) == ("missing", "à demander au rectorat")


def test_p28_who_holds_no_zone_has_no_lane():
    assert figure(holding(FIXED)) is None


def test_p28_what_she_may_ask_has_the_dates_of_services():
    screen = Screen("/services/remplacement", TZR, given=(dated("2027-06-22"),))
    row = screen.seen.split("Vos préférences dans la zone", 1)[1].split("Un autre rattachement")[0]
    assert "du 8 au 22 juin 2027, 12 h" in row


@pytest.mark.parametrize(
    ("typed", "says"),
    [({}, "11 ans dans le poste au 31 août 2027."),
     ({"collegue_1": "15"}, "Vous auriez le moins d’années dans le poste"),
     ({"collegue_1": "15", "collegue_2": "3"}, "le vôtre ne serait pas désigné"),
     ({"collegue_1": "11"}, "Vous seriez à égalité"),
     ({"collegue_1": "15", "volontaire": "oui"}, "vous seriez gardé")],
)  # fmt: skip
def test_p28_the_years_typed_of_colleagues_say_who_would_leave(typed, says):
    assert says in closed(**typed).seen


def test_p28_years_out_of_reason_are_refused_under_their_field_and_the_figure_stays():
    screen = closed(collegue_1="15", collegue_2="450")
    assert 'aria-describedby="collegue-2-e"' in screen.html
    assert "Collègue 115 ans" in screen.seen
    assert "Collègue 2450" not in screen.seen


def test_p28_the_years_typed_are_kept_for_the_coming_rentree():
    kept = closed(collegue_3="7").guichet.carnets["carte_scolaire"].contenu["2027"]
    assert kept["collegue-3"] == "7"


def test_p28_hostile_years_are_words():
    assert "<script>alert" not in closed(collegue_1=people.HOSTILE).html


def test_a_bar_out_of_its_axis_stays_in_it():
    axis = Axis(date(2026, 9, 1), date(2027, 9, 1))
    bar = axis.stretch("done", date(2019, 1, 1), date(2040, 1, 1))
    assert (bar.left, bar.width) == (0.0, 100.0)


@pytest.mark.parametrize("path", ["/services/carte-scolaire", "/services/remplacement"])
def test_p28_who_has_no_corps_reads_until_when_her_posting_lasts(path):
    contract = holding(YEARLY).model_copy(update={"corps": None, "echelons": ()})
    screen = Screen(path, contract)
    assert "s’arrête le 31 août 2027." in screen.seen
    assert 'class="missing"' in screen.html


def test_p28_a_post_of_a_school_is_drawn_where_no_zone_is_hers_and_her_preferences_stay():
    screen = Screen("/services/remplacement", holding(FIXED))
    assert "Votre dossier ne dit aucune zone de remplacement." in screen.seen
    assert 'class="in-time"' in screen.html
    assert 'name="zone"' in screen.html
    assert "Ce que vous pouvez demander" not in screen.seen
    assert '<details id="a-venir">' in screen.html
    screen.do("remplacement_preferences", **{"nom-1": "Collège Jean-Rostand"})
    assert '<details id="a-venir" open>' in screen.html


def test_p28_a_zone_and_a_closed_post_are_drawn_alike():
    one, other = (Screen(f"/services/{name}", TZR) for name in ("remplacement", "carte-scolaire"))
    first, second = (
        screen.html.split("<figure", 1)[1].split("</figure>")[0] for screen in (one, other)
    )
    assert first == second


def test_p28_a_file_without_posting_is_drawn_by_no_lane():
    assert own_post(holding(), TODAY) is None
    assert own_post(TZR, TODAY) is None
