"""The inter-academic movement: refusals, columns, extension, properties."""

from dataclasses import replace
from datetime import date
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.base.errors import InputError, LawError, PeriodNotCovered
from iprof_kit.base.explanation import explain
from iprof_kit.law.mobility.second.extension import extension
from iprof_kit.law.mobility.second.family_amounts import (
    children_counted,
    separation_points,
    separation_weights,
)
from iprof_kit.law.mobility.second.person import (
    OtherParent,
    Person2D,
    PriorityPost,
    SeparationYear,
)
from iprof_kit.law.mobility.second.score import (
    bar_meaning,
    movement_rules,
    score_wishes,
    tie_break,
)
from iprof_kit.law.mobility.second.seniority import (
    higher_grade_points,
    ordinary_grade_points,
    post_points,
)
from iprof_kit.law.mobility.second.stagiaire import contract_points
from iprof_kit.law.mobility.second.table import item_points, open_labels, wishes_of

TITULAIRE = Person2D("certifie", "classe_normale", 6, academie="Lille", anciennete_poste_annees=4)
STAGIAIRE = Person2D(
    "certifie",
    "classe_normale",
    2,
    statut="stagiaire",
    academie_stage="Caen",
    bonification_stagiaire=True,
    demandes=("rapprochement_conjoints",),
    conjoint=OtherParent("Caen"),
)
CAMPAIGNS = (2020, 2021, 2024, 2025, 2026, 2027)

ITEMS = [partial(item_points, name) for name in ("inter_2d_sportif", "inter_2d_voeu_preferentiel")]


def total(person, campagne=2026, wishes=("Rennes",)):
    return score_wishes(person, wishes, campagne)[0].total


def after_a_contract(levels, campagne):
    return contract_points(levels, np.array([1.0]), campagne)


@pytest.mark.parametrize("campagne", [2016, 2022, 2023, 2028])
def test_a_campaign_not_covered_names_those_that_are(campagne):
    with pytest.raises(PeriodNotCovered, match=r"2017, .* 2021, 2024, .* 2027"):
        score_wishes(TITULAIRE, ["Rennes"], campagne)


def test_an_unknown_academy_lists_the_known_ones():
    with pytest.raises(InputError, match=r"rang 2 : .*Poudlard.*Rennes") as refusal:
        score_wishes(TITULAIRE, ["Rennes", "Poudlard"], 2026)
    assert refusal.value.where == "voeux, rang 2"


@pytest.mark.parametrize(
    ("wishes", "campagne", "message"),
    [
        ([], 2026, "aucun vœu"),
        (["Rennes", "14"], 2026, "deux fois"),
        (["Caen"], 2026, "n’est pas ouverte au mouvement de 2026"),
        (["Normandie"], 2019, "n’est pas ouverte au mouvement de 2019"),
        (["Polynésie française"], 2026, "n’est pas ouverte"),
        (["Rennes", "Lille"], 2026, "actuelle interdit"),
    ],
)
def test_wishes_that_cannot_be_asked(wishes, campagne, message):
    with pytest.raises(InputError, match=message):
        score_wishes(TITULAIRE, wishes, campagne)


@pytest.mark.parametrize("campagne", [2024, 2025, 2026, 2027])
def test_no_more_wishes_than_the_rule_allows(monkeypatch, campagne):
    # regle nb_voeux_max : 31 ; il n'y a que 30 académies, la limite se joue sur une liste allongée
    module = "iprof_kit.law.mobility.second.score.wishes_of"
    monkeypatch.setattr(module, lambda *_: [None] * 32)
    with pytest.raises(InputError, match=r"32 vœux.*le maximum est 31"):
        score_wishes(STAGIAIRE, ["Rennes"], campagne)
    monkeypatch.setattr(module, lambda *_: wishes_of(open_labels(2020)[:31], 2020))
    assert len(score_wishes(replace(TITULAIRE, academie=""), ["Rennes"], campagne)) == 31


def test_caen_and_rouen_give_way_to_normandie():
    # academies.csv : fusion au 2020-01-01
    assert {"Caen", "Rouen"} <= set(open_labels(2019))
    assert "Normandie" in open_labels(2021)
    assert not {"Caen", "Rouen"} & set(open_labels(2021))


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"corps": "pe"}, "corps"),
        ({"grade": "hors classe"}, "grade"),
        ({"echelon": 0}, "echelon"),
        ({"anciennete_poste_annees": -1}, "anciennete_poste_annees"),
        ({"academie": "Atlantide"}, "academie"),
        ({"departement": "99"}, "departement"),
        ({"demandes": ("rapprochement_conjoints",)}, "conjoint"),
        ({"demandes": ("parent_isole", "rapprochement_conjoints")}, "demandes"),
        ({"demandes": ("parent_isole",)}, "naissances"),
        ({"origine": "ex_contractuel"}, "origine"),
        ({"bonification_stagiaire": True}, "bonification_stagiaire"),
        ({"retour": "ecole_europeenne"}, "ancienne_academie"),
        ({"dossier_handicap": "enfant"}, "academies_handicap"),
        ({"guyane_site_isole_annees": 1}, "guyane_site_isole_annees"),
        ({"interruption": "vacances"}, "interruption"),
    ],
)
def test_contradictions_name_the_field(facts, where):
    with pytest.raises(InputError) as refusal:
        replace(TITULAIRE, **facts)
    assert refusal.value.where == where


