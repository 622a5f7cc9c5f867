"""Et si… : events added, moved, removed; every sentence is true of the numbers."""

from datetime import date

import pytest
import ui_people as people
from hypothesis import given, settings
from hypothesis import strategies as st
from ui_et_si import PATH, Hand, drawn, plain, pressed

from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.career.calculation import answer as career
from iprof_kit.calculate.career.question import CareerQuestion
from iprof_kit.calculate.et_si.naming import event_text
from iprof_kit.calculate.et_si.question import (
    FIELDS,
    Evenement,
)
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.et_si.essais import (
    described,
    document_of,
    essais_of,
    possible_departure,
)
from iprof_kit.ui.screens.et_si.form import fields_of, read_event, values_of
from iprof_kit.ui.screens.et_si.ideas import proposed

LEAVE = {"nature": "disponibilite", "debut": "01/09/2028", "fin": "31/08/2029"}
REP = {"nature": "education_prioritaire", "debut": "01/09/2028", "fin": "", "reseau": "REP+"}


@pytest.fixture
def hand():
    """Jean, whose scenario B supposes nothing yet."""
    jean = Hand()
    jean.do("es_idee", of="plein")
    return jean


def test_a_first_visit_compares_two_lives_that_differ_and_keeps_nothing():
    first = Hand()
    said = plain(first.page.text)
    assert (
        "À 100 % dès septembre 2027 : 340 € nets de plus par mois moyen. Rien n’est demandé."
        in said
    )
    assert "+ 141 854 €" in said
    assert "carnet_enregistrer" not in first.guichet.asked
    assert pressed(first.page) == {"idee-plein", "onglet-B"}


def test_every_fictitious_person_first_sees_two_lines_that_differ():
    for dossier in list(sample_people().values())[3:9]:
        page = Hand(people.FakeGuichet(dossier)).page
        assert {"A", "B"} <= {one.get("data-of") for one in drawn(page, "line")}


def test_six_ideas_are_offered_and_each_applies_or_says_why():
    offered = [b["id"].removeprefix("idee-") for b in Hand().page.all("button")
               if b.get("id", "").startswith("idee-")]  # fmt: skip
    assert len(offered) == 6
    for code in offered[1:]:
        tried = Hand()
        page = tried.do("es_idee", of=code)
        assert f"idee-{code}" in pressed(page), code


def test_an_idea_takes_the_next_1_september_or_the_first_day_that_the_law_allows(hand):
    dated = {
        "parental": ("conge_parental", date(2027, 9, 1)),
        # 9e on 1 March 2031, two years in it: décret 90-680, article 25
        "grade": ("hors_classe", date(2033, 9, 1)),
        "partir": ("retraite", date(2055, 5, 20)),
    }
    for code, kept in dated.items():
        hand.do("es_idee", of=code)
        assert [(e.nature, e.debut) for e in hand.stored.scenarios[1].evenements] == [kept]
    page = hand.do("es_idee", of="partir")
    assert "idee-partir" not in pressed(page)
    assert hand.stored.scenarios[1].evenements == ()


def test_an_idea_pressed_on_the_first_scenario_goes_to_the_second(hand):
    hand.do("es_onglet", of="0")
    page = hand.do("es_idee", of="parental")
    assert hand.stored.scenarios[0].evenements == ()
    assert "onglet-B" in pressed(page)


def test_a_tab_shows_its_scenario_and_saves_nothing(hand):
    before = hand.guichet.asked.count("carnet_enregistrer")
    page = hand.do("es_onglet", of="0")
    assert "Aucun événement." in page.text
    assert "onglet-A" in pressed(page)
    assert hand.guichet.asked.count("carnet_enregistrer") == before


def test_the_scenario_shown_is_the_last_one_changed_on_another_device(hand):
    hand.do("es_creer")
    assert "onglet-C" in pressed(Hand(hand.guichet).page)


def test_a_new_scenario_supposes_what_the_others_do_not(hand):
    hand.do("es_creer")
    third = hand.stored.scenarios[2].evenements
    assert third
    assert third not in {one.evenements for one in hand.stored.scenarios[:2]}


