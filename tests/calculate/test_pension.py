"""The subject « pension »: departure dates compared, missing facts said, one equals many."""

from datetime import date

import pandas as pd
import pytest
from pydantic import ValidationError

from iprof_kit.base.errors import InputError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.interface.columns import run_columns
from iprof_kit.calculate.pension.calculation import SUBJECT, answer, answers
from iprof_kit.calculate.pension.question import PensionQuestion

TOTALS = {"arrete_au": "2027-07-01", "liquidation_jours": 159 * 90}
BASE = {
    "naissance": "1964-07-01",
    "aujourdhui": "2026-11-25",
    "departs": ["2027-07-01"],
    "indice_majore": 673,
    "totaux": TOTALS,
    "trimestres_autres_regimes": 0,
}


EUROS = {"indice_majore": None, "traitement_annuel": 39756.40}
"""673 points at 59,0734 € (décret 2023-519), whatever the point is worth when one leaves."""


def asked(**changes):
    return PensionQuestion.model_validate(BASE | changes)


def line(**changes):
    return answer(asked(**changes)).departs[0]


def periods(*lines):
    names = ("debut", "fin", "quotite", "nature", "enfant", "surcotise")
    given = [{n: v for n, v in zip(names, one, strict=False) if v is not None} for one in lines]
    return {"periodes": given, "totaux": None}


def test_the_published_decote():
    # RET01, et son montant : 673 × 59,0734 × 75 % × 159/170 × (1 − 13,75 %) / 12
    found = line(**EUROS)
    assert (found.version, found.duree_requise, found.trimestres_decote) == ("V2026", 170, 11)
    assert (found.taux_decote_pct, found.pension_brute) == (13.75, 2004.45)
    assert found.date_effet_au_plus_tot == date(2027, 4, 1)
    assert found.minimum_garanti_applique is False


def test_a_reference_salary_in_euros_gives_what_its_index_gives():
    # 673 × 59,0734 = 39 756,40 € par an, pour qui part sous le décret 2023-519
    july = {"naissance": "1963-07-01", "departs": ["2026-07-01"]}
    july["totaux"] = {**TOTALS, "arrete_au": "2026-07-01"}
    found = line(**july, **EUROS)
    assert (found.traitement_annuel, found.indice_retenu) == (39756.40, None)
    assert found.pension_brute == line(**july).pension_brute == 2004.45
    with pytest.raises(ValidationError, match="traitement_annuel"):
        asked(traitement_annuel=39756.40)
    with pytest.raises(ValidationError, match="indice_majore"):
        asked(indice_majore=None)


def test_the_pension_before_the_decote_and_both_counts_of_its_quarters():
    # RET01 (F20349) : 63 ans, 67 ans dans seize trimestres, 170 − 159 = 11 pour la durée ;
    # 39 756,40 × 75 % × 159/170 / 12 = 2 324,00 €
    found = line(**EUROS)
    assert (found.trimestres_decote_age, found.trimestres_decote_duree) == (16, 11)
    assert found.trimestres_decote == 11
    assert found.pension_avant_decote == 2324.00
    unknown = line(trimestres_autres_regimes=None)
    assert (unknown.trimestres_decote_age, unknown.trimestres_decote_duree) == (16, None)
    late = line(departs=["2031-07-01"], totaux={**TOTALS, "arrete_au": "2031-07-01"})
    assert (late.trimestres_decote_age, late.trimestres_decote) == (0, 0)


def test_half_days_of_the_first_degree_count_as_worked():
    # dix ans à 62,5 % (cinq demi-journées sur huit) : 6,25 ans liquidés, soit 25 trimestres
    assert line(**periods(["2017-07-01", None, 62.5])).trimestres_services == 25
    assert line(**periods(["2017-07-01", None, 75])).trimestres_services == 30