def test_parts_of_a_person_are_checked_too():
    with pytest.raises(InputError, match="13 mois"):
        SeparationYear(2024, 13)
    with pytest.raises(InputError, match="rep_plus"):
        PriorityPost("zep", 5)
    with pytest.raises(InputError, match="etranger_pays_frontalier"):
        OtherParent("Rennes", activite="retraite")


@pytest.mark.parametrize(
    ("years", "message"),
    [([2024, 2024], "deux fois"), ([2026], "postérieure à la campagne 2026")],
)
def test_years_of_separation_that_cannot_be(years, message):
    person = replace(TITULAIRE, separation=tuple(SeparationYear(year, 12) for year in years))
    with pytest.raises(InputError, match=message):
        score_wishes(person, ["Rennes"], 2026)


@pytest.mark.parametrize(
    ("taken", "by", "late"),
    [
        (date(2025, 8, 31), "promotion", False),
        (date(2025, 9, 1), "promotion", True),
        (date(2025, 9, 1), "classement", False),
        (date(2025, 9, 2), "classement", True),
    ],
)
def test_the_echelon_is_that_of_31_august_or_1_september(taken, by, late):
    # « échelon au 31/08/N-1 (promotion) ou 01/09/N-1 (classement, reclassement) »
    person = replace(TITULAIRE, echelon_depuis=taken, echelon_par=by)
    if late:
        with pytest.raises(InputError, match="échelon pris après"):
            total(person)
    else:
        assert total(person) == 42 + 80 + 50


def test_an_agrege_in_the_last_echelon_gives_its_date():
    person = replace(TITULAIRE, corps="agrege", grade="hors_classe", echelon=4)
    with pytest.raises(InputError) as refusal:
        total(person)
    assert refusal.value.where == "echelon_depuis"


def test_years_in_the_post_not_given_are_not_zero():
    score = score_wishes(replace(TITULAIRE, anciennete_poste_annees=None), ["Rennes"], 2026)[0]
    assert not score.complet
    assert [aside.critere for aside in score.ecartes if aside.inconnu] == ["anciennete_poste"]


def test_the_cimm_line_says_what_is_known_of_its_duration():
    person = replace(TITULAIRE, cimm="La Réunion")
    (line,) = [
        line
        for line in score_wishes(person, ["La Réunion"], 2026)[0].lignes
        if line.critere == "cimm"
    ]
    assert "circulaire illégale" in line.calcul
    known = score_wishes(person, ["La Réunion"], 2025)[0].lignes[-1].calcul
    assert "reconnaissance illimitée" in known
    refusal = score_wishes(replace(TITULAIRE, cimm="Nantes"), ["Nantes"], 2026)[0].ecartes[-1]
    assert "outre-mer" in refusal.motif


def test_the_divergence_on_the_ceiling_is_said():
    person = replace(TITULAIRE, grade="classe_exceptionnelle", echelon=4)
    (line, *_) = score_wishes(person, ["Rennes"], 2025)[0].lignes
    assert line.points == 105
    assert line.confidence == "C"
    assert "98/105" in line.calcul


def test_the_first_parts_of_the_family_say_their_condition():
    score = score_wishes(STAGIAIRE, ["Caen"], 2020)[0]
    (line,) = [line for line in score.lignes if line.critere == "rapprochement_conjoints"]
    assert "31/08/N-1" in line.calcul


def test_extension_of_the_published_example():
    # Sgen-CFDT Normandie : le plus petit barème de la liste est 14 (Amiens, non limitrophe)
    wishes = ["Caen", "Rouen", "Rennes", "Nantes", "Orléans-Tours", "Amiens", "Versailles"]
    found = extension(STAGIAIRE, wishes, score_wishes(STAGIAIRE, wishes, 2020), 2020)
    assert (found.points, found.voeu) == (14, "Amiens")
    assert "Ordre d’extension non trouvé" in found.ordre
    assert not {"Corse", "Guyane", "Mayotte", "Caen"} & set(found.academies)
    assert "Lille" in found.academies


@pytest.mark.parametrize("campagne", CAMPAIGNS)
def test_extension_keeps_the_family_and_loses_what_is_tied_to_a_wish(campagne):
    # 14 + 150,2 : sans les 10 points, ni le 0,1 d'académie de stage
    person = replace(STAGIAIRE, academie_stage="Rennes", conjoint=OtherParent("Rennes"))
    scores = score_wishes(person, ["Rennes"], campagne)
    assert scores[0].total == 174.3
    found = extension(person, ["Rennes"], scores, campagne)
    assert found.points == 164.2
    assert found.non_dit == ()