def test_a_leave_inside_an_open_part_time_is_said_of_both():
    jean = Hand()
    page = jean.add(**(LEAVE | {"nature": "conge_parental"}))
    said = plain(page.text)
    assert "sauf du 1er septembre 2028 au 31 août 2029" in said
    assert plain("À 100 % et congé parental : ") in said
    assert len(drawn(page, "unpaid")) == 2  # on the wide figure and on the narrow one
    assert len(drawn(page, "flag")) == 4


def test_the_name_of_a_scenario_is_left_as_it_was_typed(hand):
    hand.do("es_renommer", of="1", nom="Un CAP, le NUMEN")
    html = hand.portal.handle({"kind": "route", "path": PATH}).html
    assert "CAP, le NUMEN" in html
    assert "commission administrative" not in html
    assert "numéro d’identification" not in html


def test_an_event_is_added_kept_and_said(hand):
    page = hand.add(**LEAVE)
    assert "Disponibilité sans activité, du 1er septembre 2028 au 31 août 2029" in page.text
    assert "Enregistré dans ce kit le 25 novembre 2026" in page.text
    assert "Non couvert" in page.text
    (event,) = hand.stored.scenarios[1].evenements
    assert (event.debut, event.fin) == (date(2028, 9, 1), date(2029, 8, 31))


def test_another_device_finds_what_was_tried(hand):
    hand.add(**LEAVE)
    assert "Disponibilité sans activité" in Hand(hand.guichet).page.text


def test_an_event_is_moved_by_years_and_comes_back(hand):
    hand.add(**LEAVE)
    hand.do("es_plus_tard", of="1:0")
    assert hand.stored.scenarios[1].evenements[0].debut == date(2029, 9, 1)
    hand.do("es_plus_tot", of="1:0")
    assert hand.stored.scenarios[1].evenements[0].fin == date(2029, 8, 31)


def test_an_event_moved_into_the_past_stays_and_says_why(hand):
    hand.add(**LEAVE)
    for _ in range(3):
        page = hand.do("es_plus_tot", of="1:0")
    assert "est passé" in page.text
    assert hand.stored.scenarios[1].evenements[0].debut == date(2027, 9, 1)


def test_an_event_is_changed_in_place(hand):
    hand.add(**LEAVE)
    page = hand.do("es_modifier", of="1:0")
    assert {"value": "01/09/2028"}.items() <= next(
        i for i in page.all("input") if i["name"] == "debut"
    ).items()
    hand.do("es_valider", **(LEAVE | {"debut": "01/09/2027"}))
    assert [e.debut for e in hand.stored.scenarios[1].evenements] == [date(2027, 9, 1)]


def test_an_event_is_removed_and_the_removal_undone(hand):
    hand.add(**LEAVE)
    assert "C’est retiré." in hand.do("es_retirer", of="1:0").text
    assert hand.stored.scenarios[1].evenements == ()
    assert "Disponibilité sans activité" in hand.do("es_annuler").text
    assert len(hand.stored.scenarios[1].evenements) == 1


def test_an_event_being_changed_stays_the_same_one_when_another_is_removed(hand):
    hand.add("0", nature="temps_partiel", debut="01/09/2028", fin="", quotite="80")
    hand.add("0", nature="mutation", debut="01/09/2030", fin="", zone="1")
    hand.add("0", nature="retraite", debut="01/09/2056")
    hand.do("es_modifier", of="0:1")
    hand.do("es_retirer", of="0:0")
    hand.do("es_valider", nature="mutation", debut="01/09/2033", fin="", zone="2")
    kept = [(e.nature, e.debut) for e in hand.stored.scenarios[0].evenements]
    assert kept == [("mutation", date(2033, 9, 1)), ("retraite", date(2056, 9, 1))]


def test_an_event_removed_while_it_is_changed_is_added_again(hand):
    hand.add(**LEAVE)
    hand.add(nature="retraite", debut="01/09/2056")
    hand.do("es_modifier", of="1:0")
    hand.do("es_retirer", of="1:0")
    hand.do("es_valider", **LEAVE)
    kept = [e.nature for e in hand.stored.scenarios[1].evenements]
    assert sorted(kept) == ["disponibilite", "retraite"]


def test_undoing_a_removal_closes_the_form(hand):
    hand.add(**LEAVE)
    hand.do("es_modifier", of="1:0")
    hand.do("es_retirer", of="1:0")
    page = hand.do("es_annuler")
    assert "Modifier un événement" not in page.text
    assert "Ajouter un événement au scénario" not in page.text


