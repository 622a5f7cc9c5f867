"""The reason of a wish is its score calculated again: its last line is the number beside."""

from datetime import date

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.paths import ROOT
from iprof_kit.calculate.mobility import first
from iprof_kit.calculate.mobility.calculation import answer
from iprof_kit.calculate.mobility.question import MobilityQuestion
from iprof_kit.law.tables.rules import RULES

SITUATIONS = {"1d": "premier_degre", "2d": "second_degre"}
JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": 7, "departement": "93",
    "departement_depuis": date(2015, 9, 1),
    "famille": [{"demande": "rapprochement_conjoints", "departement": "44", "lien": "mariage",
                 "lien_depuis": date(2015, 6, 20), "enfants": [{"naissance": date(2016, 3, 1)}]}],
}  # fmt: skip


def published(degre):
    path = ROOT / "tests" / "law" / "cases" / f"mouvement_{degre}.yml"
    written = yaml.safe_load(path.read_text(encoding="utf-8"))
    cases = (case["entree"] for case in written if "totaux" in case["attendu"])
    return [
        pytest.param(degre, case["personne"], tuple(case["voeux"]), case["campagnes"][-1])
        for case in cases
        if {"personne", "voeux", "campagnes"} <= set(case)
    ]


NAMES = {
    "separation": ("annee", "mois", "position"),
    "education_prioritaire": ("label", "annees", "affecte"),
}


def as_asked(person):
    """A person of the law, as a question describes her: short lists named, months in years."""
    person = dict(person)
    months = person.pop("anciennete_mois", None)
    if months is not None:
        person["anciennete_departement_annees"], left = divmod(months, 12)
        person["anciennete_departement_mois"] = left
    linked = person.pop("lie", None)
    if linked is not None:
        person["lies"] = {"enseignant": as_asked(linked["person"]), **linked}
        del person["lies"]["person"]
    for name in NAMES.keys() & person.keys():
        rows = (row if isinstance(row, list) else list(row.values()) for row in person[name])
        person[name] = [dict(zip(NAMES[name], row, strict=False)) for row in rows]
    return person


def explained(degre, person, wishes, campaign):
    ranks = tuple(range(1, len(wishes) + 1))
    asked = {"degre": degre, "campagne": campaign, "voeux": wishes, SITUATIONS[degre]: person}
    plain = answer(MobilityQuestion.model_validate(asked))
    told_why = answer(MobilityQuestion.model_validate(asked | {"raisons": ranks}))
    without = [wish.model_copy(update={"explication": None}) for wish in told_why.voeux]
    assert without == list(plain.voeux)  # no number moves
    return told_why.voeux


def shown(wish):
    return [(line.libelle, line.valeur.replace("\u00a0", " ")) for line in wish.explication.lignes]


def check(wishes):
    for wish in wishes:
        *lines, (label, value) = shown(wish)
        written = f"{wish.total:,.2f}".rstrip("0").rstrip(".").replace(",", " ").replace(".", ",")
        assert value.removesuffix("s") == f"{written} point"
        assert label.endswith("au moins") is not wish.complet
        for line in wish.lignes:
            assert line.libelle in dict(lines)
        for aside in wish.ecartes:
            assert aside.motif in {value for _, value in wish_values(wish)}


def wish_values(wish):
    return {(line.nature, line.valeur) for line in wish.explication.lignes}


@pytest.mark.parametrize(("degre", "person", "wishes", "campaign"),
                         [*published("1d")[::3], *published("2d")[::3]])  # fmt: skip
def test_the_reason_of_a_published_case_ends_with_its_number(degre, person, wishes, campaign):
    check(explained(degre, as_asked(person), wishes, campaign))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(2, 11),
    st.dates(date(2000, 9, 1), date(2024, 9, 1)),
    st.lists(st.sampled_from(["44", "49", "35", "75", "974"]), min_size=1, max_size=4, unique=True),
    st.sampled_from([2024, 2025, 2026, 2027]),
)
def test_the_reason_of_anybody_ends_with_her_number(echelon, since, wishes, campaign):
    person = JEAN | {"echelon": echelon, "departement_depuis": since}
    check(explained("1d", person, tuple(wishes), campaign))