def test_extension_counts_and_says_what_the_rule_does_not_name():
    person = replace(
        STAGIAIRE, demandes=(), conjoint=None, origine="ex_contractuel", contractuel_annees_etp=2
    )
    scores = score_wishes(person, ["Lille"], 2020)
    found = extension(person, ["Lille"], scores, 2020)
    assert (found.points, found.non_dit) == (14 + 150, ("Stagiaire",))


@pytest.mark.parametrize(
    "facts",
    [
        {"retour": "ecole_europeenne", "ancienne_academie": "Rennes"},
        {"cimm": "Guadeloupe"},
        {"demandes_consecutives": 4},
    ],
)
def test_extension_loses_points_of_a_return_of_the_cimm_and_of_a_repeated_wish(facts):
    person = replace(TITULAIRE, doit_etre_affecte=True, **facts)
    wishes = ["Guadeloupe"] if "cimm" in facts else ["Rennes"]
    scores = score_wishes(person, wishes, 2026)
    assert scores[0].total > 172
    assert extension(person, wishes, scores, 2026).points == 172


def test_no_extension_for_who_keeps_a_post():
    scores = score_wishes(TITULAIRE, ["Rennes"], 2026)
    found = extension(TITULAIRE, ["Rennes"], scores, 2026)
    assert (found.concerne, found.points, found.academies) == (False, None, ())


def test_the_rule_of_extension_is_not_known_for_2018():
    scores = score_wishes(replace(STAGIAIRE, demandes=()), ["Lille"], 2018)
    with pytest.raises(PeriodNotCovered, match="extension"):
        extension(STAGIAIRE, ["Lille"], scores, 2018)


def test_rules_that_give_no_points():
    assert "le plus âgé" in tie_break(2024)
    assert "pas de barre de sortie" in bar_meaning(2026)
    assert movement_rules(2026)[0].startswith("31 vœux")
    assert movement_rules(2018) == ()
    with pytest.raises(PeriodNotCovered, match="departage"):
        tie_break(2020)


@given(st.lists(st.integers(1, 11), min_size=1, max_size=20), st.sampled_from(CAMPAIGNS))
def test_a_column_equals_its_rows(levels, campagne):
    column = np.array(levels)
    for of in (ordinary_grade_points, *ITEMS, after_a_contract):
        whole = of(column, campagne)
        assert whole.tolist() == [of(np.array([level]), campagne)[0] for level in levels]
    by_rows = [post_points(np.array([years]), campagne)[:, 0].tolist() for years in levels]
    assert post_points(column, campagne).T.tolist() == by_rows


@given(st.sampled_from(CAMPAIGNS))
def test_one_more_year_or_echelon_never_lowers(campagne):
    years = np.arange(1, 40)
    for of in (ordinary_grade_points, *ITEMS, after_a_contract):
        assert (np.diff(of(years, campagne)) >= 0).all()
    assert (np.diff(post_points(years, campagne).sum(axis=0)) > 0).all()
    assert (np.diff(separation_points(years / 2, campagne)) >= 0).all()
    for grade in ("hors_classe", "classe_exceptionnelle"):
        for corps in ("certifie", "agrege"):
            points = higher_grade_points(np.arange(1, 6), np.array([0]), grade, corps, campagne)
            assert (np.diff(points) >= 0).all()
            longer = higher_grade_points(np.array([4]), np.arange(6), grade, corps, campagne)
            assert (np.diff(longer) >= 0).all()


@given(st.permutations(["Rennes", "Nice", "Paris", "Dijon"]))
def test_without_points_tied_to_a_rank_the_order_changes_nothing(wishes):
    scores = score_wishes(replace(TITULAIRE, boe=True), wishes, 2026)
    assert [score.voeu for score in scores] == wishes
    assert [score.rang for score in scores] == [1, 2, 3, 4]
    assert {score.total for score in scores} == {272}


def test_children_and_years_are_columns():
    births = np.array(["2008-08-31", "2008-09-01", "2026-01-01"], dtype="datetime64[D]")
    assert children_counted(births, 2026).tolist() == [False, True, True]
    weights = separation_weights(
        np.array([12, 6, 5, 12]),
        np.array(["activite", "conge_parental", "activite", "autre"]),
        2026,
    )
    assert weights.tolist() == [1, 0.5, 0, 0]


def test_the_explanation_names_the_rules_and_what_they_read():
    with explain() as trace:
        score_wishes(replace(TITULAIRE, boe=True), ["Rennes"], 2026)
    read = {step.rule: {p.name for p in step.parameters} for step in trace.steps}
    assert "handicap boe 2026" in read["inter_2d_handicap"]
    assert "anciennete_poste par_an 2026" in read["inter_2d_anciennete_poste"]
    assert trace.steps[-1].rule == "inter_2d_bareme"


def test_an_unknown_name_of_a_movement_is_a_law_error():
    with pytest.raises(LawError):
        score_wishes(TITULAIRE, ["Rennes"], 1999)
