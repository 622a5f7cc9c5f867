"""Each « Pourquoi ? » of a scenario is its step, its pay or its gap made again, told apart."""

from datetime import date

import pytest
from changed_tables import Change, plain, reasons_with
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from six_people import SIX

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import euros_text
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.sentences import horizon_day
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.gap import apart, stretches
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement, ScenarioEtSi
from iprof_kit.calculate.et_si.why import Reasons, signed
from iprof_kit.calculate.pension.question import PeriodeService
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 25)


def reasons_of(question):
    return Reasons(question, answer(question))


def of_persona(name):
    persona = personas()[name]
    return reasons_of(persona.question(persona.scenarios, persona.jour))


def tried(situation, *events):
    scenarios = (ScenarioEtSi(nom="A"), ScenarioEtSi(nom="B", evenements=events))
    return EtSiQuestion(situation=situation, scenarios=scenarios, aujourdhui=TODAY, zone=1)


def cents(amount):
    return round(amount * 100)


def refused(reason):
    return any(line.libelle == "Raison non donnée" for line in reason.lignes)


def parted(reasons, until):
    first, second = reasons.shown.scenarios[:2]
    return stretches(second, first, min(until, first.depart, second.depart))


@pytest.mark.parametrize("name", personas())
def test_each_persona_has_the_reason_of_each_step_and_of_each_stretch(name):
    reasons, persona = of_persona(name), personas()[name]
    until = horizon_day(persona.horizon or persona.jour.year + 11)
    for rank, one in enumerate(reasons.shown.scenarios):
        for step in one.etapes:
            told = reasons.steps(rank, step.payee_le)
            assert told
            assert not any(map(refused, told)), (step, told)
            assert str(step.indice_majore) in {reason.lignes[-1].valeur for reason in told}
        first = one.tranches[0]
        assert reasons.net(rank, first.debut).lignes[-1].valeur == euros_text(first.net)
    if len(reasons.shown.scenarios) < 2:
        return
    runs = apart(parted(reasons, until))
    for stretch in [one for run in runs[:2] for one in run[:2]]:
        month = reasons.gap(1, 0, stretch.begin).lignes[-1]
        assert month.valeur == signed(cents(stretch.month.net))
        whole = reasons.whole(1, 0, stretch).lignes[-1]
        assert whole.valeur == signed(cents(stretch.whole.net))


EVENTS = st.sampled_from(
    [
        Evenement(nature="temps_partiel", debut=date(2027, 9, 1), quotite=80),
        Evenement(nature="temps_partiel", debut=date(2028, 9, 1), quotite=50),
        Evenement(nature="hors_classe", debut=date(2029, 9, 1)),
        Evenement(nature="conge_parental", debut=date(2027, 3, 1), fin=date(2028, 2, 28)),
        Evenement(nature="disponibilite", debut=date(2028, 1, 1), fin=date(2029, 8, 31)),
        Evenement(nature="conge_maladie", debut=date(2027, 1, 10), fin=date(2027, 9, 30)),
        Evenement(nature="education_prioritaire", debut=date(2027, 9, 1), reseau="REP+"),
        Evenement(nature="mutation", debut=date(2027, 9, 1), zone=3),
        Evenement(nature="droit_du", debut=date(2024, 9, 1)),
        Evenement(nature="projet_durees", debut=date(2027, 9, 1)),
        Evenement(nature="bonification", echelon="8"),
    ]
)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(SIX), st.lists(EVENTS, max_size=2, unique=True), st.integers(0, 5))
def test_the_last_line_is_the_number_beside_the_link_for_anybody(situation, events, place):
    try:
        reasons = reasons_of(tried(situation, *events))
    except KitError:  # the law does not answer about her: there is nothing to ask why
        return
    pieces = parted(reasons, date(2045, 9, 1))
    stretch = pieces[place % len(pieces)]
    gap = reasons.gap(1, 0, stretch.begin)
    assert gap.lignes[-1].valeur == signed(cents(stretch.month.net))
    lines = reasons.parts((1, 0), stretch.begin)
    assert sum(line.gap for line in lines) == cents(stretch.month.net)
    whole = reasons.whole(1, 0, stretch)
    assert whole.lignes[-1].valeur == signed(cents(stretch.whole.net))
    for rank in (0, 1):
        assert not any(map(refused, reasons.steps(rank, stretch.begin)))


def test_what_is_supposed_is_told_apart_from_the_file_and_from_the_law():
    reasons = of_persona("claire_vasseur")
    (step,) = reasons.steps(0, date(2026, 9, 1))
    natures = {line.libelle: line.nature for line in step.lignes}
    assert natures["Supposé"] == "hypothese"
    assert natures["Depuis le"] == "donnee"
    assert natures["Classement"] == "loi"
    gap = reasons.gap(0, 1, date(2026, 9, 1))
    natures = {line.libelle: line.nature for line in gap.lignes}
    assert natures["Supposé en A"] == "hypothese"
    assert natures["Position de B"] == "donnee"
    assert natures["Traitement indiciaire brut"] == "loi"