def test_departure_dates_side_by_side():
    given = answer(
        asked(
            departs=["2027-07-01", "2028-07-01", "2031-07-01", "2027-01-01"],
            totaux={**TOTALS, "arrete_au": "2027-01-01"},
        )
    )
    pay = [one.pension_brute for one in given.departs]
    assert pay[3] is None
    assert pay[0] < pay[1] < pay[2]
    assert [one.trimestres_services for one in given.departs[:3]] == [161, 165, 177]
    refused = given.departs[3]
    assert (refused.possible, refused.trimestres_decote) == (False, 11)
    assert "1er avril 2027" in refused.motif


def test_a_departure_in_the_month_takes_effect_on_the_next_first():
    assert line(departs=["2027-07-02"]).date_effet == date(2027, 8, 1)


def test_missing_other_schemes_are_said_and_bracketed():
    found = answer(asked(**EUROS, trimestres_autres_regimes=None))
    one = found.departs[0]
    assert (one.pension_brute, one.trimestres_decote, one.trimestres_assurance) == (None,) * 3
    assert "trimestres des autres régimes manquants" in one.motif
    assert one.fourchette.sans_autre_trimestre == 2004.45
    longest = line(**EUROS, trimestres_autres_regimes=170)
    assert one.fourchette.duree_atteinte == longest.pension_brute
    assert any("Décote non calculée" in note for note in found.notes)
    assert "entre" in one.resume


def test_other_schemes_by_year_are_capped_at_four_quarters():
    years = [{"annee": 1990, "trimestres": 6}, {"annee": 2000, "trimestres": 2}]
    found = line(
        trimestres_autres_regimes=None,
        autres_regimes_par_annee=years,
        **periods(("1995-09-01", None)),
    )
    own = line(**periods(("1995-09-01", None)))
    assert found.trimestres_assurance == own.trimestres_assurance + 4


def test_ten_years_at_80_percent():
    # service-public F21142
    found = line(**periods(("2017-07-01", None, 80)))
    assert (found.trimestres_services, found.trimestres_assurance) == (32, 40)
    over = line(**periods(("2017-07-01", None, 80, None, None, True)))
    assert (over.trimestres_services, over.trimestres_assurance) == (36, 40)


def test_a_period_ends_with_its_last_day():
    found = line(**periods(("2000-09-01", "2020-08-31")))
    assert found.trimestres_services == 80


def test_children():
    # deux nés avant 2004, un depuis : 4 + 4 + 1 liquidés, + 2 en assurance ; 10 % pour trois
    family = [
        {"naissance": "1992-05-01", "interruption_mois": 4},
        {"naissance": "1994-05-01", "interruption_mois": 2},
        {"naissance": "2005-05-01", "accouchement_apres_recrutement": True},
    ]
    found = line(enfants=family)
    assert found.trimestres_bonifications == 9
    assert found.trimestres_assurance == 159 + 10
    assert found.majoration_enfants == pytest.approx(found.pension_calculee / 10, abs=0.01)
    assert any("art. 104" in reason for reason in found.motifs)
    before = line(
        enfants=family, departs=["2026-08-01"], totaux={**TOTALS, "arrete_au": "2026-08-01"}
    )
    assert before.trimestres_bonifications == 8


def test_parental_leave_of_a_child():
    given = periods(
        ("1990-09-01", "2006-08-31"),
        ("2006-09-01", "2010-08-31", 100, "conge_parental", 1),
        ("2010-09-01", None),
    )
    found = line(enfants=[{"naissance": "2006-09-01"}], **given)
    # 36 ans 10 mois moins un an au-delà des trois ans
    assert found.trimestres_services == 143


def test_the_index_must_be_held_for_six_months():
    held = {"indice_depuis": "2027-03-01"}
    assert line(indice_precedent=650, **held).indice_retenu == 650
    assert line(indice_depuis="2027-01-01").indice_retenu == 673
    with pytest.raises(InputError) as error:
        line(**held)
    assert error.value.where == "indice_precedent"