@pytest.mark.parametrize("removal", [("es_retirer", "1:0"), ("es_supprimer", "0")])
def test_only_the_last_act_is_undone(hand, removal):
    hand.add(**LEAVE)
    name, of = removal
    hand.do(name, of=of)
    hand.do("es_renommer", of="0", nom="Rester")
    page = hand.do("es_creer")
    assert "C’est retiré." not in page.text
    before = hand.stored
    hand.do("es_annuler")
    assert hand.stored == before


def test_a_refused_choice_keeps_the_last_valid_one_with_reason_and_first_choice(hand):
    hand.add(nature="hors_classe", annee="2034")
    hand.do("es_modifier", of="1:0")
    page = hand.do("es_valider", nature="hors_classe", annee="2032")
    assert "Refusé, rien n’a été modifié." in page.text
    assert "il faut 2 ans" in page.text
    assert hand.stored.scenarios[1].evenements[0].debut == date(2034, 9, 1)
    assert "Essayer le 1er septembre 2033" in page.text
    hand.do("es_prendre", of="01/09/2033")
    assert hand.stored.scenarios[1].evenements[0].debut == date(2033, 9, 1)


def test_a_change_that_closes_another_event_is_refused(hand):
    hand.add(nature="hors_classe", annee="2033")
    page = hand.add(**LEAVE)
    assert "Passage à la hors classe, au 1er septembre 2033" in page.text
    assert [e.nature for e in hand.stored.scenarios[1].evenements] == ["hors_classe"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"debut": ""}, "La date n’est pas renseignée."),
        ({"debut": "31/06/2028"}, "Le mois de juin 2028 a 30 jours."),
        ({"fin": "01/01/2028"}, "vient avant le premier jour"),
        ({"debut": people.HOSTILE}, "La date n’est pas lisible."),
    ],
)
def test_what_is_wrong_in_the_form_is_said_at_the_field_and_kept(hand, typed, said):
    page = hand.add(**(LEAVE | typed))
    assert said in page.text
    name, value = next(iter(typed.items()))
    field = next(i for i in page.all("input") if i["name"] == name)
    assert (field["value"], field["aria-invalid"]) == (value, "true")
    assert hand.stored.scenarios[1].evenements == ()


def test_choosing_a_nature_changes_the_form(hand):
    hand.do("es_ajouter", of="1")
    names = {i["name"] for i in hand.do("es_nature", nature="hors_classe").all("select")}
    assert {"nature", "annee"} <= names
    names = {i["name"] for i in hand.do("es_nature", nature="direction").all("input")}
    assert {"debut", "fin", "classes"} <= names


@pytest.mark.parametrize("nature", sorted(FIELDS))
def test_every_nature_has_its_own_fields(nature):
    shown = {field.name for field in fields_of({"nature": nature}, {}, "pe", people.TODAY)}
    year = nature in ("hors_classe", "classe_exceptionnelle")
    wanted = {"annee" if year and name == "debut" else name for name in FIELDS[nature]}
    assert shown == {"nature"} | wanted


@pytest.mark.parametrize("nature", sorted(FIELDS))
def test_what_the_form_shows_of_an_event_gives_the_event_back(nature):
    usual = {
        "debut": date(2030, 9, 1),
        "fin": date(2031, 8, 31),
        "quotite": 70,
        "classes": 4,
        "reseau": "REP",
        "corps": "agrege",
        "zone": 2,
        "echelon": "8",
    }
    event = Evenement(nature=nature, **{name: usual[name] for name in FIELDS[nature]})
    assert read_event(values_of(event), "pe", people.TODAY) == (event, {})
    assert event_text(event)
    assert all(f.label for f in fields_of(values_of(event), {}, "pe", people.TODAY))


def test_scenarios_are_made_copied_named_and_removed(hand):
    hand.add(**LEAVE)
    hand.do("es_copier", of="1")
    hand.do("es_creer")
    page = hand.do("es_creer")
    assert len(hand.stored.scenarios) == 4
    assert "+ Un scénario" not in page.text
    hand.do("es_renommer", of="2", nom="  Partir   un an ")
    assert hand.stored.scenarios[2].nom == "Partir un an"
    assert "Le nom est vide" in hand.do("es_renommer", of="2", nom=" ").text
    for _ in range(5):
        hand.do("es_supprimer", of="0")
    assert len(hand.stored.scenarios) == 1