@settings(max_examples=15, deadline=None)
@given(
    st.integers(2, 11),
    st.integers(0, 20),
    st.permutations(["Rennes", "Nantes", "Lyon", "Corse"]),
    st.sampled_from([2024, 2025, 2026]),
)
def test_the_reason_of_anybody_of_the_second_degree_too(echelon, years, wishes, campaign):
    person = {
        "corps": "certifie", "grade": "classe_normale", "echelon": echelon, "academie": "Lille",
        "departement": "59", "anciennete_poste_annees": years,
        "demandes": ["rapprochement_conjoints"], "lien": "mariage", "date_lien": "2018-07-07",
        "conjoint": {"academie": "Rennes", "departement": "35"},
    }  # fmt: skip
    check(explained("2d", person, tuple(wishes), campaign))


def test_law_datum_refusal_and_result_are_told_apart():
    linked, other = explained("1d", JEAN, ("44", "75"), 2025)
    lines = {(line.libelle, line.nature) for line in linked.explication.lignes}
    assert {("Échelon", "loi"), ("Échelon, compté", "donnee")} <= lines
    assert ("Rapprochement de conjoints", "loi") in lines
    refused = [line for line in other.explication.lignes if line.nature == "refus"]
    assert [line.libelle for line in refused] == ["Rapprochement de conjoints"]


def test_what_nobody_knows_is_a_hypothesis_and_the_total_a_minimum():
    (wish,) = explained("1d", JEAN | {"departement_depuis": None}, ("75",), 2025)
    supposed = [line for line in wish.explication.lignes if line.nature == "hypothese"]
    assert [line.libelle for line in supposed] == [
        "Ancienneté dans le département, compté pour rien"
    ]
    assert wish.explication.lignes[-1].libelle == "Barème du vœu, au moins"


def test_the_day_of_reference_is_a_day_and_no_number_of_years():
    (wish,) = explained("1d", JEAN, ("44",), 2027)
    lines = shown(wish)
    assert ("Ancienneté comptée jusqu’au", "31 août 2027") in lines  # the note: « au 31/08/N »
    assert not [value for _, value in lines if value.startswith("0 ")]


def test_what_another_wish_reads_is_not_in_the_reason():
    person = {
        "corps": "certifie", "grade": "classe_normale", "echelon": 7, "statut": "stagiaire",
        "academie_stage": "Lille", "bonification_stagiaire": True,
    }  # fmt: skip
    first_wish, second = explained("2d", person, ("Rennes", "Nantes"), 2026)
    assert any("tagiaire" in label for label, _ in shown(first_wish))
    assert "inter_2d_stagiaire" in RULES
    assert RULES["inter_2d_stagiaire"][-1].sentence not in second.explication.regle


def test_a_rule_that_left_the_registry_makes_the_reason_fail(monkeypatch):
    monkeypatch.delitem(RULES, "inter_1d_echelon")
    (wish,) = explained("1d", JEAN, ("75",), 2025)
    (refused,) = wish.explication.lignes
    assert (refused.libelle, refused.nature) == ("Raison non donnée", "refus")
    assert wish.total > 0  # the result itself stands


def test_a_reason_that_finds_another_score_is_not_given(monkeypatch):
    scored = first.score_wishes

    def later(person, wishes, campaign, only=None):
        return scored(person, wishes, campaign - (only is not None), only)

    monkeypatch.setattr(first, "score_wishes", later)
    since = JEAN | {"departement_depuis": date(2017, 9, 1)}
    (wish,) = explained("1d", since, ("75",), 2026)
    assert "est différent" in wish.explication.lignes[-1].valeur


def test_only_the_reasons_asked_for_are_calculated():
    asked = {"degre": "1d", "campagne": 2025, "voeux": ("44", "75"), "premier_degre": JEAN}
    question = MobilityQuestion.model_validate(asked | {"raisons": (2, 9)})
    assert [bool(wish.explication) for wish in answer(question).voeux] == [False, True]