def test_the_index_is_that_of_the_grid():
    found = line(indice_majore=None, corps="pe", grade="classe_normale", echelon="11")
    assert found.indice_retenu == 678  # décret 2017-789, 11e échelon


def test_an_older_simulation_replays_its_law():
    old = line(aujourdhui="2024-05-01", departs=["2028-07-01"])
    assert (old.version, old.duree_requise) == ("V2023", 171)
    assert line(aujourdhui="2020-05-01", departs=["2028-07-01"]).version == "V2010_2014"


@pytest.mark.parametrize(
    "changes",
    [{"departs": ["2010-01-01"],
      "totaux": {**TOTALS, "arrete_au": "2005-01-01", "liquidation_jours": 7000}},
     {"aujourdhui": "2011-06-30"}],
)  # fmt: skip
def test_a_period_not_covered_is_refused(changes):
    with pytest.raises(PeriodNotCovered, match="non couverte"):
        line(**changes)


def test_a_generation_that_the_tables_do_not_know_is_said():
    found = line(naissance="1945-01-01")
    assert (found.possible, found.age_ouverture, found.pension_brute) == (False, None, None)
    assert "génération" in found.motif


@pytest.mark.parametrize(
    ("past", "category", "opening"),
    [
        ({"services_mois": 204}, "active_sans_option", 693),
        ({"services_mois": 204, "option_limite_age": True}, "active", 693),
        ({"services_mois": 203}, "sedentaire", 765),
        ({"services_mois": 184, "quinze_ans_le": "2011-09-01"}, "active_sans_option", 693),
        ({"services_mois": 183, "quinze_ans_le": "2011-09-01"}, "sedentaire", 765),
        ({"services_mois": 180, "integration_pe_le": "2009-09-01"}, "active_sans_option", 693),
    ],
)
def test_former_instituteurs(past, category, opening):
    found = line(naissance="1968-07-01", instituteur=past, departs=["2032-09-01"])
    assert (found.categorie, found.age_ouverture) == (category, opening)
    assert found.limite_age == (744 if category == "active" else 804)


def test_the_first_degree_left_at_the_end_of_the_school_year():
    given = {"naissance": "1956-01-15", "corps": "pe", "aujourdhui": "2021-01-01",
             "totaux": {**TOTALS, "arrete_au": "2020-09-01"}}  # fmt: skip
    found = line(departs=["2022-03-01"], **given)
    assert found.date_effet == date(2022, 9, 1)
    assert "année scolaire" in found.motif
    assert line(departs=["2022-03-01"], **(given | {"corps": "certifie"})).date_effet == date(
        2022, 3, 1
    )


def test_a_carriere_longue_opens_an_earlier_departure():
    # RET52 : né en mars 1964, 60 ans 6 mois
    given = {
        "naissance": "1964-03-15",
        "departs": ["2026-09-01"],
        "totaux": {"arrete_au": "2026-09-01", "liquidation_jours": 170 * 90},
    }
    assert line(**given).possible is False
    found = line(carriere_longue={"avant_20_ans": 5, "cotises": 166, "maladie": 4}, **given)
    assert (found.possible, found.age_carriere_longue) == (True, 726)
    assert found.trimestres_decote == 0
    assert "carrière longue" in " ".join(found.motifs)


def test_net_of_tax_levies():
    # 2 004,45 € : 8,3 % 166,37 + 0,5 % 10,02 + 0,3 % 6,01
    found = line(**EUROS, foyer={"rfr": 60000, "parts": 1})
    assert found.prelevements.taux == "plein"
    assert found.prelevements.net == pytest.approx(2004.45 - 166.37 - 10.02 - 6.01)
    assert "revenu fiscal de référence manquant" in line().motif_net
    assert "outre-mer" in line(foyer={"rfr": 1, "outre_mer": True}).motif_net
    assert any("CSG" in reason for reason in found.motifs)


