"""A zone, the school of attachment and the post of the year: three facts, on every screen."""

from datetime import date

import pytest
import ui_people as people
from test_territories import Screen, teacher

from iprof_kit.cv.model import Cv
from iprof_kit.cv.prefill import prefill as filled_in
from iprof_kit.services.contract.dossier import AffectationTenue
from iprof_kit.services.contract.posts import posts_of
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.pay.start import pay_start
from iprof_kit.ui.screens.accueil.requests import missing
from iprof_kit.ui.screens.affectations.view import affectations
from iprof_kit.ui.screens.autres_affectations.choices import own_points
from iprof_kit.ui.screens.autres_affectations.start import prefilled, start_of
from iprof_kit.ui.screens.cv.preview import Undrawn
from iprof_kit.ui.screens.cv.screen import CvPages
from iprof_kit.ui.screens.dossier.synthese import synthese
from iprof_kit.ui.screens.rendez_vous.known import evaluation_of

TODAY = date(2026, 11, 25)


def posted(kind, place, since, until=None, town="Épinal", sort="Collège"):
    return AffectationTenue(
        type=kind, etablissement=place, type_etablissement=sort, commune=town, uai="0880001A",
        fonction="Enseignement", discipline="Anglais", debut=since, fin=until, source="EPP",
        lu_le=people.READ,
    )  # fmt: skip


ZONE = posted("TZR", "Zone de remplacement des Vosges", "2018-09-01", sort="Zone de remplacement")
ATTACHED = posted("Rattachement administratif du TZR", "Collège des Images", "2020-09-01")
YEARLY = posted("Affectation à l'année (titulaire de zone de remplacement)",
                "Lycée de la Meurthe", "2026-09-01", "2027-08-31", "Saint-Dié")  # fmt: skip
FIXED = posted("Affectation à titre définitif", "Collège des Pins", "2016-09-01")


def holding(*lines):
    person = teacher("12", "088")
    return person.model_copy(update={"affectations": lines, "titularisation": date(2015, 9, 1)})


TZR = holding(ZONE, ATTACHED, YEARLY)


def seen(path, dossier=TZR):
    return Screen(path, dossier).seen


@pytest.mark.parametrize("lines", [(ZONE, ATTACHED, YEARLY), (YEARLY, ATTACHED, ZONE)])
def test_p20_the_three_are_told_apart_in_whatever_order_the_file_has_them(lines):
    posts = posts_of(holding(*lines), TODAY)
    assert (posts.zone, posts.attachment, posts.yearly) == (ZONE, ATTACHED, YEARLY)
    assert (posts.own, posts.works_at, posts.fixed) == (ZONE, YEARLY, None)


def test_p20_without_a_post_of_the_year_one_is_at_the_attachment():
    assert posts_of(holding(ZONE, ATTACHED), TODAY).works_at == ATTACHED


def test_p20_a_fixed_post_obtained_since_is_the_post_and_a_zone_called_definitive_is_a_zone():
    later = FIXED.model_copy(update={"debut": date(2025, 9, 1)})
    assert posts_of(holding(ZONE, later), TODAY).own == later
    named = ZONE.model_copy(update={"type": "Affectation à titre définitif"})
    assert posts_of(holding(named), TODAY).zone == named


def test_p20_the_years_that_count_are_those_of_the_zone_and_the_score_is_known():
    start = start_of(TZR, 2027, TODAY)
    assert start.poste == ZONE
    assert prefilled(start) == {"poste_annees": "9"}
    assert own_points(TZR, {}, TODAY) == own_points(
        holding(FIXED.model_copy(update={"debut": ZONE.debut})), {}, TODAY
    )


def test_p02_a_disponibilite_is_no_year_in_the_post_on_any_screen():
    away = people.JEAN.positions[0].model_copy(
        update={"position": "Disponibilité", "quotite": 0, "debut": date(2020, 9, 1),
                "fin": date(2022, 8, 31)}
    )  # fmt: skip
    here = away.model_copy(update={"position": "En activité", "quotite": 100})
    spans = (
        here.model_copy(update={"debut": date(2016, 9, 1), "fin": date(2020, 8, 31)}),
        away,
        here.model_copy(update={"debut": date(2022, 9, 1), "fin": None}),
    )
    dossier = holding(FIXED).model_copy(update={"positions": spans})
    # eleven years from 1 September 2016 to 31 August 2027, less two of disponibilité
    assert prefilled(start_of(dossier, 2027, TODAY)) == {"poste_annees": "9"}
    assert "9 ans dans le poste au 31 août 2027" in seen("/services/carte-scolaire", dossier)


def test_p20_the_post_of_the_year_alone_gives_no_year_in_a_post():
    assert prefilled(start_of(holding(YEARLY), 2027, TODAY)) == {}


