"""Ma paie: one mark a payslip, at the total, with the lines that it comes from; one a sentence."""

from datetime import date

import pytest

from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion, PaySituation
from iprof_kit.ui.screens.ma_paie.changes import change
from iprof_kit.ui.screens.ma_paie.view import MaPaieView, slip_view

SEVENTH = {"zone": 3, "corps": "pe", "grade": "classe_normale", "echelon": "7"}
ASKED = PayQuestion(date=date(2026, 9, 1), taux_pas=4, **SEVENTH)
HEADS = ("7e échelon", "8e échelon")


def doubted(given, *codes):
    """Return an answer of which the lines of these codes, and no other, are to verify."""
    lines = tuple(
        line.model_copy(update={"a_verifier": line.code in codes}) for line in given.lignes
    )
    update = {"lignes": lines}
    if getattr(given, "comparaison", None):
        update["comparaison"] = doubted(given.comparaison, *codes)
    return given.model_copy(update=update)


def shown(*codes):
    return slip_view(MaPaieView("Ma paie"), doubted(answer(ASKED), *codes), ASKED)


@pytest.mark.parametrize(
    ("code", "marked", "because"),
    [
        ("TIB", "Net avant impôt", "Traitement indiciaire brut"),
        ("CSG", "Net avant impôt", "CSG déductible, CSG non déductible"),
        ("PAS", "Net à payer", "Prélèvement à la source"),
        ("", None, None),
    ],
)
def test_the_first_net_that_rests_on_a_line_to_verify_is_marked_alone(code, marked, because):
    codes = [line.code for line in answer(ASKED).lignes if code and line.code.startswith(code)]
    view = shown(*codes)
    assert bool(codes) == bool(code)
    found = [(row.line.label, row.because) for row in view.rows if row.line.verify]
    assert found == ([(marked, because)] if marked else [])
    assert ("(à vérifier)" in view.lead) == (marked == "Net avant impôt")


@pytest.mark.parametrize("code", ["TIB", ""])
def test_what_changes_is_marked_in_the_sentences(code):
    later = PaySituation(**(SEVENTH | {"echelon": "8"}))
    asked = PayQuestion(mode="comparaison", comparee=later, date=date(2026, 9, 1), **SEVENTH)
    found = change(doubted(answer(asked), code), subject="Le mois", heads=HEADS, caption="")
    assert found.rest.endswith(" (à vérifier).") == bool(code)
    assert any("(à vérifier)" in line for line in found.more) == bool(code)
    assert found.doubt == bool(code)
