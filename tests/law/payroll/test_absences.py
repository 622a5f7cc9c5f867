"""Which lines of a payslip an absence takes from: the table says it, family by family."""

import pytest

from iprof_kit.base.explanation import explain
from iprof_kit.law.payroll.sick_leave import LONG, MATERNITY, SICK, STRIKE, WAITING, Absence
from iprof_kit.law.payroll.tables import kept_whole, takes
from iprof_kit.law.tables.loading import table

FAMILIES = set(table("assiettes_paie")["famille"])
TRANSPORT = {"abonnement_transport": 88.80}


def test_p07_each_absence_says_something_of_each_family():
    frame = table("absences_paie")
    assert set(frame["absence"]) == {SICK, LONG, WAITING, STRIKE, MATERNITY}
    for absence in (SICK, LONG, WAITING, STRIKE, MATERNITY):
        assert set(frame.loc[frame["absence"] == absence, "famille"]) == FAMILIES
    assert set(frame["retenue"]) == {"oui", "non"}


@pytest.mark.parametrize(
    ("absence", "spared"),
    [
        # circulaire du 15 février 2018 : SFT et titres de transport hors de l’assiette
        (WAITING, {"sft", "transport", "mutuelle", "frais"}),
        # CGFP, L. 711-3 : ni avantages familiaux ni remboursements de frais
        (STRIKE, {"sft", "transport", "mutuelle", "frais"}),
        # CGFP, L. 822-3 : indemnité de résidence et SFT conservés en entier
        (SICK, {"sft", "residence", "transport", "mutuelle"}),
        # loi 84-16, art. 34 : indemnité de résidence et SFT entiers en congé de longue maladie
        (LONG, {"sft", "residence", "transport", "mutuelle"}),
        # CGFP, L. 631-1 : traitement, SFT et IR ; décret 2010-997, art. 1 : primes
        (MATERNITY, FAMILIES - {"heures", "frais"}),
    ],
)
def test_p07_what_the_texts_spare(absence, spared):
    assert {family for family in FAMILIES if not takes(absence, family)} == spared


def test_p03_a_maternity_keeps_the_pay_whole_and_no_other_absence_does():
    assert [one for one in (SICK, LONG, WAITING, STRIKE, MATERNITY) if kept_whole(one)] == [
        MATERNITY
    ]


@pytest.mark.parametrize(("kind", "code"), [("waiting", "ABS_CARENCE"), ("strike", "ABS_GREVE")])
def test_p07_a_day_not_paid_leaves_the_family_supplement_whole(slip, amounts, kind, code):
    # 466 points au 1er janvier 2024 : 2 294,02 € et 3 % en zone 1, soit 68,82 € ; le trentième
    # porte sur les deux, et le SFT de trois enfants (194,82 €, art. 10 bis) n’y est pas
    whole = amounts(slip("2024-01-01", 466, zone=1, children=3))
    found = slip("2024-01-01", 466, zone=1, children=3, absence=Absence(**{kind: 2}))
    lines = amounts(found)
    assert lines["SFT"] == whole["SFT"] > 0
    assert lines[code] == pytest.approx(2 * (2294.02 + 68.82) / 30, abs=0.011)
    assert found.gross[0] == pytest.approx(2294.02 + 68.82 - lines[code] + whole["SFT"], abs=0.011)


def test_p07_a_strike_spares_what_refunds_a_cost(pay, amounts):
    given = {"corps": "certifie", "echelon": "9", **TRANSPORT}
    alone = amounts(pay("2026-03-01", **given))
    on_strike = amounts(pay("2026-03-01", absence={"greve": 30}, **given))
    assert on_strike["TRANSPORT"] == alone["TRANSPORT"] == 66.60  # trois quarts de 88,80 €
    gross = pay("2026-03-01", absence={"greve": 30}, **given).totaux.brut
    assert gross == pytest.approx(66.60)


def test_p07_a_leave_spares_the_refund_of_the_health_cover(pay, amounts):
    # décret 2021-1164, art. 5 : 15 € par mois, en entier dans toute situation rémunérée
    given = {"primes": "PSC_FORFAIT", "primes_usuelles": False}
    month = pay("2026-03-01", absence={"cmo_trois_premiers_mois": 30}, **given)
    plain = pay("2026-03-01", **given)
    assert amounts(month)["PSC_FORFAIT"] == 15
    assert amounts(month)["ABS_CMO"] == pytest.approx(0.1 * (plain.totaux.brut - 15), abs=0.011)


def test_p07_the_reason_names_what_is_spared(slip):
    with explain():
        found = slip("2024-01-01", 466, children=2, absence=Absence(strike=1))
    line = next(one for one in found.lines if one.code == "ABS_GREVE")
    told = [words for step in line.steps if step.rule == "absence_base" for words in step.words]
    assert told[0] == (
        "Gains que cette absence ne touche pas",
        "Supplément familial de traitement",
    )
    assert told[1][1].replace("\xa0", " ") == "2 294,02 €"