def test_the_zone_and_the_children_change_the_pay(hand):
    before = hand.page.text
    page = hand.do("es_base", zone="1", enfants="2")
    assert hand.guichet.carnets["paie"].contenu["champs"] == {"zone": "1", "enfants": "2"}
    assert page.text != before


def test_a_link_is_made_and_another_teacher_sees_the_events_on_her_own_file(hand):
    hand.add(**LEAVE)
    hand.do("es_renommer", of="1", nom="Projet de Jean Dupont")
    hand.do("es_partager", of="1")
    page = hand.do("es_lien", of="1", jours="30")
    address = next(i for i in page.all("input") if i.get("id") == "lien")["value"]
    assert address == "/perspectives/et-si?lien=jeton-0"
    other = people.FakeGuichet()
    other.shared = hand.guichet.shared
    assert "Jean" not in str(other.shared)
    reader = Hand(other, "?lien=jeton-0")
    assert "Un scénario vous a été envoyé" in reader.page.text
    assert "B, Scénario reçu" in plain(reader.page.text)
    assert "Disponibilité sans activité" in reader.page.text
    assert other.carnets == {}
    reader.do("es_recevoir")
    assert reader.stored.scenarios[-1].evenements == hand.stored.scenarios[1].evenements


def test_a_trainer_sees_a_shared_scenario_on_a_fictitious_person_and_keeps_nothing(hand):
    hand.add(**LEAVE)
    hand.do("es_partager", of="1")
    hand.do("es_lien", of="1", jours="30")
    trainer = people.FakeGuichet(role="formateur", hidden=True)
    trainer.shared = hand.guichet.shared
    reader = Hand(trainer, "?lien=jeton-0")
    assert "appliqués ici à une personne fictive" in reader.page.text
    assert "Disponibilité sans activité" in reader.page.text
    second = reader.page.all("option")[1]["value"]
    before = reader.page.text
    page = reader.do("es_personne", personne=second)
    assert page.text != before
    reader.do("es_recevoir")
    reader.do("es_personne", personne="personne d’autre")
    assert trainer.carnets == {}
    page = reader.do("es_ignorer")
    assert "ce compte n’en a pas" in page.text


def test_a_received_scenario_may_be_closed_without_keeping(hand):
    hand.add(**LEAVE)
    hand.do("es_partager", of="1")
    hand.do("es_lien", of="1", jours="7")
    page = hand.go("?lien=jeton-0")
    assert "Scénario reçu" in page.text
    assert "Scénario reçu" not in hand.do("es_ignorer").text


def test_a_link_that_is_refused_says_why_and_shows_her_own_scenarios():
    page = Hand(query="?lien=faux").page
    assert "Ce lien de scénario est incomplet ou a été modifié." in page.text
    assert "A, Rester" in plain(page.text)


def test_a_save_that_fails_keeps_the_event_on_the_screen(hand):
    hand.add(**LEAVE)
    real = hand.guichet.ask

    def down(op, **args):
        if op == "carnet_enregistrer":
            raise Unavailable("le serveur ne répond pas.")
        return real(op, **args)

    hand.guichet.ask = down
    page = hand.add(**(REP | {"debut": "01/09/2030"}))
    assert "Vos essais ne sont pas enregistrés." in page.text
    assert "REP+" in page.text


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("es_ajouter", {"of": "9"}), ("es_ajouter", {"of": "x"}), ("es_modifier", {"of": "1:7"}),
        ("es_modifier", {"of": "-1:0"}), ("es_retirer", {"of": "1:99999999999"}),
        ("es_valider", LEAVE), ("es_prendre", {"of": people.HOSTILE}), ("es_lien", {"of": "0"}),
        ("es_base", {"zone": "9", "enfants": "-1"}), ("es_renommer", {}), ("inconnu", {}),
        ("es_recevoir", {}), ("es_plus_tot", {"of": ""}), ("es_idee", {"of": "x"}),
        ("es_onglet", {"of": "7"}),
    ],
)  # fmt: skip
def test_a_malformed_message_changes_nothing_and_breaks_nothing(hand, name, values):
    before = hand.stored
    page = hand.do(name, **values)
    assert "indisponible" not in page.text
    assert hand.stored == before


