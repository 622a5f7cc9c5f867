"""Each « Pourquoi ? » of a departure is its calculation replayed, told from its trace alone."""

from datetime import date

import pytest
from any_situation import TODAY
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from six_people import SIX

from iprof_kit.base.calendar import add_months_civil, date_text
from iprof_kit.base.errors import InputError, LawError
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.pension.calculation import answer
from iprof_kit.calculate.pension.question import PensionQuestion
from iprof_kit.calculate.pension.why import (
    bounds_text,
    explain_earliest,
    explain_gross,
    explain_limit,
    explain_net,
    explain_opening,
    explain_progressive,
    explain_rafp,
    gross_bounds,
    net_bounds,
)
from iprof_kit.law.tables.rules import RULES

BASE = {
    "naissance": "1964-07-01",
    "aujourdhui": "2026-11-25",
    "departs": ["2027-07-01"],
    "corps": "pe", "grade": "hors_classe", "echelon": "3",
    "periodes": [{"debut": "1987-10-01"}],
    "trimestres_autres_regimes": 0,
}  # fmt: skip
BORN = {"naissance": "1990-01-01", "interruption_mois": 3}
OTHERS = [
    {"trimestres_autres_regimes": None},
    {"departs": ["2031-07-01"], "enfants": [BORN] * 3, "foyer": {"rfr": 22000, "parts": 1.5}},
    {"periodes": [{"debut": "2009-10-01", "quotite": 50}], "departs": ["2031-07-01"]},
    {"naissance": "1968-01-01", "instituteur": {"services_mois": 204}},
    {"corps": None, "grade": None, "echelon": None, "traitement_annuel": 39756.40},
    {"sejours": [{"zone": "hors_europe", "duree_jours": 720}], "foyer": {"rfr": 9000}},
    {"departs": ["2028-07-01"], "duree_atteinte_le": "2027-09-01",
     "trimestres_autres_regimes": 12, "invalidite": True},
]  # fmt: skip


def asked(**changes):
    return PensionQuestion.model_validate(BASE | changes)


def reason(explain=explain_gross, **changes):
    question = asked(**changes)
    return explain(question, answer(question).departs[0])


def lines(explain=explain_gross, **changes):
    read = reason(explain, **changes).lignes
    return {line.libelle: line.valeur.replace("\u00a0", " ") for line in read}


def natures(explain=explain_gross, **changes):
    return {line.libelle: line.nature for line in reason(explain, **changes).lignes}


def last(explanation):
    assert explanation.lignes[0].libelle != "Raison non donnée", explanation
    return explanation.lignes[-1].valeur


def check_every_reason(question, depart):
    if gross := gross_bounds(depart):
        assert last(explain_gross(question, depart)) == bounds_text(gross)
        net = net_bounds(question, depart)
        assert last(explain_net(question, depart)) == bounds_text(net)
    if depart.date_ouverture:
        assert last(explain_opening(question, depart)) == date_text(depart.date_ouverture)
    if depart.date_limite_age:
        assert last(explain_limit(question, depart)) == date_text(depart.date_limite_age)


@pytest.mark.parametrize("situation", SIX, ids=lambda one: f"{one.corps}-{one.echelon}")
def test_the_last_line_of_each_reason_is_the_number_beside_it(situation):
    born = situation.date_naissance
    for others in (None, 0, 30):
        question = PensionQuestion(
            naissance=born,
            aujourdhui=TODAY,
            trimestres_autres_regimes=others,
            departs=tuple(add_months_civil(born, 12 * age) for age in (63, 64, 67)),
            corps=situation.corps,
            grade=situation.grade,
            echelon=situation.echelon,
            chevron=situation.chevron,
            periodes=({"debut": add_months_civil(born, 12 * 26)},),
        )
        for depart in answer(question).departs:
            check_every_reason(question, depart)