def test_a_supposed_absence_is_no_datum_of_the_file():
    leave = Evenement(nature="disponibilite", debut=date(2027, 1, 1), fin=date(2027, 12, 31))
    reasons = reasons_of(tried(SIX[0], leave))
    later = next(one for one in reasons.shown.scenarios[1].etapes if one.date > date(2027, 12, 31))
    lines = [line for one in reasons.steps(1, later.payee_le) for line in one.lignes]
    lost = [line for line in lines if "non comptés" in line.valeur]
    assert [line.nature for line in lost] == ["hypothese"]


def test_a_line_that_differs_leads_to_the_reason_of_each_scenario():
    reasons, day = of_persona("claire_vasseur"), date(2026, 9, 1)
    index = next(line for line in reasons.parts((0, 1), day) if line.code == "TIB")
    own, other = (reasons.line(rank, day, "TIB")[0].lignes[-1].valeur for rank in (0, 1))
    # 673 et 634 points × 59,0734 € ÷ 12 (décret 2023-519)
    assert (plain(own), plain(other)) == ("3 313,03 €", "3 121,04 €")
    assert index.gap == 331303 - 312104


def test_a_rule_that_left_the_registry_makes_the_reasons_that_it_gave_refuse(monkeypatch):
    reasons, day = of_persona("claire_vasseur"), date(2026, 9, 1)
    monkeypatch.delitem(RULES, "reclassify")
    assert all(map(refused, reasons.steps(0, day)))
    assert not refused(reasons.gap(0, 1, day))
    monkeypatch.delitem(RULES, "social_contribution")
    gap = of_persona("claire_vasseur").gap(0, 1, day)
    assert refused(gap)
    assert "social_contribution" in gap.lignes[0].valeur


def test_a_reason_that_finds_another_result_is_not_given():
    reasons, other = of_persona("claire_vasseur"), of_persona("elodie_martin")
    wrong = Reasons(reasons.question, other.shown)
    day = date(2026, 9, 1)
    assert refused(wrong.gap(0, 1, day)) or refused(wrong.net(0, day))
    assert all(map(refused, wrong.steps(0, day)))


REASONS = """
import json, sys
from datetime import date
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.why import Reasons
persona = personas()["claire_vasseur"]
question = persona.question(persona.scenarios, persona.jour)
reasons = Reasons(question, answer(question))
day, told = date(2026, 9, 1), []
for rank in (0, 1, 2):
    for step in reasons.shown.scenarios[rank].etapes:
        told += reasons.steps(rank, step.payee_le)
for part in reasons.parts((0, 1), day):
    told += [*reasons.line(0, day, part.code), *reasons.line(1, day, part.code)]
told.append(reasons.gap(0, 1, day))
json.dump([one.model_dump(mode="json") for one in told], sys.stdout)
"""
CERTIFIE = {"corps": "certifie", "valide_au": ""}
CHANGES = [
    Change("grilles", CERTIFIE | {"grade": "hors_classe", "echelon": "3"}, "indice_majore", "700",
           ("Indice majoré", "700")),
    Change("durees_echelon", CERTIFIE | {"grade": "hors_classe", "echelon": "4"}, "duree_mois",
           "33", ("Durée : hors classe, 4e échelon", "2 ans 9 mois")),
    Change("point_indice", {"valide_au": ""}, "valeur_annuelle_point", "60.0000",
           ("Valeur annuelle du point", "60,0000 €")),
]  # fmt: skip


@pytest.fixture(scope="module")
def changed(tmp_path_factory):
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_reasons_of_a_scenario(changed, change):
    change.check(changed)


def test_the_gap_follows_the_index_and_the_point_together(changed):
    # 700 et 634 points × 60 € ÷ 12
    lines = {line["libelle"]: plain(line["valeur"]) for line in changed[-1]["lignes"]}
    expected = "+ 330,00 € (3 500,00 € contre 3 170,00 €)"
    assert lines["Traitement indiciaire brut"] == expected


def with_services(name):
    persona = personas()[name]
    asked = persona.question(persona.scenarios, persona.jour)
    born = asked.situation.date_naissance or date(1985, 6, 15)
    begun = PeriodeService(debut=date(max(2012, born.year + 22), 9, 1), quotite=80)
    situation = asked.situation.model_copy(update={"date_naissance": born})
    return asked.model_copy(update={"situation": situation, "services": (begun,)})


@pytest.mark.parametrize("name", list(personas())[:4])
def test_the_pension_of_a_scenario_ends_on_its_two_bounds(name):
    asked = with_services(name)
    reasons = reasons_of(asked)
    for rank, one in enumerate(reasons.shown.scenarios):
        if one.pension.basse is None:
            assert reasons.pension(rank) == ()
            continue
        (told,) = reasons.pension(rank)
        both = map(euros_text, dict.fromkeys((one.pension.basse, one.pension.haute)))
        assert told.lignes[-1].valeur == " à ".join(both)


def test_a_pension_that_is_another_one_has_no_reason():
    asked = with_services("claire_vasseur")
    shown = answer(asked)
    (first, *others) = shown.scenarios
    other = first.pension.model_copy(update={"basse": 1.0})
    changed = first.model_copy(update={"pension": other})
    reasons = Reasons(asked, shown.model_copy(update={"scenarios": (changed, *others)}))
    assert refused(reasons.pension(0)[0])
    assert Reasons(asked, shown).pension(0)[0].lignes[0].nature != "refus"
