"""Each « Pourquoi ? » of a payslip is its line calculated again, told from its trace alone."""

from datetime import date

import pytest
from six_people import SIX

from iprof_kit.base.errors import InputError
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion
from iprof_kit.calculate.pay.why import explain_lines
from iprof_kit.law.tables.rules import RULES

NOVEMBER = date(2026, 11, 1)
PLACE = ("corps", "grade", "echelon", "chevron", "quotite")
RICH = PayQuestion(
    date=NOVEMBER, corps="pe", grade="classe_normale", echelon="7", quotite=80, zone=1, enfants=2,
    primes_usuelles=True, nomme_avant_2018=True, direction_classes=5, taux_pas=4.3,
    education_prioritaire="REP", abonnement_transport=80, raisons=("toutes",),
)  # fmt: skip
OTHERS = [
    {"corps": "certifie", "direction_classes": None, "quotite": 100, "hsa": 2, "hse": 1},
    {"territoire": "La Reunion", "zone": 3}, {"quotite": 85, "surcotisation": True},
    {"absence": {"cmo_trois_premiers_mois": 10, "carence": 1, "greve": 1}},
    {"date": date(2026, 12, 1), "nbi": 20}, {"date": date(2017, 6, 1), "taux_pas": None,
     "nomme_avant_2018": None, "abonnement_transport": 0},
    {"territoire": "Corse (2A, 2B)", "date": date(2024, 3, 1)}, {"mode": "annualise"},
]  # fmt: skip


def of(**changes):
    return PayQuestion.model_validate(RICH.model_dump() | changes)


def lines(question=RICH):
    return answer(question).lignes


def by_code(question=RICH):
    return {line.code: line.explication for line in lines(question)}


@pytest.mark.parametrize("situation", SIX, ids=lambda one: f"{one.corps}-{one.echelon}")
def test_the_last_line_of_each_reason_is_the_amount_beside_it(situation):
    who = {name: getattr(situation, name) for name in PLACE}
    for line in lines(PayQuestion(date=NOVEMBER, zone=1, raisons=("toutes",), **who)):
        last = line.explication.lignes[-1]
        assert (last.libelle, last.valeur) == (line.libelle, euros_text(line.montant))


@pytest.mark.parametrize("changes", [{}, *OTHERS])
def test_every_line_has_a_rule_and_what_it_read(changes):
    for line in lines(of(**changes)):
        *read, last = line.explication.lignes
        assert last.nature == "loi", line.code
        assert last.valeur == euros_text(line.montant)
        assert line.explication.regle, line.code
        assert [one for one in read if one.nature == "loi"], line.code
        assert line.explication.sources, line.code


@pytest.mark.parametrize("changes", [{}, *OTHERS])
def test_an_opened_reason_changes_no_amount(changes):
    opened, plain = answer(of(**changes)), answer(of(**changes, raisons=()))
    bare = tuple(line.model_copy(update={"explication": None}) for line in opened.lignes)
    assert opened.model_copy(update={"lignes": bare}) == plain


def test_the_traitement_reads_index_point_and_fraction_in_order():
    # grille PE, 7e échelon: 524 points; décret 2023-519: 59,0734 €; six septièmes à 80 %
    read = [(line.libelle, line.valeur.replace("\u00a0", " ")) for line in by_code()["TIB"].lignes]
    assert read == [
        ("Position", "7e échelon"),
        ("Quotité travaillée", "80 %"),
        ("Part payée pour 80\u00a0%", "6/7"),
        ("Indice majoré", "524"),
        ("Valeur annuelle du point", "59,0734 €"),
        ("Traitement à temps complet 524 × 59,0734\u00a0€ ÷ 12", "2 579,54 €"),
        ("Traitement payé 6/7", "2 211,03 €"),
        ("Traitement indiciaire brut", "2 211,03 €"),
    ]


def test_what_the_person_gave_and_what_is_supposed_are_told_apart_from_the_law():
    reasons = by_code(of(date=date(2027, 3, 1)))
    natures = {line.libelle: line.nature for line in reasons["TIB"].lignes}
    assert natures["Quotité travaillée"] == "donnee"
    assert natures["Valeurs lues"] == "hypothese"
    assert natures["Valeur annuelle du point"] == "loi"
    assert "donnee" in {line.nature for line in reasons["PAS"].lignes}
    assert "donnee" in {line.nature for line in reasons["SFT"].lignes}


def test_only_the_reasons_asked_for_are_given():
    reasons = by_code(of(raisons=("TIB", "CSG_DED")))
    assert {code for code, reason in reasons.items() if reason} == {"TIB", "CSG_DED"}


def test_each_contribution_has_its_own_rate_and_the_base_that_all_share():
    for code, rate in (("CSG_DED", "6,8"), ("CSG_NON_DED", "2,4"), ("CRDS", "0,5")):
        reason = by_code()[code]
        rates = [line.valeur for line in reason.lignes if line.libelle.startswith("Taux")]
        assert rates == ["1,75\u00a0%", f"{rate}\u00a0%"]
        assert "Gains comptés" in {line.libelle for line in reason.lignes}


def test_a_rule_that_left_the_registry_makes_the_reasons_that_it_gave_fail(monkeypatch):
    amounts = [line.montant for line in lines()]
    monkeypatch.delitem(RULES, "bonus_transfer")
    refused = [code for code, reason in by_code().items() if reason.lignes[0].nature == "refus"]
    assert refused == ["TPP"]
    assert "bonus_transfer" in by_code()["TPP"].lignes[0].valeur
    assert [line.montant for line in lines()] == amounts


def test_a_reason_that_finds_another_amount_is_not_given():
    other = tuple(line.model_copy(update={"montant": line.montant + 1}) for line in lines())
    for line in explain_lines(other, RICH):
        assert "est différent" in line.explication.lignes[0].valeur


def test_the_reasons_of_a_whole_year_are_refused():
    with pytest.raises(InputError, match="se demandent pour un mois"):
        answer(of(mode="annee"))
