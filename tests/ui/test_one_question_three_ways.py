"""One question of pay asked of Python, of the command and of the screen: one net."""

import json
from datetime import date

from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from ui_pay import Screen

from iprof_kit.calculate.subjects import ask
from iprof_kit.commands.calculate import calculate
from iprof_kit.ui.shared.text import money


@settings(max_examples=4, deadline=None)
@given(
    month=st.dates(date(2024, 1, 1), date(2026, 12, 1)),
    echelon=st.integers(2, 11),
    quotite=st.sampled_from([100, 90, 80, 70, 60, 50]),
    zone=st.integers(1, 3),
    enfants=st.integers(0, 4),
)
def test_the_screen_the_command_and_python_give_one_net(month, echelon, quotite, zone, enfants):
    typed = {"echelon": echelon, "quotite": quotite, "zone": zone, "enfants": enfants}
    question = {"date": str(month.replace(day=1)), "corps": "pe", "grade": "classe_normale",
                "primes_usuelles": True, **typed, "echelon": str(echelon)}  # fmt: skip
    net = ask("pay", question).totaux.net_avant_impot
    printed = CliRunner().invoke(calculate, ["pay", "--input", "-"], input=json.dumps(question))
    assert json.loads(printed.stdout)["totaux"]["net_avant_impot"] == net
    screen = Screen()
    chosen = {"mois": month.month, "annee": month.year, "grade": "classe_normale", **typed}
    screen.send({name: str(value) for name, value in chosen.items()})
    assert screen.line("Net avant impôt")[0] == money(net)
