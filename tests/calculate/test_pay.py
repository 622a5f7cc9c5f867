"""Questions about pay: modes, refusals, what is unknown, columns."""

import json
import re
from datetime import date

import pandas as pd
import pytest
from emptied import rewritten
from hypothesis import given, settings
from hypothesis import strategies as st
from pay_case import PERSON, amounts, asked

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.calculate.pay.calculation import SUBJECT, answer, answers
from iprof_kit.calculate.pay.question import PayQuestion


def test_totals_follow_from_the_lines():
    found = answer(asked(enfants=2, zone=1, pacte=1, taux_pas=5))
    by = {}
    for line in found.lignes:
        by[line.nature] = by.get(line.nature, 0) + line.montant
    tax = amounts(found.lignes)["PAS"]
    net = by["gain"] - by["a_deduire"] - (by["retenue"] - tax) + by["credit"]
    assert found.totaux.brut == pytest.approx(by["gain"])
    assert found.totaux.net_avant_impot == pytest.approx(net)
    assert found.totaux.net_a_payer == pytest.approx(net - tax)
    assert found.totaux.cout_employeur == pytest.approx(
        by["gain"] - by["a_deduire"] + by["patronal"]
    )
    social = amounts(found.lignes)
    hours = social["PACTE"]
    exempted = hours - round(hours * 0.9825 * 0.068, 2)
    taxable = net + social["CSG_NON_DED"] + social["CRDS"] - exempted
    assert found.totaux.net_imposable == pytest.approx(taxable, abs=0.011)