@st.composite
def careers(draw):
    born = date(draw(st.integers(1960, 1985)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    begun = add_months_civil(born, draw(st.integers(20 * 12, 45 * 12)))
    children = draw(st.lists(st.integers(1985, 2020), max_size=4))
    return PensionQuestion(
        naissance=born,
        aujourdhui=TODAY,
        departs=(add_months_civil(born, draw(st.integers(57 * 12, 68 * 12))),),
        indice_majore=draw(st.integers(366, 1000)),
        periodes=({"debut": begun, "quotite": draw(st.sampled_from([100, 80, 50]))},),
        trimestres_autres_regimes=draw(st.none() | st.integers(0, 120)),
        enfants=tuple(
            {
                "naissance": date(year, 3, 1),
                "interruption_mois": draw(st.integers(0, 7)),
                "accouchement_apres_recrutement": draw(st.booleans()),
            }
            for year in children
        ),
        enfants_a_charge=draw(st.integers(0, 4)),
        instituteur=draw(st.none() | st.just({"services_mois": 210})),
        foyer=draw(
            st.none()
            | st.builds(
                lambda rfr, halves: {"rfr": rfr, "parts": halves / 2},
                st.integers(0, 60_000),
                st.integers(2, 8),
            )
        ),
    )


@settings(max_examples=60, deadline=None)
@given(careers())
def test_anybody_s_reasons_end_on_the_numbers_of_her_answer(question):
    try:
        depart = answer(question).departs[0]
        net_bounds(question, depart)
    except (InputError, LawError):
        assume(False)
    check_every_reason(question, depart)


def test_the_published_decote_is_told_rule_by_rule():
    # RET01 (F20349) : 159 trimestres sur 170, seize jusqu'à 67 ans ; 1,25 % par trimestre
    read = lines()
    assert read["Services au départ, pour le montant"] == "39 ans 9 mois"
    assert read["Durée d’assurance requise"] == "170 trimestres"
    assert read["Âge d’annulation de la décote"] == "67 ans"
    assert read["Manquants jusqu’à l’âge sans décote"] == "16 trimestres"
    assert read["Manquants pour la durée, tous régimes, 159 sur 170"] == "11 trimestres"
    assert read["Décote"] == "11 trimestres à 1,25 %, soit 13,75 %"
    assert read["Traitement de référence, par an"] == "39 756,40 €"
    assert read["Pension avant décote ou surcote, par mois"] == "2 324,00 €"
    assert read["Pension brute, par mois"] == "2 004,45 €"
    assert "minimum garanti" not in reason().regle


def test_the_file_and_what_is_supposed_are_told_apart_from_the_law():
    kinds = natures()
    assert kinds["Date de naissance"] == kinds["Services au départ, pour le montant"] == "donnee"
    assert kinds["Position au départ"] == kinds["Travail d’ici au départ"] == "hypothese"
    assert kinds["Valeurs lues"] == "hypothese"
    assert kinds["Valeur annuelle du point"] == "loi"
    past = natures(departs=["2026-11-20"], naissance="1963-01-01")
    assert past["Position au départ"] == "donnee"


def test_unknown_quarters_refuse_the_decote_and_suppose_both_bounds():
    read = reason(trimestres_autres_regimes=None).lignes
    others = [line for line in read if line.libelle == "Trimestres des autres régimes"]
    (refused,) = (line for line in read if line.nature == "refus")
    assert "trimestres des autres régimes manquants" in refused.valeur
    assert [(line.nature, line.valeur) for line in others] == [
        ("hypothese", "aucun"),
        ("hypothese", "de quoi atteindre la durée requise"),
    ]


def test_the_net_reads_each_levy_or_supposes_the_highest_rate():
    supposed = lines(explain_net)
    # L. 136-8 CSS (8,3 %), CRDS 0,5 %, CASA 0,3 % of 2 004,45 €
    assert supposed["Revenu fiscal de référence"].startswith("non indiqué")
    assert (supposed["Taux de la CSG"], supposed["CSG"]) == ("8,3 %", "−166,37 €")
    assert (supposed["CRDS"], supposed["CASA"]) == ("−10,02 €", "−6,01 €")
    known = lines(explain_net, foyer={"rfr": 22000, "parts": 1.5})
    assert known["Revenu fiscal de référence"] == "22 000,00 €"
    assert known["Taux de CSG d’après ce revenu"] == "médian"
    exempt = lines(explain_net, foyer={"rfr": 9000})
    assert exempt["CSG, CRDS et CASA"] == "aucune, par exonération"


def test_only_what_decides_is_told():
    poor = reason(
        periodes=[{"debut": "2001-10-01", "quotite": 80}],
        departs=["2031-07-01"],
        corps=None,
        grade=None,
        echelon=None,
        indice_majore=380,
    )
    assert "minimum garanti" in poor.regle
    assert "temps partiel" in poor.regle
    rich = lines(departs=["2031-07-01"], enfants=[BORN] * 3)
    assert {"Surcote", "Bonification pour enfants", "Majoration pour enfants"} <= rich.keys()
    assert not {"Surcote", "Majoration pour enfants"} & lines().keys()


@pytest.mark.parametrize("changes", [{}, *OTHERS])
def test_a_reason_stays_short_and_has_papers(changes):
    for explain in (explain_gross, explain_net, explain_opening, explain_limit):
        made = reason(explain, **changes)
        assert len(made.lignes) <= 28
        assert last(made)
        assert made.sources
        assert not any("_" in line.libelle or line.valeur == "" for line in made.lignes)


def test_the_age_limit_is_put_off_for_children():
    # CGFP L556-2: one year for each child in charge
    assert lines(explain_limit, enfants_a_charge=1) == {
        "Date de naissance": "1er juillet 1964",
        "Limite d’âge": "67 ans",
        "Recul de la limite d’âge pour enfants": "1 an",
        "Limite d’âge atteinte le": "1er juillet 2032",
    }


def test_p02_the_opening_of_services_that_run_is_explained_by_their_day():
    past = {"depuis": "2014-02-10"}
    read = lines(explain_opening, naissance="1970-03-09", instituteur=past, departs=["2030-09-01"])
    assert read["Services exigés acquis le"] == "10 février 2031"
    assert read["Droit ouvert le"] == "10 février 2031"


def test_a_former_instituteur_without_option_has_the_age_limit_of_others():
    read = lines(explain_limit, naissance="1968-01-01", instituteur={"services_mois": 204})
    assert read["Limite d’âge"] == "67 ans"
    assert read["Services d’instituteur exigés"] == "17 ans"


@pytest.mark.parametrize(
    ("rule", "explain"),
    [("decote_quarters", explain_gross), ("levies", explain_net), ("opening_age", explain_opening)],
)
def test_a_rule_that_left_the_registry_makes_its_reason_refuse(monkeypatch, rule, explain):
    question = asked()
    depart = answer(question).departs[0]
    monkeypatch.delitem(RULES, rule)
    refused = explain(question, depart).lignes
    assert [line.nature for line in refused] == ["refus"]
    assert rule in refused[0].valeur


def test_a_reason_that_finds_another_number_is_not_given():
    question = asked()
    depart = answer(question).departs[0]
    other = depart.model_copy(update={"pension_brute": 1.0, "date_ouverture": date(2020, 1, 1)})
    for explain in (explain_gross, explain_opening):
        assert "est différent" in explain(question, other).lignes[0].valeur
    assert euros_text(1.0) in explain_gross(question, other).question


def test_a_departure_without_amount_has_no_reason_for_one():
    question = asked(departs=["2027-01-01"])
    with pytest.raises(LawError, match="aucun montant"):
        explain_gross(question, answer(question).departs[0])


def test_the_sources_of_an_answer_are_among_those_that_its_reasons_read():
    # index 380, thirty years at 80 %: the minimum garanti is served
    question = asked(
        periodes=[{"debut": "2001-10-01", "quotite": 80}],
        departs=["2031-07-01"],
        corps=None,
        grade=None,
        echelon=None,
        indice_majore=380,
        foyer={"rfr": 22000},
    )
    answered = answer(question)
    depart = answered.departs[0]
    assert depart.minimum_garanti_applique
    read = [*explain_gross(question, depart).sources, *explain_net(question, depart).sources]
    assert {one.texte for one in answered.sources} <= {one.texte for one in read}


def test_a_long_career_names_the_one_door_that_it_opens():
    # D16-1: begun before 18, 60 years; the door of 20, later, is not the one that is used
    read = lines(
        naissance="1965-06-15",
        departs=["2026-12-01"],
        trimestres_autres_regimes=20,
        periodes=[{"debut": "1985-09-01"}],
        carriere_longue={"avant_18_ans": 5, "avant_20_ans": 8, "cotises": 176},
    )
    assert [label for label in read if label.startswith("Âge de départ")] == [
        "Âge de départ, début avant 18 ans"
    ]
    assert read["Âge de départ, début avant 18 ans"] == "60 ans"
    assert read["Trimestres avant 18 ans"] == "5 trimestres"
    assert read["Trimestres cotisés, tous régimes"] == "176 trimestres"


def test_the_first_effect_is_the_month_after_the_opening():
    # loi 2025-1403, art. 105: 62 ans 9 mois for a birth of July 1964; CPCMR, R36
    shown = lines(explain_earliest, naissance="1964-07-02")
    assert shown["Âge d’ouverture"] == "62 ans et 9 mois"
    assert list(shown.items())[-1] == ("Effet au plus tôt", "1er mai 2027")


def test_the_first_effect_of_a_carriere_longue_cites_its_door():
    career = {"avant_20_ans": 5, "cotises": 175}
    shown = lines(explain_earliest, carriere_longue=career, trimestres_autres_regimes=30)
    assert shown["Trimestres avant 20 ans"] == "5 trimestres"
    assert "Âge d’ouverture" not in shown
    first = answer(asked(carriere_longue=career, trimestres_autres_regimes=30)).departs[0]
    assert shown["Effet au plus tôt"] == date_text(first.date_effet_au_plus_tot)


def test_the_additional_pension_ends_on_the_amount_of_the_table():
    shown = lines(explain_rafp, rafp_points=6000, rafp_cotisations=())
    due = answer(asked(rafp_points=6000)).departs[0].rafp
    plain = euros_text(due.rente_annuelle).replace("\u00a0", " ")
    assert shown["Points de RAFP"] == "6 000"
    assert shown["Retraite additionnelle (RAFP)"] == f"{plain} par an"


def test_a_retraite_progressive_is_the_share_not_worked_of_the_pension():
    shown = lines(explain_progressive, retraite_progressive_quotite=60)
    assert shown["Temps travaillé"] == "60 %"

    def euros(words):
        return float(words.split(" €")[0].replace(" ", "").replace(",", "."))

    whole = euros(shown["Pension, si l’activité cessait ce jour-là"])
    # CPCMR, D37-2: the share that is not worked
    assert euros(shown["Retraite progressive"]) == round(whole * 0.4, 2)
