"""One person, one situation: what her file says and what she told is the same on every screen."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_situation import PAY, PENSION, TODAY, TRIED, Screens, own, position

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi
from iprof_kit.calculate.pension.calculation import answers as pensions
from iprof_kit.services.contract.dossier import PositionTenue
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.pay.entry import mean_month
from iprof_kit.ui.own_situation.positions import position_changes
from iprof_kit.ui.own_situation.told import Told
from iprof_kit.ui.own_situation.wishes import BORN
from iprof_kit.ui.screens.autres_parcours.question import question_for
from iprof_kit.ui.screens.retraite.entry import PensionStart, read_pension
from iprof_kit.ui.shared.messages import Intent

ONE_LINE = people.JEAN.model_copy(
    update={"positions": (position("En activité", date(2024, 9, 1), share=100),)}
)
"""Imported on one line, as the guide of the import allows: ten years before it are not shown."""
OVERSEAS = people.JEAN.model_copy(update={"departement": "972", "positions": ONE_LINE.positions})
AWAY = {
    "parental": (position("Congé parental", date(2026, 6, 1), date(2027, 5, 31)), "2027-06-01"),
    "suivre": (position("Disponibilité", date(2026, 3, 1), why="suivre son conjoint"),
               "2026-12-01"),
}  # fmt: skip


def lived(one, *events):
    asked = one.supposing((ScenarioEtSi(nom="A", evenements=events),))
    return answer(asked).scenarios[0]


def bounds(line):
    both = line.fourchette
    return line.pension_brute or (both.sans_autre_trimestre, both.duree_atteinte)


@pytest.mark.parametrize("dossier", [people.JEAN, ONE_LINE, AWAY["parental"][0], AWAY["suivre"][0]])
def test_p01_the_pension_of_a_departure_is_one_on_retraite_and_et_si(dossier, career_of):
    """A gap in the file is supposed worked on both; a position goes on as long on both."""
    if isinstance(dossier, PositionTenue):
        dossier = people.JEAN.model_copy(
            update={"positions": (*people.JEAN.positions[:3], dossier)}
        )
    one = own(dossier)
    scenario = lived(one)
    start = PensionStart(one.dossier, career_of(one), TODAY)
    entry = read_pension({"depart_1": scenario.depart.strftime("%d/%m/%Y")}, start)
    shown = bounds(pensions([entry.questions["depart_1"]])[0].departs[0])
    assert shown == (scenario.pension.brute or (scenario.pension.basse, scenario.pension.haute))


@pytest.fixture
def career_of():
    from iprof_kit.calculate.career.calculation import answer as career
    from iprof_kit.calculate.career.question import CareerQuestion

    return lambda one: career(CareerQuestion(situation=one.start, aujourdhui=TODAY))


@pytest.mark.parametrize(
    ("dossier", "told"),
    [
        (OVERSEAS, {}),
        (people.JEAN, {"enfants": "2", "zone": "1", "nbi": "20"}),
        (people.JEAN, {"naissances_enfants": "12/05/2012 ; 03/02/2019", "psc": "non"}),
        (people.JEAN, {"direction_classes": "6", "education_prioritaire": "REP+"}),
    ],
)
def test_p01_the_mean_month_of_today_is_one_on_ma_paie_and_et_si(dossier, told):
    one = own(dossier, told)
    assert lived(one).tranches[0].net == mean_month(one.payslip).net_avant_impot
    screens = Screens(dossier)
    screens.read(PAY, "paie", **told)
    net = re.search(r"aujourd’hui ([\d ]+,\d\d €)", screens.read(PAY))[1]
    assert re.search(rf"aujourd’hui [^€]*?{re.escape(net)}", screens.read(TRIED))


def test_p01_what_belongs_to_a_post_ends_with_it_in_et_si():
    one = own(OVERSEAS, {"direction_classes": "5", "zone": "3"})
    move = Evenement(nature="mutation", debut=date(2030, 9, 1), zone=3)
    before, after = (
        next(p for p in lived(one, move).tranches if p.debut <= day <= p.fin)
        for day in (date(2030, 8, 31), date(2030, 9, 1))
    )
    plain = lived(own(people.JEAN.model_copy(update={"positions": ONE_LINE.positions})))
    same = next(p for p in plain.tranches if p.debut <= date(2030, 9, 1) <= p.fin)
    assert before.net > after.net == same.net


@pytest.mark.parametrize("name", AWAY)
def test_p01_nobody_is_paid_today_in_et_si_whose_file_says_that_no_service_is(name):
    stay, resumed = AWAY[name]
    dossier = people.JEAN.model_copy(update={"positions": (*people.JEAN.positions[:3], stay)})
    first, then = lived(own(dossier)).tranches[:2]
    assert (first.net, first.situation, first.quotite) == (0.0, stay.position.lower(), 0)
    assert str(then.debut) == resumed
    assert then.net > 0
    assert re.search("Votre paie de novembre 2026 ?aucune", Screens(dossier).read("/accueil"))


def test_p01_children_typed_in_ma_paie_are_known_in_et_si_and_retraite_and_undone_there():
    screens = Screens()
    screens.read(PAY, "paie", enfants="4")
    assert "4 enfants à charge" in screens.read(TRIED)
    assert "Ce que vous avez indiqué dans Ma paie est compté" in screens.read(TRIED)
    assert "4, indiqué dans Ma paie" in screens.read(PENSION)
    assert screens.field(PENSION, "enfants_nombre") == "4"
    screens.read(PENSION, "retraite", enfants_nombre="")
    assert "sans enfant à charge" in screens.read(TRIED)
    assert screens.field(PAY, "enfants") == ""


def test_p01_births_typed_in_retraite_give_the_supplement_of_ma_paie():
    screens = Screens()
    screens.read(PENSION, "retraite", enfants_nombre="2", enfant_1_naissance="04/03/1999",
                 enfant_2_naissance="09/08/2020")  # fmt: skip
    assert screens.field(PAY, "naissances_enfants") == "04/03/1999 ; 09/08/2020"
    assert "indiqué dans Retraite" in screens.read(PAY)
    assert "1 enfant à charge" in screens.read(TRIED)  # the first one is grown up
    screens.read(PAY, "paie", naissances_enfants="09/08/2020")
    assert screens.field(PENSION, "enfants_nombre") == "1"
    assert screens.field(PENSION, "enfant_1_naissance") == "09/08/2020"


def test_p01_what_another_screen_told_is_not_kept_a_second_time():
    screens = Screens()
    screens.read(PAY, "paie", enfants="2")
    screens.read(PENSION, "retraite", enfants_nombre="2", autres_trimestres="12")
    assert screens.guichet.carnets["retraite"].contenu["champs"] == {"autres_trimestres": "12"}
    screens.read(PAY, "paie", enfants="3")
    assert screens.field(PENSION, "enfants_nombre") == "3"


def test_p01_the_zone_and_the_children_chosen_in_et_si_are_those_of_ma_paie():
    screens = Screens()
    screens.read(TRIED, "es_base", zone="2", enfants="1")
    assert screens.field(PAY, "enfants") == "1"
    assert "zone 2" in screens.read(PAY)


def test_p01_what_an_older_kit_kept_with_the_scenarios_is_told_once_more():
    guichet = people.FakeGuichet()
    old = {"zone": 1, "enfants": 2, "vu": 0, "scenarios": [{"nom": "Rester", "evenements": []}]}
    guichet.ask("carnet_enregistrer", sujet="scenarios", contenu=old, revision=0, cle="a" * 12)
    screens = Screens(guichet=guichet)
    assert "zone 1, 2 enfants à charge" in screens.read(TRIED)
    assert guichet.carnets["paie"].contenu["champs"] == {"zone": "1", "enfants": "2"}
    assert set(guichet.carnets["scenarios"].contenu) == {"vu", "scenarios"}


def test_p01_the_quarters_typed_in_retraite_are_those_of_et_si(career_of):
    told = {"autres_trimestres": "37"}
    one = own(people.JEAN, pension=told)
    scenario = lived(one)
    start = PensionStart(one.dossier, career_of(one), TODAY)
    entry = read_pension(told | {"depart_1": scenario.depart.strftime("%d/%m/%Y")}, start)
    shown = pensions([entry.questions["depart_1"]])[0].departs[0]
    assert shown.pension_brute == scenario.pension.brute
    assert lived(own(people.JEAN)).pension.brute is None


def test_p01_a_fact_written_meanwhile_on_another_device_is_not_lost():
    guichet = people.FakeGuichet()
    here, there = (Told(Visit(lambda: guichet)) for _ in range(2))
    here.pay.typed()
    there.take_pay(Intent("paie", {"nbi": "10"}))
    here.tell_pay({"zone": "1"})
    assert guichet.carnets["paie"].contenu["champs"] == {"nbi": "10", "zone": "1"}


def test_p01_a_leave_of_health_supposed_in_et_si_is_in_the_page_alone():
    screens = Screens()
    screens.read(TRIED, "es_idee", of="plein")
    for values in (
        {"nature": "disponibilite", "debut": "01/09/2030", "fin": "31/08/2031"},
        {"nature": "conge_maladie", "debut": "05/01/2027", "fin": "05/02/2027"},
    ):
        screens.read(TRIED, "es_ajouter", of="1")
        said = screens.read(TRIED, "es_valider", **values)
    assert "maladie" in said
    assert "gardé en mémoire tant que cette page est ouverte" in said
    kept = str([carnet.contenu for carnet in screens.guichet.carnets.values()])
    assert "disponibilite" in kept
    assert "conge_maladie" not in kept
    assert "Un congé de maladie ne part jamais dans un lien." in screens.read(
        TRIED, "es_lien", of="1", jours="7"
    )
    assert screens.guichet.shared == {}
    other_page = Screens(guichet=screens.guichet)
    assert "gardé en mémoire" not in other_page.read(TRIED)


def test_p01_a_leave_that_an_older_kit_kept_is_kept_no_more_once_opened():
    guichet = people.FakeGuichet()
    event = {"nature": "conge_maladie", "debut": "2027-03-01"}
    old = {
        "vu": 1,
        "scenarios": [{"nom": "A", "evenements": []}, {"nom": "B", "evenements": [event]}],
    }
    guichet.ask("carnet_enregistrer", sujet="scenarios", contenu=old, revision=0, cle="a" * 12)
    assert "gardé en mémoire" in Screens(guichet=guichet).read(TRIED)
    assert "conge_maladie" not in str(guichet.carnets["scenarios"].contenu)


PLACES, PATHS = "/perspectives/autres-affectations", "/perspectives/autres-parcours"


def test_p01_births_told_elsewhere_are_known_where_places_and_paths_ask_children():
    screens = Screens()
    screens.read(PAY, "paie", naissances_enfants="02/06/2013 ; 30/11/2021")
    said = "2 enfants, que vous avez indiqués dans Ma paie ou Retraite."
    assert said in screens.read(PATHS)
    screens.read(PLACES, "reponses", demande="rapprochement_conjoints")
    assert screens.field(PLACES, "enfant-2") == "30/11/2021"
    assert "indiqué dans Ma paie ou Retraite" in screens.read(PLACES)
    children = {"enfant-1": "02/06/2013", "enfant-2": "30/11/2021"}
    screens.read(PLACES, "reponses", demande="rapprochement_conjoints", **children)
    screens.read(PATHS, "parcours_reponses", enfants="oui", **children)
    assert "2021" not in str(screens.guichet.carnets.get("voeux"))
    screens.read(PAY, "paie", naissances_enfants="")
    assert said not in screens.read(PATHS)


def test_p01_what_is_said_there_of_children_stands_over_what_was_told_elsewhere():
    screens = Screens()
    screens.read(PAY, "paie", naissances_enfants="02/06/2013")
    screens.read(PATHS, "parcours_reponses", enfants="aucun")
    document = screens.guichet.carnets["voeux"].contenu
    assert document["parcours"]["reponses"]["enfants"] == "aucun"
    asked = question_for(people.JEAN, {**document, BORN: ["02/06/2013"]}, TODAY)
    assert asked["enfants"] == ()
    told = question_for(people.JEAN, {BORN: ["02/06/2013"]}, TODAY)
    assert told["enfants"] == ({"naissance": date(2013, 6, 2)},)


def test_p01_who_was_hired_within_the_month_is_paid_her_quotite_on_each_screen():
    hired = position("En activité", TODAY.replace(day=9), share=70, modality="Temps partiel")
    one = own(people.JEAN.model_copy(update={"positions": (hired,)}))
    assert one.payslip.quotite == 70
    assert lived(one).tranches[0].net == mean_month(one.payslip).net_avant_impot
    month = TODAY.replace(day=1)
    assert "le 9 novembre 2026" in position_changes(one.dossier, month)