def test_p20_the_closing_of_the_school_of_the_year_is_not_hers_and_no_wish_is_written_round_it():
    screen = Screen("/services/carte-scolaire", TZR)
    assert "Un poste supprimé à « Lycée de la Meurthe » n’est pas le vôtre." in screen.seen
    assert "Votre poste est la zone de remplacement des Vosges" in screen.seen
    assert "ancien établissement" not in screen.seen
    screen.do("carte_remplir")
    assert "Lycée de la Meurthe" not in str(screen.guichet.carnets)


def test_p20_a_provisional_posting_is_no_post_that_may_be_closed():
    at = posted("Affectation à titre provisoire", "Collège du Val", "2026-09-01", "2027-08-31")
    told = seen("/services/carte-scolaire", holding(at))
    assert "Votre posteCollège du Val" not in told
    assert "Poste à titre définitifaucun dans votre dossier" in told


def test_p20_the_zone_is_read_in_the_file_and_not_asked():
    screen = Screen("/services/remplacement", TZR)
    assert 'name="zone"' not in screen.html
    assert "Nommez votre zone" not in screen.seen
    for words in ("Ma zoneZone de remplacement des Vosges", "Mon rattachementCollège des Images",
                  "Mon poste de l’annéeLycée de la Meurthe"):  # fmt: skip
        assert words in screen.seen


def test_p20_affectations_and_synthese_say_all_three():
    words = affectations(TZR, TODAY).lead.replace("\u00a0", " ")
    assert "Votre poste est la zone de remplacement des Vosges" in words
    assert "lycée de la Meurthe, s’arrête le 31 août 2027" in words
    lead = synthese(TZR, TODAY).lead_strong
    assert "Lycée de la Meurthe" in lead or "Collège des Images" in lead
    assert "Zone de remplacement des Vosges" in lead


def test_p20_a_zone_lacks_no_code_of_a_school():
    zone = ZONE.model_copy(update={"uai": None})
    assert not [one for one in missing(holding(zone), TODAY) if "UAI" in one.what]


REP_ZONE = ZONE.model_copy(update={"etablissement": "Zone de remplacement REP+ du bassin"})
REP_ATTACHED = ATTACHED.model_copy(update={"etablissement": "Collège des Images REP"})
REP_YEARLY = YEARLY.model_copy(update={"etablissement": "Collège de l’Ill REP+"})
LEFT = FIXED.model_copy(update={"etablissement": "Collège des Pins REP"})
AWAY = YEARLY.model_copy(update={"type": "Affectation à l’année"})


@pytest.mark.parametrize(
    ("lines", "priority"),
    [
        ((REP_ZONE, REP_ATTACHED, YEARLY), "aucune"),
        ((REP_ZONE, ATTACHED, REP_YEARLY), "REP+"),
        ((REP_ZONE, REP_ATTACHED), "REP"),
        ((LEFT,), "REP"),
        ((LEFT, AWAY), "aucune"),
        ((REP_ZONE,), "aucune"),
    ],
)
def test_p20_the_indemnity_of_a_rep_is_that_of_where_she_teaches(lines, priority):
    assert pay_start(holding(*lines), (), date(2026, 11, 1), TODAY).priority == priority


def test_p20_ma_paie_names_the_school_where_she_teaches_this_year():
    said = seen("/perspectives/ma-paie", holding(ZONE, REP_ATTACHED, REP_YEARLY))
    assert "D’après votre dossier : Collège de l’Ill REP+" in said
    assert "Collège des Images" not in said


@pytest.mark.parametrize(
    ("lines", "place"),
    [
        ((ZONE, YEARLY, ATTACHED), "Lycée de la Meurthe"),
        ((ZONE, ATTACHED), "Zone de remplacement des Vosges"),
        ((FIXED,), "Collège des Pins"),
    ],
)
def test_p20_a_cv_begins_with_the_post_of_the_year_and_never_with_an_attachment(lines, place):
    session = CvPages(Visit(lambda: people.FakeGuichet(holding(*lines))), Undrawn())
    facts = filled_in(Cv(), session.dossier()).faits
    assert facts.situation.etablissement == place
    assert len(facts.fonctions) == len(lines)


def test_p20_who_evaluates_is_told_by_where_she_works_not_by_the_last_line_of_the_file():
    lycee = YEARLY.model_copy(update={"type_etablissement": "Lycée"})
    primary = people.JEAN.model_copy(update={"affectations": (lycee, people.JEAN.affectations[0])})
    ecole = people.JEAN.model_copy(update={"affectations": people.JEAN.affectations})
    assert evaluation_of(primary, 2026, TODAY) != evaluation_of(ecole, 2026, TODAY)
