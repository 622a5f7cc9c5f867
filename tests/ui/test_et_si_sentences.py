"""Every sentence of Et si… is true of the numbers, summed apart."""

import re
from datetime import date

import pytest
import ui_people as people

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import (
    EtSiQuestion,
    Evenement,
    PeriodeService,
    ScenarioEtSi,
)
from iprof_kit.ui.screens.et_si.words import differences


def plain(text):
    return text.replace("\u00a0", " ").replace("\u2212", "-")


EVENTS = {
    "leave": [Evenement(nature="disponibilite", debut=date(2028, 9, 1), fin=date(2029, 8, 31))],
    "rep": [Evenement(nature="education_prioritaire", debut=date(2028, 9, 1), reseau="REP+")],
    "promoted": [Evenement(nature="hors_classe", debut=date(2033, 9, 1))],
    "early": [Evenement(nature="retraite", debut=date(2056, 9, 1))],
    "nothing": [],
    "both": [Evenement(nature="mutation", debut=date(2029, 9, 1), zone=1),
             Evenement(nature="temps_partiel", debut=date(2031, 9, 1), quotite=50)],
}  # fmt: skip


def test_a_gap_that_ends_at_nothing_is_nul():
    found = answer_to("both")
    (gap,) = found.ecarts
    gaps = (gap.model_copy(update={"ecart_dernier": 0.0}),)
    said = differences(found.model_copy(update={"ecarts": gaps}))
    assert "par mois moyen au début, nul à la fin." in said[0]


def answer_to(name):
    return answer(
        EtSiQuestion(
            situation=people.SITUATION,
            aujourdhui=people.TODAY,
            zone=3,
            services=(PeriodeService(debut=date(2014, 9, 1)),),
            scenarios=(
                ScenarioEtSi(nom="Un"),
                ScenarioEtSi(nom="Deux", evenements=tuple(EVENTS[name])),
            ),
        )
    )


@pytest.mark.parametrize("name", EVENTS)
def test_every_sentence_is_true_of_the_numbers(name):
    found = answer_to(name)
    first, second = found.scenarios
    said = [plain(line) for line in differences(found)]
    amounts = [money(one) for one in re.findall(r"([+-]? ?[\d ]+,\d\d) €", said[0])]
    gap = found.ecarts[0]
    monthly = {p.debut: p.net for p in second.tranches}
    if name in ("nothing", "early"):
        assert "la même paie nette que A" in said[0]
        assert amounts == []
    else:
        total = sum_until(second, gap.jusqu_au) - sum_until(first, gap.jusqu_au)
        assert amounts[0] == pytest.approx(abs(total), abs=0.02)
        assert ("nets de plus" in said[0]) == (total > 0)
        start = max(day for day in monthly if day <= gap.debut)
        expected = monthly[start] - net_on(first, gap.debut)
        assert amounts[1] == pytest.approx(expected, abs=0.005)
        assert gap.debut.strftime("%Y") in said[0]
        assert "euros constants de 2026" in said[0]
    pension = [line for line in said if "pension de l’État" in line]
    if second.pension.basse != first.pension.basse:
        (line,) = pension
        low, high = sorted(
            (
                abs(second.pension.basse - first.pension.basse),
                abs(second.pension.haute - first.pension.haute),
            )
        )
        assert [money(x) for x in re.findall(r"([\d ]+,\d\d) €", line)] == pytest.approx(
            [low, high], abs=0.005
        )
        assert ("plus haute" in line) == (second.pension.basse > first.pension.basse)
    else:
        assert pension == []
    for line in (one for one in said if "prend effet" in one):
        place = re.search(r"« (.+) »", line)[1]
        step = re.search(r"prend effet le (.+), au lieu du (.+) en A", line)
        days = {event_day(s) for s in second.etapes}
        assert step[1] in days
        assert step[2] in {event_day(s) for s in first.etapes}
        assert place
    assert any("départ est le 1er septembre 2056" in one for one in said) == (name == "early")


def money(written):
    return float(written.replace(" ", "").replace(",", "."))


MONTHS = [
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
    "octobre", "novembre", "décembre",
]  # fmt: skip


def event_day(step):
    number = "1er" if step.date.day == 1 else str(step.date.day)
    return f"{number} {MONTHS[step.date.month - 1]} {step.date.year}"


def net_on(scenario, day):
    return [p.net for p in scenario.tranches if p.debut <= day][-1]


def sum_until(scenario, until):
    """Sum the months by a calendar of twelve months of thirty days, written apart."""

    def axis(day):
        return day.year * 360 + (day.month - 1) * 30 + min(day.day, 30) - 1

    starts = [p.debut for p in scenario.tranches if p.debut < until]
    ends = [*starts[1:], until]
    return sum(
        net_on(scenario, a) * (axis(b) - axis(a)) / 30 for a, b in zip(starts, ends, strict=True)
    )
