"""Supposed events: what each changes in steps, pay and pension, and what the law refuses."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from et_si_case import CERTIFIED, JEAN, LAST, TODAY, asked, at, entered, event, one
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from iprof_kit.base.calendar import axis_of, date_of
from iprof_kit.base.errors import InputError
from iprof_kit.calculate.et_si.question import (
    FIELDS,
    Evenement,
)
from iprof_kit.calculate.et_si.words import COVERED
from iprof_kit.calculate.pension.question import Instituteur
from iprof_kit.calculate.subjects import ask
from iprof_kit.law.tables.loading import load_reference


def payslip(**more):
    """The payslip of the calculation of pay, asked apart."""
    base = {"corps": "pe", "grade": "classe_normale", "echelon": "8", "zone": 3,
            "primes_usuelles": True, "mode": "annualise", "date": TODAY}  # fmt: skip
    return ask("pay", {**base, **more})


def test_without_event_the_steps_are_those_of_the_law():
    plain = asked().scenarios[0]
    lengths = load_reference("durees_echelon")
    mine = lengths[(lengths.corps == "pe") & (lengths.grade == "classe_normale")]
    day = axis_of(date(2024, 9, 1))
    for step in plain.etapes:
        assert step.date == date_of(day)
        known = mine.valide_du.dt.date <= step.date  # the length in force when it is reached
        row = mine[known & (mine.echelon == step.echelon)].iloc[-1]
        day += 0 if row.isna()["duree_mois"] else int(row["duree_mois"]) * 30
    assert [step.echelon for step in plain.etapes] == ["7", "8", "9", "10", "11"]


def test_the_pay_of_a_piece_is_that_of_the_payslip():
    piece = at(asked().scenarios[0], date(2028, 1, 1))
    assert (piece.echelon, piece.indice_majore) == ("8", 562)
    assert piece.net == payslip().totaux.net_avant_impot
    assert piece.brut == payslip().totaux.brut


def test_the_cumulated_pay_is_the_sum_of_the_months():
    plain = asked().scenarios[0]
    ends = [*(piece.debut for piece in plain.tranches[1:]), LAST]
    total = sum(
        (axis_of(end) - axis_of(piece.debut)) / 30 * piece.net
        for piece, end in zip(plain.tranches, ends, strict=True)
    )
    assert plain.cumul_net == pytest.approx(total, abs=0.01)


AWAY = (date(2028, 9, 1), date(2029, 8, 31))


@pytest.mark.parametrize(
    ("nature", "ninth"),
    [
        ("disponibilite", date(2032, 3, 1)),  # CGFP L514-1: the year does not count
        ("disponibilite_activite", date(2031, 3, 1)),  # L514-2: it does
        ("disponibilite_enfant", date(2031, 3, 1)),
        ("conge_parental", date(2031, 3, 1)),  # L515-9
        ("conge_maladie", date(2031, 3, 1)),  # L822-2
    ],
)
def test_a_position_counts_for_advancement_as_the_law_says(nature, ninth):
    scenario = one(event(nature, *AWAY))
    assert not scenario.refus
    assert entered(scenario, "9") == ninth
    assert (at(scenario, date(2029, 1, 1)).net == 0) == (nature != "conge_maladie")


def test_part_time_slows_nothing_and_is_paid_at_its_fraction():
    scenario = one(event("temps_partiel", *AWAY, quotite=80))
    assert entered(scenario, "9") == date(2031, 3, 1)
    assert at(scenario, date(2029, 1, 1)).net == payslip(quotite=80).totaux.net_avant_impot
    assert at(scenario, date(2029, 9, 1)).net == payslip().totaux.net_avant_impot


def test_a_sick_leave_is_paid_at_its_rate_then_half_then_no_more():
    # cotisations.csv, MALADIE_CMO: 90 % for three months since loi 2025-127, then 50 % for nine
    scenario = one(event("conge_maladie", date(2027, 10, 1), date(2028, 12, 31)))
    first = payslip(absence={"cmo_trois_premiers_mois": 30}).totaux.net_avant_impot
    half = payslip(absence={"cmo_neuf_mois_suivants": 30}).totaux.net_avant_impot
    days = (date(2027, 12, 31), date(2028, 1, 1), date(2028, 9, 30), date(2028, 10, 1))
    assert [at(scenario, day).net for day in days] == [first, half, half, 0]
    assert first < payslip().totaux.net_avant_impot
    assert any("2025-127" in source.texte for source in scenario.couvertures[0].sources)


def test_a_school_head_is_paid_and_gains_months():
    scenario = one(event("direction", date(2027, 9, 1), date(2029, 8, 31), classes=6))
    assert at(scenario, date(2028, 1, 1)).net == (
        payslip(direction_classes=6).totaux.net_avant_impot
    )
    parameters = load_reference("parametres_carriere").set_index("cle")
    months = int(parameters.loc["bonification_direction_mois_par_annee", "valeur"])
    due = axis_of(date(2031, 3, 1))
    assert entered(scenario, "9") == date_of(due - 2 * months * 30)


def test_rep_plus_adds_its_allowance():
    scenario = one(event("education_prioritaire", date(2028, 9, 1), reseau="REP+"))
    extra = payslip(education_prioritaire="REP+").totaux
    assert at(scenario, date(2029, 1, 1)).brut == extra.brut
    assert any("28/06/2021" in s.texte for s in scenario.couvertures[0].sources)


def test_a_mutation_changes_the_zone():
    scenario = one(event("mutation", date(2028, 9, 1), zone=1))
    assert at(scenario, date(2029, 1, 1)).brut == payslip(zone=1).totaux.brut


def test_a_promotion_places_as_the_mockup_says():
    scenario = one(event("hors_classe", date(2033, 9, 1)))
    step = next(s for s in scenario.etapes if s.nature == "grade")
    assert (step.date, step.echelon, step.indice_majore) == (date(2033, 9, 1), "2", 629)
    assert "recteur" in step.sous_reserve_de


def test_a_promotion_that_the_law_refuses_says_the_first_year_possible():
    (refused,) = one(event("hors_classe", date(2032, 9, 1))).refus
    assert "il faut 2 ans" in refused.motif
    assert refused.premiere_date == date(2033, 9, 1)


def test_a_leave_can_close_a_promotion():
    scenario = one(event("disponibilite", *AWAY), event("hors_classe", date(2033, 9, 1)))
    assert [(r.rang, r.premiere_date) for r in scenario.refus] == [(1, date(2034, 9, 1))]
    assert not [step for step in scenario.etapes if step.nature == "grade"]


def test_a_change_of_corps_places_as_the_reclassement_does():
    scenario = one(event("changement_corps", date(2028, 9, 1), corps="agrege"), situation=CERTIFIED)
    placed = ask(
        "reclassement",
        {
            "nature": "changement_corps",
            "corps": "certifie",
            "grade": "classe_normale",
            "echelon": "8",
            "anciennete_jours": 360,
            "date_effet": "2028-09-01",
            "corps_cible": "agrege",
        },
    )
    step = next(s for s in scenario.etapes if s.nature == "corps")
    assert (step.corps, step.echelon) == ("agrege", placed.echelon)
    assert step.indice_majore == (placed.indice_personnel or placed.indice_majore)
    following = scenario.etapes[scenario.etapes.index(step) + 1]
    assert following.date == placed.date_prochain_echelon


def test_a_change_of_corps_without_rule_is_refused_and_the_rest_is_computed():
    plain = asked().scenarios[0]
    scenario = one(event("changement_corps", date(2028, 9, 1), corps="agrege"))
    assert "règle non couverte" in scenario.refus[0].motif
    assert scenario.tranches == plain.tranches


def test_a_departure_ends_the_pay_and_gives_a_pension():
    scenario = one(event("retraite", date(2056, 9, 1)))
    assert scenario.tranches[-1].fin == date(2056, 8, 31)
    line = ask(
        "pension",
        {
            "naissance": "1991-05-20",
            "aujourdhui": TODAY.isoformat(),
            "departs": ["2056-09-01"],
            "corps": "pe",
            "grade": "classe_normale",
            "echelon": "11",
            "periodes": [{"debut": "2014-09-01"}],
        },
    ).departs[0]
    assert scenario.pension.basse == line.fourchette.sans_autre_trimestre
    assert scenario.pension.haute == line.fourchette.duree_atteinte


def test_a_departure_too_early_is_refused_with_the_first_day():
    (refused,) = one(event("retraite", date(2050, 9, 1))).refus
    assert refused.premiere_date == date(2055, 5, 20)
    assert "carrière longue" in refused.motif


def test_the_project_shortens_the_echelons_that_it_names_and_says_it_is_a_hypothesis():
    scenario = one(event("projet_durees", date(2027, 9, 1)))
    rows = load_reference("durees_echelon_projet")
    row = rows[(rows.corps == "pe") & (rows.echelon == "8")].iloc[0]
    months = int(row["duree_projet_mois"])
    assert entered(scenario, "9") == date_of(axis_of(date(2027, 9, 1)) + months * 30)
    assert scenario.couvertures[0].hypothese
    assert "Aucun texte" in scenario.couvertures[0].non_couvert


def test_the_law_of_another_date_gives_its_own_amounts():
    scenario = one(event("droit_du", date(2022, 1, 1)))
    then = payslip(date=date(2022, 1, 1)).totaux.net_avant_impot
    assert at(scenario, date(2028, 1, 1)).net == then


@pytest.mark.parametrize(
    ("events", "said"),
    [
        ([event("disponibilite", date(2026, 9, 1), date(2027, 8, 31))], "est passé"),
        ([event("disponibilite", *AWAY), event("conge_parental", date(2029, 1, 1))],
         "on n’en tient qu’une"),
        ([event("disponibilite", date(2028, 9, 1)), event("temps_partiel", date(2028, 9, 1),
                                                          quotite=80)], "commence aussi"),
        ([event("temps_partiel", date(2028, 9, 1), quotite=33)], "33"),
        ([event("mutation", date(2028, 9, 1), zone=3)], "la zone d’indemnité"),
        ([event("retraite", date(2056, 9, 1)), event("mutation", date(2057, 1, 1), zone=1)],
         "vient après"),
        ([event("retraite", date(2056, 9, 1)), event("retraite", date(2057, 9, 1))], "Un seul"),
        ([event("droit_du", date(2027, 1, 1))], "pas encore connu"),
        ([event("droit_du", date(2010, 1, 1))], "période non couverte"),
    ],
)  # fmt: skip
def test_what_cannot_stand_is_refused_with_its_reason(events, said):
    (refused,) = one(*events).refus
    assert said in refused.motif


def test_a_certified_teacher_heads_no_school():
    (refused,) = one(event("direction", date(2028, 9, 1), classes=5), situation=CERTIFIED).refus
    assert "certifie" in refused.motif


def test_five_scenarios_are_refused():
    with pytest.raises(InputError, match="un à 4 scénarios"):
        asked((), (), (), ())


@pytest.mark.parametrize(
    "fields",
    [
        {"nature": "mutation", "debut": date(2028, 1, 1)},
        {"nature": "mutation", "debut": date(2028, 1, 1), "zone": 1, "quotite": 80},
        {"nature": "disponibilite", "debut": date(2028, 2, 1), "fin": date(2028, 1, 1)},
        {"nature": "grève", "debut": date(2028, 1, 1)},
    ],
)
def test_an_event_holds_its_own_fields_only(fields):
    with pytest.raises(ValidationError):
        Evenement(**fields)


def test_every_nature_says_what_is_computed_and_what_is_not():
    assert set(COVERED) == set(FIELDS)
    assert all(said.computed and said.not_covered for said in COVERED.values())


def test_the_difference_is_that_of_the_two_sums_up_to_the_first_departure():
    events = [event("retraite", date(2056, 9, 1)), event("mutation", date(2050, 9, 1), zone=1)]
    found = asked(events)
    (gap,) = found.ecarts
    assert (gap.debut, gap.jusqu_au) == (date(2050, 9, 1), date(2056, 9, 1))
    two, zero = (at(s, date(2051, 1, 1)).net for s in reversed(found.scenarios))
    assert gap.cumul_net == pytest.approx((two - zero) * 72, abs=0.01)
    assert gap.ecart_premier == pytest.approx(two - zero, abs=0.001)


DAYS = st.dates(date(2026, 1, 1), date(2062, 1, 1))
PAST = st.dates(date(2017, 9, 1), TODAY)
VALUES = {
    "quotite": st.sampled_from([50, 60, 70, 80, 90, 100, 33]),
    "classes": st.integers(1, 20),
    "reseau": st.sampled_from(["REP", "REP+"]),
    "corps": st.sampled_from(["agrege", "certifie", "chaire_sup", "instituteur"]),
    "zone": st.sampled_from([1, 2, 3]),
    "echelon": st.sampled_from(["6", "8"]),
}


@st.composite
def any_event(draw):
    nature = draw(st.sampled_from(sorted(FIELDS)))
    fields = {name: draw(VALUES[name]) for name in FIELDS[nature] if name in VALUES}
    if "debut" in FIELDS[nature]:
        fields["debut"] = draw(PAST if nature == "droit_du" and draw(st.booleans()) else DAYS)
    if "fin" in FIELDS[nature] and draw(st.booleans()):
        fields["fin"] = fields["debut"] + timedelta(days=draw(st.integers(0, 1500)))
    return Evenement(nature=nature, **fields)


@given(
    events=st.lists(any_event(), max_size=6),
    situation=st.sampled_from([JEAN, CERTIFIED, JEAN.model_copy(update={"date_naissance": None})]),
)
@settings(max_examples=25, deadline=None)
def test_any_events_give_a_whole_scenario_or_are_refused(events, situation):
    found = asked(events, situation=situation)
    scenario = found.scenarios[1]
    refused = {refusal.rang for refusal in scenario.refus}
    assert refused | {c.rang for c in scenario.couvertures} == set(range(len(events)))
    assert not refused & {c.rang for c in scenario.couvertures}
    assert len(refused) == len(scenario.refus)
    pieces = scenario.tranches
    assert pieces[0].debut == TODAY
    assert pieces[-1].fin == scenario.depart - timedelta(days=1)
    for before, after in pairwise(pieces):
        assert after.debut == before.fin + timedelta(days=1)
    assert [s.date for s in scenario.etapes] == sorted(s.date for s in scenario.etapes)
    total = sum(
        round(piece.net * 100) * (axis_of(piece.fin + timedelta(days=1)) - axis_of(piece.debut))
        for piece in pieces
    )
    owed = sum(piece.rappel_net for piece in pieces)
    assert scenario.cumul_net == pytest.approx(total / 3000 + owed, abs=0.02)
    assert all(piece.net >= 0 for piece in pieces)


@given(events=st.lists(any_event(), max_size=4))
@settings(max_examples=6, deadline=None)
def test_the_order_in_which_events_were_added_changes_nothing(events):
    alone = [e for e in events if sum(o.nature == e.nature for o in events) == 1]
    days = [e.debut for e in alone]
    if len(set(days)) == len(days):
        amounts = [
            [(piece.debut, piece.net) for piece in one(*order).tranches]
            for order in (alone, alone[::-1])
        ]
        assert amounts[0] == amounts[1]


LONG = JEAN.model_copy(update={"echelon": "9", "date_effet": date(2021, 9, 1)})


def test_a_past_decision_is_supposed_otherwise_and_said_so():
    found = one(event("hors_classe", date(2024, 9, 1)), situation=LONG)
    assert found.refus == ()
    assert found.couvertures[0].contrefactuel
    step = found.etapes[1]
    assert (step.date, step.grade, step.contrefactuel) == (date(2024, 9, 1), "hors_classe", True)
    assert found.tranches[0].grade == "hors_classe"


def test_a_decision_older_than_the_echelon_is_refused():
    (refused,) = one(event("hors_classe", date(2019, 9, 1)), situation=LONG).refus
    assert "1er septembre 2021" in refused.motif


def test_an_event_of_today_is_not_said_to_be_past():
    (refused,) = one(event("disponibilite", TODAY, date(2027, 8, 31))).refus
    assert "c’est aujourd’hui" in refused.motif
    assert "passé" not in refused.motif.partition(".")[0]
    assert refused.premiere_date == date(2026, 11, 26)


def test_a_move_from_overseas_ends_the_majoration_and_the_same_zone_is_no_obstacle():
    """CGFP, art. L741-1 and décrets 53-1266 and 57-87: 25 % and 15 % of the traitement."""
    move = event("mutation", date(2028, 9, 1), zone=3)
    before, after = (
        at(one(move, outre_mer="Guadeloupe"), day) for day in (date(2028, 8, 1), date(2028, 10, 1))
    )
    assert before.traitement == after.traitement
    assert round(before.brut - after.brut, 2) == round(before.traitement * 0.40, 2)
    (refused,) = one(move).refus
    assert "déjà" in refused.motif


def test_the_gross_pay_is_the_traitement_and_what_is_added_to_it():
    """The index at the point of July 2023, 59.0734 euros a year (décret 2023-519)."""
    piece = asked().scenarios[0].tranches[0]
    assert piece.traitement == round(piece.indice_majore * 59.0734 / 12, 2)
    assert piece.brut > piece.traitement


def test_services_of_an_instituteur_are_those_of_the_person_who_changed_corps():
    former = Instituteur(
        services_mois=204, quinze_ans_le=date(2004, 9, 1), integration_pe_le=date(2006, 9, 1)
    )
    older = JEAN.model_copy(
        update={
            "grade": "hors_classe", "echelon": "6", "date_effet": date(2023, 9, 1),
            "date_naissance": date(1968, 5, 20), "categorie_retraite": "active",
        }
    )  # fmt: skip
    leaving = event("retraite", date(2027, 9, 1))
    with_services, without = (
        one(leaving, situation=older, instituteur=each).pension for each in (former, None)
    )
    assert (with_services.brute, with_services.basse) != (without.brute, without.basse)


def test_p02_a_pension_that_cannot_be_asked_says_why_and_stops_no_scenario():
    """Somebody past any age limit that the tables hold: the pay is told, the pension refused."""
    older = JEAN.model_copy(
        update={
            "corps": "cpe", "grade": "hors_classe", "echelon": "5",
            "date_effet": date(2023, 9, 1), "date_naissance": date(1949, 11, 8),
        }
    )  # fmt: skip
    scenario = asked(situation=older).scenarios[0]
    assert scenario.tranches
    assert scenario.pension.brute is None
    assert "génération absente" in scenario.pension.motif
    assert scenario.depart == date(2027, 8, 31)