def test_rafp():
    # RET27 : 450 € de 2024 font 319 points ; valeur de service de 2025, dernière connue
    found = line(rafp_cotisations=[{"annee": 2024, "montant": 450.0}], rafp_points=5000)
    assert (found.rafp.points, found.rafp.nature) == (5319, "rente")
    # 5 319 × 1,04 × 0,05593
    assert found.rafp.rente_annuelle == 309.39
    assert any("RAFP" in reason for reason in found.motifs)
    with pytest.raises(InputError, match="2004"):
        line(rafp_cotisations=[{"annee": 2004, "montant": 1.0}])


def test_an_active_waits_for_the_rafp():
    found = line(
        naissance="1968-07-01",
        instituteur={"services_mois": 300},
        rafp_points=100,
        departs=["2030-07-01"],
    )
    assert found.date_effet == date(2030, 7, 1)
    assert found.rafp.ouverture == date(2032, 4, 1)


def test_retraite_progressive():
    given = {
        "naissance": "1966-06-15",
        "departs": ["2026-11-01"],
        "totaux": {"arrete_au": "2026-11-01", "liquidation_jours": 150 * 90},
    }
    found = line(retraite_progressive_quotite=70, **given)
    part = found.retraite_progressive
    assert (found.possible, part.possible, part.fraction_pct) == (False, True, 30.0)
    assert (part.age_minimal_mois, part.trimestres_exiges) == (720, 150)
    assert part.montant > 0
    assert any("progressive" in reason for reason in found.motifs)
    assert line(retraite_progressive_quotite=40, **given).retraite_progressive.possible is False
    unknown = line(retraite_progressive_quotite=70, trimestres_autres_regimes=None, **given)
    assert unknown.retraite_progressive.possible is None
    short = given | {"totaux": {"arrete_au": "2026-11-01", "liquidation_jours": 149 * 90}}
    assert "150 exigés" in line(retraite_progressive_quotite=70, **short).retraite_progressive.motif


def test_cumul_of_2026_and_2027():
    work = {"revenu_annuel": 20000, "toutes_pensions_liquidees": True}
    given = {
        "departs": ["2026-12-01"],
        "naissance": "1963-07-01",
        "totaux": {"arrete_au": "2026-12-01", "liquidation_jours": 159 * 90},
    }
    found = line(cumul=work, **given)
    ceiling = 8198.10 + found.pension_brute * 4
    assert found.cumul.plafond_annuel == pytest.approx(ceiling, abs=0.01)
    assert found.cumul.deduction_annuelle == pytest.approx(20000 - ceiling, abs=0.01)
    later = line(cumul=work)
    assert later.cumul.deduction_annuelle == (20000 - 7000) / 2
    assert any("2027" in reason for reason in later.motifs)


def test_surcotisation():
    found = answer(asked(surcotisation={"quotite": 80, "demande": "2026-11-25"})).surcotisation
    assert (found.taux_pct, found.plafond_trimestres, found.mois_pour_le_plafond) == (16.68, 4, 60)


def test_limits():
    found = line(enfants_a_charge=2, trimestres_autres_regimes=10)
    assert (found.limite_age, found.age_maximal_prolongation) == (828, 831)
    assert found.age_maintien_autorise == 70 * 12
    assert found.date_limite_age == date(2033, 7, 1)


def test_beyond_the_age_limit_an_agreement_is_needed():
    assert not any("limite d’âge" in why for why in line(departs=["2031-07-01"]).motifs)
    assert any("limite d’âge" in why for why in line(departs=["2031-08-01"]).motifs)


def test_a_minimum_garanti_with_part_time_is_to_verify():
    given = {"departs": ["2031-07-01"], "indice_majore": 390, "trimestres_autres_regimes": 9}
    part = line(**given, **periods(("2001-07-01", "2021-06-30", 80)))
    full = line(**given, **periods(("2005-07-01", "2021-06-30")))
    # 64 trimestres : 1 366,35 € × (57,5 % + 4 × 0,625 %)
    assert (part.minimum_garanti_applique, part.pension_brute) == (True, 819.81)
    assert full.pension_brute == 819.81
    assert [any("temps partiel" in why for why in one.motifs) for one in (part, full)] == [
        True,
        False,
    ]


