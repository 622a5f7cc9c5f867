"""Two ways to ask one question give one answer: career and « et si », a piece and its payslip."""

from datetime import date
from random import Random

import pytest
from any_situation import TODAY, situations
from asked_on_a_day import asked_on, random_days
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.career.calculation import answer as career
from iprof_kit.calculate.career.question import CareerQuestion, Scenario
from iprof_kit.calculate.et_si.calculation import answer as et_si
from iprof_kit.calculate.et_si.question import (
    EtSiQuestion,
    Evenement,
    PeriodeService,
    ScenarioEtSi,
)
from iprof_kit.calculate.interface.reading import question_of
from iprof_kit.calculate.subjects import HOMES, ask, subject

OF_THE_LAW = ("depart", "echelon", "chevron", "grade", "bonification")


def supposed(situation, *events, zone=3, **more):
    scenario = ScenarioEtSi(nom="A", evenements=events)
    asked = EtSiQuestion(
        situation=situation, scenarios=(scenario,), aujourdhui=TODAY, zone=zone, **more
    )
    return et_si(asked)


def steps(scenario, until):
    return [
        (step.date, step.nature, step.grade, step.echelon, step.chevron, step.indice_majore)
        for step in scenario.etapes
        if step.nature in OF_THE_LAW and step.date < until
    ]


@settings(max_examples=12, deadline=None)
@given(situation=situations(), data=st.data())
def test_a_career_and_what_is_supposed_of_it_have_the_same_steps(situation, data):
    question = CareerQuestion(situation=situation, aujourdhui=TODAY)
    (plain,) = career(question).scenarios
    levers = {lever.nom: lever.valeurs for lever in plain.leviers}
    years = [None, *(year for year in levers.get("hors_classe", ()) if year and year > 2026)]
    year = data.draw(st.sampled_from(years))
    chosen = Scenario(hors_classe=year)
    (lived,) = career(question.model_copy(update={"scenarios": (chosen,)})).scenarios
    events = [Evenement(nature="hors_classe", debut=date(year, 9, 1))] if year else []
    (found,) = supposed(situation, *events).scenarios
    assert not found.refus
    assert steps(found, found.depart) == steps(lived, found.depart)


@settings(max_examples=12, deadline=None)
@given(
    situation=situations(),
    zone=st.integers(1, 3),
    enfants=st.integers(0, 4),
    quotite=st.sampled_from([100, 90, 80, 70, 60, 50]),
    data=st.data(),
)
def test_the_pay_of_any_piece_is_that_of_its_payslip(situation, zone, enfants, quotite, data):
    part = Evenement(nature="temps_partiel", debut=date(2027, 9, 1), quotite=quotite)
    events = (part,) if quotite < 100 else ()
    (found,) = supposed(situation, *events, zone=zone, enfants=enfants).scenarios
    piece = data.draw(st.sampled_from(found.tranches))
    slip = ask(
        "pay",
        {
            "date": TODAY,
            "mode": "annualise",
            "corps": piece.corps,
            "grade": piece.grade,
            "echelon": piece.echelon,
            "chevron": piece.chevron,
            "quotite": piece.quotite,
            "zone": zone,
            "enfants": enfants,
            "primes_usuelles": True,
        },
    )
    assert (piece.brut, piece.net) == (slip.totaux.brut, slip.totaux.net_avant_impot)


@settings(max_examples=12, deadline=None)
@given(situation=situations(), since=st.integers(1985, 2020), data=st.data())
def test_the_pension_of_a_departure_is_that_of_its_question(situation, since, data):
    services = (PeriodeService(debut=date(max(since, situation.date_naissance.year + 20), 9, 1)),)
    plain = supposed(situation, services=services)
    first = max(plain.depart_possible.year + 1, TODAY.year + 1)
    day = date(data.draw(st.integers(first, first + 6)), 9, 1)
    if day >= plain.scenarios[0].depart:
        return
    retirement = Evenement(nature="retraite", debut=day)
    (left,) = supposed(situation, retirement, services=services).scenarios
    assert not left.refus
    line = ask("pension", asked_of(situation, services, left, day)).departs[0]
    bounds = line.fourchette
    low = bounds.sans_autre_trimestre if bounds else None
    high = bounds.duree_atteinte if bounds else None
    assert (left.pension.brute, left.pension.basse, left.pension.haute) == (
        line.pension_brute,
        low,
        high,
    )


def asked_of(situation, services, scenario, day):
    held = [step for step in scenario.etapes if step.date < day]
    last = held[-1]
    first = next(step for step in held if step.indice_majore == last.indice_majore)
    before = [step for step in held if step.date < first.date]
    since = services[0].debut
    months = (day.year - since.year) * 12 + day.month - since.month
    return {
        "naissance": situation.date_naissance,
        "aujourdhui": TODAY,
        "departs": [day],
        "corps": last.corps,
        "grade": last.grade,
        "echelon": last.echelon,
        "chevron": last.chevron,
        "indice_depuis": first.date,
        "indice_precedent": before[-1].indice_majore if before else None,
        "instituteur": {"services_mois": months} if situation.corps == "instituteur" else None,
        "periodes": [period.model_dump(mode="json") for period in services],
    }


def paid(situation, **more):
    return {
        "date": TODAY,
        "corps": situation.corps,
        "grade": situation.grade,
        "echelon": situation.echelon,
        "chevron": situation.chevron,
        "primes_usuelles": True,
        **more,
    }


@settings(max_examples=5, deadline=None)
@given(
    situation=situations(),
    zone=st.integers(1, 3),
    enfants=st.integers(0, 4),
    quotite=st.sampled_from([100, 80, 60, 50]),
    year=st.integers(2024, 2026),
)
def test_a_year_of_pay_is_the_sum_of_its_months_until_the_december_that_regularises(
    situation, zone, enfants, quotite, year
):
    """The cap of the RAFP is that of a year: each month is asked without it, as the year is."""
    asked = paid(situation, zone=zone, enfants=enfants, quotite=quotite, rafp_plafonnee=False)
    whole = ask("pay", {**asked, "mode": "annee", "date": date(year, 12, 1)})
    months = [ask("pay", {**asked, "date": date(year, month, 1)}) for month in range(1, 13)]
    shown = [month.totaux.net_avant_impot for month in whole.douze_mois]
    assert shown[:11] == [month.totaux.net_avant_impot for month in months[:11]]
    for name in ("brut", "net_avant_impot"):
        parts = [getattr(month.totaux, name) for month in whole.douze_mois]
        assert getattr(whole.totaux, name) == pytest.approx(sum(parts), abs=0.005)


WITH_COLUMNS = [name for name in HOMES if subject(name).many is not None]


@pytest.mark.parametrize("name", WITH_COLUMNS)
def test_one_person_and_a_population_of_many_have_one_answer(name):
    """Refused where she is refused alone; else what she reads alone, whoever is asked with her."""
    random, asked = Random(name), subject(name)
    alone, questions = [], []
    for day in random_days(random, 60):
        try:
            whom = random.choice([None, random])
            question = question_of(asked.question, asked_on(name, day, whom))
            alone.append(asked.one(question))
        except KitError:
            continue
        questions.append(question)
    assert len(questions) > 5
    assert [asked.many([question])[0] for question in questions] == alone
    assert list(asked.many(questions)) == alone