def test_what_an_older_kit_wrote_is_read_as_far_as_it_can_be():
    found = essais_of(
        {
            "zone": "x",
            "enfants": 99,
            "scenarios": [
                {"nom": 3, "evenements": [{"nature": "grève"}, 5, None]},
                7,
                {
                    "nom": "Bon",
                    "evenements": [{"nature": "mutation", "zone": 1, "debut": "2030-09-01"}],
                },
            ],
        }
    )
    assert [(s.nom, len(s.evenements)) for s in found.scenarios] == [("Sans nom", 0), ("Bon", 1)]
    assert essais_of(document_of(found)) == found
    assert described(document_of(found))[1].startswith("Bon : Mutation en zone 1")


def test_without_corps_nothing_is_supposed():
    page = Hand(people.FakeGuichet(people.SANS_CORPS)).page
    assert "as de corps, donc pas de carrière" in page.text


ACTS = st.tuples(
    st.sampled_from(
        [
            "es_ajouter",
            "es_modifier",
            "es_valider",
            "es_prendre",
            "es_fermer",
            "es_retirer",
            "es_plus_tot",
            "es_plus_tard",
            "es_creer",
            "es_copier",
            "es_supprimer",
            "es_annuler",
        ]
    ),
    st.fixed_dictionaries(
        {
            "of": st.sampled_from(["0", "1", "2", "0:0", "1:0", "1:1", "2:0", "01/09/2034"]),
            "nature": st.sampled_from(sorted(FIELDS)),
            "debut": st.sampled_from(["01/09/2027", "01/09/2029", "31/02/2028", ""]),
            "fin": st.sampled_from(["31/08/2030", ""]),
            "classes": st.sampled_from(["6", "x"]),
            "annee": st.sampled_from(["2033", "2040"]),
            "zone": st.just("1"),
        }
    ),
)


@given(acts=st.lists(ACTS, min_size=3, max_size=8))
@settings(max_examples=12, deadline=None)
def test_any_sequence_of_acts_leaves_a_screen_and_what_is_kept_in_agreement(acts):
    hand = Hand()
    for name, values in acts:
        page = hand.do(name, **values)
        assert "indisponible" not in page.text
        assert "n’a pas pu être préparé" not in page.text
    if "scenarios" in hand.guichet.carnets:
        for scenario in hand.stored.scenarios:
            assert scenario.nom in page.text
            for event in scenario.evenements:
                assert plain(event_text(event)) in plain(page.text)


def test_a_promotion_not_had_is_supposed_and_said_so():
    held = people.JEAN.echelons[-1].model_copy(
        update={"echelon": "10", "date_effet": date(2023, 9, 1)}
    )
    jean = people.JEAN.model_copy(update={"echelons": (held,)})
    hand = Hand(people.FakeGuichet(jean))
    hand.do("es_ajouter", of="1")
    form = hand.do("es_nature", nature="hors_classe")
    assert "2024 (passée)" in form.text
    page = hand.do("es_valider", nature="hors_classe", annee="2024")
    assert hand.stored.scenarios[1].evenements[-1].debut == date(2024, 9, 1)
    assert "contrefactuel\u00a0: décision passée" in page.text


SEPTEMBER = date(2027, 9, 1)


@pytest.mark.parametrize("dossier", sample_people().values(), ids=lambda one: one.numero)
def test_nothing_is_proposed_first_after_the_day_on_which_a_person_may_leave(dossier):
    situation = situation_of(dossier, people.TODAY)
    opening = career(CareerQuestion(situation=situation, aujourdhui=people.TODAY)).retraite
    (first,) = proposed(
        situation, people.TODAY, possible_departure(situation, people.TODAY)
    ).evenements
    soon = opening is not None and opening.date_ouverture <= SEPTEMBER
    assert (first.nature == "retraite") == soon
    if soon:
        assert max(opening.date_ouverture, people.TODAY) <= first.debut <= SEPTEMBER


def test_who_may_leave_in_march_is_shown_that_departure_and_not_a_september_at_part_time():
    may_leave = next(one for one in sample_people().values() if one.numero == "D0010")
    first = Hand(people.FakeGuichet(may_leave))
    assert pressed(first.page) == {"idee-partir", "onglet-B"}
    assert "Départ le 21 mars 2027" in plain(first.page.text)
    assert "septembre 2027" not in plain(first.page.text).partition("Idées")[0]