def test_every_line_says_where_it_comes_from():
    found = answer(asked(enfants=1, zone=2, hsa=0, education_prioritaire="REP"))
    assert all(line.source and line.libelle for line in found.lignes)
    assert found.sources
    assert "fait foi" in found.rappel


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "la nomination est d’avant 2018"),
        ({"nomme_avant_2018": True}, "non calculée, faute de votre brut de 2017"),
        ({"nomme_avant_2018": True, "brut_2017": 30000}, "faute de votre contribution"),
        ({"nomme_avant_2018": False}, "faute du brut de votre premier mois complet"),
        ({"date": date(2026, 5, 1)}, "rémunération de référence"),
        ({"primes": "TUTORAT_STAGIAIRE"}, "mois de versement à indiquer"),
        ({"primes": [{"code": "HS_1D_SURVEILLANCE", "nombre": 2}]}, "valeur non trouvée"),
        ({"territoire": "Mayotte"}, "sujétion géographique"),
        ({}, "coût employeur"),
        ({}, "plafond de la RAFP apprécié sur ce seul mois"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_said(changes, said):
    texts = " | ".join(answer(asked(**changes)).non_calcules)
    assert re.search(said, texts)


def test_one_row_of_primes_is_enough_for_a_new_prime(monkeypatch):
    def with_one_more(frame):
        row = frame[frame["code"] == "CPC"].tail(1)
        added = row.assign(code="ESSAI", libelle="Prime d’essai", montant_annuel_brut=1200.0)
        return pd.concat([frame, added], ignore_index=True)

    with rewritten("primes", with_one_more, monkeypatch):
        lines = answer(asked(primes="ESSAI")).lignes
    assert [(x.libelle, x.montant) for x in lines if x.code == "ESSAI"] == [("Prime d’essai", 100)]


def test_a_school_head():
    # 5 classes : 30 + 8 points à 4,92278 € ; ISS (1 970,62 + 1 400) × 1,2 / 12
    lines = amounts(answer(asked(direction_classes=5, education_prioritaire="REP")).lignes)
    assert (lines["BI"], lines["NBI"]) == (147.68, 39.38)
    assert lines["DIR_ISS_FIXE"] + lines["DIR_ISS_VARIABLE"] == pytest.approx(337.06)
    interim = amounts(answer(asked(direction_classes=5, direction_interim=True)).lignes)
    assert not {"BI", "NBI"} & set(interim)
    assert interim["DIR_ISS_FIXE"] == 246.33


@pytest.mark.parametrize(("classes", "euros"), [(1, 14.77), (2, 78.76), (5, 147.68), (10, 196.91)])
def test_bonus_points_of_a_school_head(classes, euros):
    # 3, 16, 30 ou 40 points
    assert amounts(answer(asked(direction_classes=classes)).lignes)["BI"] == euros


@pytest.mark.parametrize(
    ("code", "line", "euros"), [("BI_SEGPA", "BI", 246.14), ("NBI_ULIS_ECOLE", "NBI", 132.92)]
)
def test_other_bonus_points(code, line, euros):
    # 50 et 27 points à 4,92278 €
    assert amounts(answer(asked(primes=code)).lignes)[line] == euros


def test_an_eleve_fonctionnaire_is_paid_the_minimum():
    found = answer(PayQuestion(date=date(2026, 9, 1), eleve=True, zone=3))
    lines = amounts(found.lignes)
    # IM 366 : 1 801,74 € ; complément au salaire minimum, 65,28 €
    assert (lines["TIB"], lines["IND_DIFFERENTIELLE"]) == (1801.74, 65.28)
    with pytest.raises(LawError):
        answer(PayQuestion(date=date(2025, 9, 1), eleve=True, zone=3))


def test_a_stagiaire_at_half_time_before_pupils():
    found = answer(asked(echelon="1", service_devant_eleves=50, mode="annualise"))
    assert amounts(found.lignes)["ISAE_FIXE"] == 106.25
    assert amounts(found.lignes)["PRIME_ATTRACTIVITE"] == 177.50


@pytest.mark.parametrize(
    ("quotite", "fraction"),
    # 75 % : à l'identique ; 85 % : 85 × 4/7 + 40 = 88,57 % ; 14 heures sur 18
    [(75, 0.75), (85, 0.885714), (77.78, 0.7778), (80, 6 / 7), (90, 32 / 35)],
)
def test_part_time(quotite, fraction):
    full = amounts(answer(asked()).lignes)["TIB"]
    part = answer(asked(quotite=quotite))
    assert amounts(part.lignes)["TIB"] == pytest.approx(full * fraction, abs=0.011)


REFUSED = {
    "no position": ({"corps": None}, "corps"),
    "no échelon": ({"echelon": None}, "echelon"),
    "wrong index": ({"indice_majore": 600}, "indice_majore"),
    "élève with échelon": ({"eleve": True}, "eleve"),
    "interim without classes": ({"direction_interim": True}, "direction_classes"),
    "surcotisation at full time": ({"surcotisation": True}, "surcotisation"),
    "gross of 2017 since 2018": ({"nomme_avant_2018": False, "brut_2017": 1}, "brut_2017"),
    "first month before 2018": (
        {"nomme_avant_2018": True, "brut_premier_mois": 1}, "brut_premier_mois"),
    "quotité": ({"quotite": 45}, "quotite"),
    "intermediate quotité de droit": (
        {"quotite": 72, "type_temps_partiel": "de_droit"}, "quotite"),
    "half-days in the second degree": (
        {"quotite": 75, "type_temps_partiel": "de_droit", "corps": "certifie"}, "quotite"),
    "children twice": (
        {"enfants": 1, "naissances_enfants": ["2020-01-01"]}, "naissances_enfants"),
    "request without surcotisation": (
        {"surcotisation_demande": date(2024, 1, 1)}, "surcotisation_demande"),
    "cover read below its fixed part": (
        {"date": date(2026, 11, 1), "psc_retenue": 15.08}, "psc_retenue"),
    "échelon outside the grid": ({"echelon": "15"}, "echelon"),
    "unknown prime": ({"primes": "PRIME_X"}, "primes.0.code"),
    "prime twice": ({"primes": "ISAE_FIXE"}, "primes"),
    "prime of another corps": ({"primes": "ISOE_FIXE"}, "primes"),
    "hours without service": ({"hsa": 1}, "ors"),
    "territory": ({"territoire": "Atlantide"}, "territoire"),
    "comparison with nothing": ({"mode": "comparaison"}, "comparee"),
    "second date without comparison": ({"date_comparee": date(2025, 1, 1)}, "comparee"),
    "year with absence": ({"mode": "annee", "absence": {"greve": 1}}, "mode"),
    "hours at part time in 2020": (
        {"date": date(2020, 1, 1), "quotite": 80, "hse": 1, "ors": 21}, "hsa"),
    "next step of the last": ({"mode": "gain_prochain_echelon", "echelon": "11"}, "echelon"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_missing_or_contradictory_is_refused(name):
    changes, where = REFUSED[name]
    with pytest.raises(InputError) as caught:
        answer(asked(**changes))
    assert caught.value.where == where
    assert all(fault.remedy for fault in caught.value.faults)


@pytest.mark.parametrize("changes", [
    {"quotite": float("nan")}, {"brut_2017": float("nan")}, {"zone": None}, {"enfants": -1},
    {"inconnu": 1}, {"mode": "jour"}, {"hsa": float("inf")}, {"taux_pas": 120},
])  # fmt: skip
def test_an_impossible_value_is_refused_by_the_question(changes):
    with pytest.raises(InputError):
        asked(**changes)


def test_a_month_before_the_grids_is_not_covered():
    with pytest.raises(PeriodNotCovered, match="période non couverte"):
        answer(asked(date=date(2015, 1, 1), primes_usuelles=False))


def test_an_annualised_month():
    found = answer(asked(mode="annualise"))
    assert amounts(found.lignes)["PRIME_INFORMATIQUE"] == 14.67
    assert found.totaux_annuels.brut == pytest.approx(12 * found.totaux.brut)


def test_a_year_month_by_month():
    found = answer(asked(mode="annee", echelon="3", zone=1))
    months = [month.totaux for month in found.douze_mois]
    assert len(months) == 12
    for name in ("brut", "net_avant_impot", "net_imposable", "cout_employeur"):
        total = sum(getattr(month, name) for month in months)
        assert getattr(found.totaux, name) == pytest.approx(total, abs=0.01)
    lines = amounts(found.lignes)
    # transfert : 389 € ; prime informatique : janvier ; RAFP : 5 % de 20 % du traitement de l'année
    assert lines["TPP"] == pytest.approx(389)
    assert lines["PRIME_INFORMATIQUE"] == 176
    assert lines["RAFP"] == pytest.approx(lines["TIB"] * 0.2 * 0.05, abs=0.12)
    assert months[0].brut - months[1].brut == pytest.approx(176)


def test_the_year_of_a_person_without_primes_gives_the_transfer_back():
    found = answer(asked(mode="annee", primes_usuelles=False, primes="TUTORAT_SOPA"))
    assert "TPP" not in amounts(found.lignes)


def test_two_months_compared():
    found = answer(asked(mode="comparaison", date_comparee=date(2023, 12, 1)))
    gap = found.comparaison.ecart_totaux.brut
    # cinq points de moins, sans prime informatique
    assert gap == pytest.approx(-5 * 59.0734 / 12 - 176, abs=0.02)
    assert {line.code for line in found.comparaison.ecarts} >= {"TIB", "PRIME_INFORMATIQUE"}


def test_two_situations_compared():
    second = {name: value for name, value in PERSON.items() if name != "date"} | {"quotite": 80}
    found = answer(asked(mode="comparaison", comparee=second))
    assert found.comparaison.totaux.brut < found.totaux.brut
    again = answer(asked(quotite=80))
    assert found.comparaison.totaux == again.totaux


def test_the_gain_of_the_next_echelon_counts_the_prime_that_falls():
    # 6e → 7e : 497 → 524 points ; prime d'attractivité 2 500 → 1 500 € par an
    found = answer(asked(mode="gain_prochain_echelon", echelon="6")).comparaison
    gaps = {line.code: line.ecart for line in found.ecarts}
    assert gaps["TIB"] == pytest.approx(27 * 59.0734 / 12, abs=0.01)
    assert gaps["PRIME_ATTRACTIVITE"] == pytest.approx(-1000 / 12, abs=0.01)
    assert 0 < found.ecart_totaux.net_avant_impot < gaps["TIB"] + gaps["PRIME_ATTRACTIVITE"]
    assert "7e échelon" in found.libelle


def test_the_cumul_since_january_moves_the_cap():
    alone = answer(asked(echelon="3")).totaux.net_avant_impot
    room = answer(asked(echelon="3", cumul={"traitement": 20000, "assiette_rafp": 0}))
    assert room.totaux.net_avant_impot < alone
    assert not any("seul mois" in text for text in room.non_calcules)


def test_the_explanation_shows_rules_and_parameters():
    with explain() as trace:
        answer(asked(enfants=2, zone=1, pacte=1, nbi=10))
    by_rule = {step.rule: step for step in trace.steps}
    assert by_rule.keys() >= {
        "gross_monthly",
        "residence_indemnity",
        "family_supplement",
        "attractivity",
        "due_share",
        "bonus_transfer",
        "pension_contribution",
        "additional_base",
        "social_contribution",
        "overtime_credit",
        "employer_contribution",
        "taxable",
    }
    values = [p.value for step in trace.steps for p in step.parameters]
    assert {366, 454, 722, 2550.0, 1500.0, 389.0, 11.1, 20.0, 5.0, 1.75, 6.8} <= set(values)


@pytest.mark.parametrize("changes", [
    {"direction_classes": 5, "education_prioritaire": "REP+"}, {"ors": 21, "hsa": 2, "hse": 1},
    {"quotite": 85, "surcotisation": True}, {"territoire": "La Reunion"},
    {"absence": {"cmo_trois_premiers_mois": 10, "carence": 1, "greve": 1}}, {"mode": "annee"},
    {"nomme_avant_2018": True, "brut_2017": 30000, "ces_2017": 250},
    {"date": date(2026, 5, 1), "psc_reference": 3000, "psc_plafond": 4000},
    {"territoire": "Corse (2A, 2B)", "date": date(2024, 3, 1)},
])  # fmt: skip
def test_an_explained_answer_is_the_same(changes):
    question = asked(**changes)
    with explain() as trace:
        explained = answer(question)
    assert explained == answer(question)
    laws = [step for step in trace.steps if step.kind == "loi"]
    assert all(step.sentence and step.source for step in laws)
    used = {line.confiance for line in explained.lignes}
    assert used <= {p.confidence for step in trace.steps for p in step.parameters} | {"A"}


def test_a_question_goes_through_json():
    question = asked(primes=[{"code": "ISOE_MODULABLE", "variante": "haut"}])
    assert PayQuestion.model_validate_json(question.model_dump_json()) == question
    again = json.loads(answer(asked()).model_dump_json())
    assert SUBJECT.answer.model_validate(again) == answer(asked())
    assert PayQuestion(**(PERSON | {"primes": "aucune"})).primes == ()
    words = PayQuestion(**(PERSON | {"primes": "ISAE_FIXE;REP_PLUS_MODULABLE=haut"}))
    assert [(p.code, p.variante) for p in words.primes] == [
        ("ISAE_FIXE", None),
        ("REP_PLUS_MODULABLE", "haut"),
    ]


people = st.fixed_dictionaries(
    {},
    optional={
        "echelon": st.sampled_from([str(e) for e in range(1, 12)]),
        "quotite": st.sampled_from([100, 90, 80, 75, 50]),
        "zone": st.sampled_from([1, 2, 3]),
        "enfants": st.integers(0, 4),
        "nbi": st.sampled_from([0, 27]),
        "pacte": st.sampled_from([0, 1]),
        "mode": st.sampled_from(["mois", "annualise", "annee", "gain_prochain_echelon"]),
        "date": st.sampled_from([date(2024, 1, 1), date(2026, 11, 12)]),
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(people, min_size=1, max_size=8))
def test_a_column_is_one_person_after_another(changes):
    questions = [
        asked(**(change | {"echelon": "5"} if "gain" in change.get("mode", "") else change))
        for change in changes
    ]
    assert list(answers(questions)) == [answer(question) for question in questions]


def test_the_formula_of_an_intermediate_quotite_must_be_verified():
    assert "Traitement indiciaire brut" in answer(asked(quotite=85)).motif_a_verifier
    assert "Traitement" not in answer(asked(quotite=75)).motif_a_verifier


def test_a_month_to_come_uses_the_last_known_values_and_says_so():
    future, later = answer(asked(date=date(2060, 1, 1))), answer(asked(date=date(2062, 1, 1)))
    today = answer(asked(date=date(2026, 1, 1)))
    assert future.a_verifier
    assert "dernières valeurs connues" in future.motif_a_verifier
    assert "valeurs connues" not in today.motif_a_verifier
    assert amounts(future.lignes)["TIB"] == amounts(later.lignes)["TIB"] > 0


def test_the_refund_of_the_health_cover_until_april_2026():
    # 15 € soumis à CSG et CRDS : 15 × (1 − 0,0953025) = 13,57 €
    without = answer(asked(date=date(2026, 4, 1))).totaux.net_avant_impot
    refunded = answer(asked(date=date(2026, 4, 1), primes="PSC_FORFAIT")).totaux.net_avant_impot
    assert refunded - without == pytest.approx(13.57, abs=0.02)
    with pytest.raises(PeriodNotCovered):
        answer(asked(date=date(2026, 5, 1), primes="PSC_FORFAIT"))


def test_the_surcotisation_says_when_it_has_no_object():
    texts = answer(asked(quotite=80, surcotisation=True)).non_calcules
    assert any("élever un jeune enfant" in text for text in texts)


def test_the_unconfirmed_base_of_the_rafp_overseas_is_said():
    there, here = answer(asked(territoire="La Reunion")), answer(asked())
    doubt = {line.code: line.remarque for line in there.lignes}
    assert "non confirmée" in doubt["RAFP"]
    assert "RAFP" not in {line.code for line in here.lignes if line.a_verifier}


def test_the_prime_of_a_psychologue_asks_for_her_speciality():
    given = {"corps": "psyen", "primes_usuelles": True}
    assert any("spécialité" in text for text in answer(asked(**given)).non_calcules)
    complete = answer(asked(primes="PSYEN_FONCTIONS=EDO", **given))
    assert not any("spécialité" in text for text in complete.non_calcules)
    # 3 338,16 € par an depuis 2024, comme en EDA (alignement)
    other = answer(asked(primes="PSYEN_FONCTIONS=EDA", **given))
    assert complete.totaux == other.totaux
    assert amounts(complete.lignes)["PSYEN_FONCTIONS"] == 278.18