def test_columns_of_totals():
    frame = pd.DataFrame(
        {
            "naissance": ["1964-07-01", "1964-07-01", None],
            "aujourdhui": "2026-11-25",
            "departs": '["2027-07-01"]',
            "indice_majore": [673.0, None, 673],
            "totaux.arrete_au": "2027-07-01",
            "totaux.liquidation_jours": 14310,
            "trimestres_autres_regimes": 0,
        }
    )
    found = run_columns(SUBJECT, frame)
    assert found["erreur"].ne("").tolist() == [False, True, True]
    assert f'"pension_brute": {line().pension_brute}' in found["departs"].iloc[0]


def test_the_schema_tells_units():
    schema = SUBJECT.question.model_json_schema()
    (index, _nothing) = schema["properties"]["indice_majore"]["anyOf"]
    assert index["unite"] == "points d’indice majoré"
    assert "Depart" in SUBJECT.answer.model_json_schema()["$defs"]


def test_notes_say_who_decides_and_where_to_ask():
    found = answer(asked(rachat_etudes=True))
    assert "Service des retraites" in found.decide_par
    for word in ("ENSAP", "6 mois", "devis", "NBI"):
        assert any(word in note for note in found.notes), word
    assert {source.confiance for source in found.sources} <= {"A", "B", "C", "D"}
    assert found.a_verifier is True


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"totaux": None}, "periodes"),
        ({"indice_majore": None}, "indice_majore"),
        ({"departs": ["1960-01-01"]}, "departs"),
        ({"departs": []}, "departs"),
        ({"autres_regimes_par_annee": []}, "autres_regimes_par_annee"),
        ({"foyer": {"rfr": -1}}, "rfr"),
        ({"foyer": {"rfr": 1, "parts": 1.3}}, "parts"),
        ({"totaux": None, "periodes": [{"debut": "2000-09-01", "fin": "1999-01-01"}]}, "fin"),
        ({"totaux": None, "periodes": [{"debut": "2000-09-01", "nature": "conge_parental"}]},
         "enfant"),
        ({"totaux": None, "periodes": [{"debut": "2000-09-01", "enfant": 1}]}, "periodes"),
        ({"inconnu": 1}, "inconnu"),
    ],
)  # fmt: skip
def test_a_wrong_question_names_its_field(changes, field):
    with pytest.raises(ValidationError) as error:
        asked(**changes)
    assert field in str(error.value)


def test_a_departure_before_the_totals_is_refused():
    with pytest.raises(InputError) as error:
        line(departs=["2027-06-30"])
    assert error.value.where == "departs"


def test_one_equals_many():
    questions = [
        asked(),
        asked(trimestres_autres_regimes=None),
        asked(departs=["2029-01-01", "2031-07-01"]),
        asked(naissance="1945-01-01"),
        asked(**periods(("1999-09-01", None, 80))),
        asked(aujourdhui="2024-01-01", foyer={"rfr": 20000, "parts": 2}),
        asked(instituteur={"services_mois": 204}, naissance="1968-01-01"),
        asked(enfants=[{"naissance": "2010-01-01", "accouchement_apres_recrutement": True}]),
    ]
    assert answers(questions) == [answer(question) for question in questions]
    assert SUBJECT.many(questions[::-1]) == answers(questions)[::-1]
    assert answers([]) == []


def test_the_explanation_shows_rules_and_parameters():
    with explain() as trace:
        answer(asked())
    rules = {step.rule for step in trace.steps}
    assert {
        "law_version",
        "opening_age",
        "required_quarters",
        "decote_quarters",
        "gross_pension",
        "effect_date",
    } <= rules
