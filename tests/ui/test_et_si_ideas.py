"""Et si…: an idea is one idea, and the headline names each event that it counts."""

from datetime import date

import pytest
import ui_people as people
from ui_et_si import Hand, plain, pressed

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.question import EtSiQuestion, Evenement, ScenarioEtSi
from iprof_kit.ui.kit.visiting import situation_of
from iprof_kit.ui.screens.desk.screen import sample_people
from iprof_kit.ui.screens.et_si.instrument import compared, leading

SOME = list(sample_people().values())[2:12:3]


def codes(hand):
    return [b["id"].removeprefix("idee-") for b in hand.page.all("button")
            if b.get("id", "").startswith("idee-")]  # fmt: skip


def headline(page):
    return plain(page.text).partition("Rien n’est demandé")[0].rpartition("Corriger")[2].strip()


@pytest.mark.parametrize("dossier", SOME, ids=lambda one: one.numero)
def test_p04_an_idea_replaces_the_one_before_and_starts_from_the_file(dossier):
    hand, alone = Hand(people.FakeGuichet(dossier)), {}
    for code in codes(hand)[:4]:
        page = Hand(people.FakeGuichet(dossier)).do("es_idee", of=code)
        if f"idee-{code}" in pressed(page):
            alone[code] = headline(page)
    assert len(alone) > 1
    for code, said in reversed(alone.items()):
        page = hand.do("es_idee", of=code)
        assert pressed(page) == {f"idee-{code}", "onglet-B"}
        assert len(hand.stored.scenarios[1].evenements) == 1
        assert headline(page) == said


def test_p04_what_was_written_by_the_form_stays_and_is_said_beside_an_idea():
    hand = Hand()
    hand.add(nature="direction", debut="01/09/2029", fin="", classes="5")
    page = hand.do("es_idee", of="parental")
    assert [e.nature for e in hand.stored.scenarios[1].evenements] == [
        "direction", "conge_parental",
    ]  # fmt: skip
    assert headline(page).startswith("Congé parental et direction d’école : ")


def test_p04_a_year_that_she_chose_comes_back_after_another_idea():
    hand = Hand()
    hand.do("es_retirer", of="1:0")
    hand.add(nature="hors_classe", annee="2036")
    page = hand.do("es_idee", of="dispo" if "dispo" in codes(hand) else "parental")
    assert "hors_classe" not in {e.nature for e in hand.stored.scenarios[1].evenements}
    assert "C’est retiré." in page.text
    hand.do("es_annuler")
    assert [e.debut for e in hand.stored.scenarios[1].evenements] == [date(2036, 9, 1)]


EVENTS = (
    Evenement(nature="temps_partiel", debut=date(2028, 9, 1), quotite=70),
    Evenement(nature="education_prioritaire", debut=date(2029, 9, 1), reseau="REP"),
    Evenement(nature="mutation", debut=date(2030, 9, 1), zone=1),
    Evenement(nature="bonification", echelon="8"),
    Evenement(nature="retraite", debut=date(2056, 9, 1)),
)
NAMES = ("à 70 %", "REP", "zone 1", "bonification", "départ")


def said(first, second):
    question = EtSiQuestion(
        situation=situation_of(people.JEAN, people.TODAY), aujourdhui=people.TODAY, zone=3,
        scenarios=(ScenarioEtSi(nom="A", evenements=first),
                   ScenarioEtSi(nom="B", evenements=second)),
    )  # fmt: skip
    return plain(leading(compared(answer(question), 1)))


@pytest.mark.parametrize("many", range(2, len(EVENTS) + 1))
def test_p04_the_headline_names_every_event_that_it_counts(many):
    words = said((), EVENTS[:many])
    named = words.partition(" : ")[0]
    assert all(name.lower() in named.lower() for name in NAMES[:many]), words
    assert "€ nets de" in words
    assert len(words.split()) <= 25


def test_p04_events_of_the_first_scenario_are_named_where_they_are_counted():
    words = said(EVENTS[:1], EVENTS[1:2])
    assert words.startswith("Réseau d’éducation prioritaire, comparé à A (à 70 %) : ")
    assert said(EVENTS[:1], EVENTS[:1]).startswith("À 70 %, comparé à A (à 70 %) : même paie")
    assert said(EVENTS[1:2], ()).startswith("Aucun événement, comparé à A (réseau d’éducation")


def test_p04_a_refused_event_is_neither_counted_nor_named():
    early = Evenement(nature="classe_exceptionnelle", debut=date(2027, 9, 1))
    assert "exceptionnelle" not in said((), (EVENTS[0], early))


def test_p04_a_net_is_that_of_an_average_month_wherever_it_is_read():
    page = Hand(people.FakeGuichet(SOME[0])).page
    words = plain(page.text)
    assert "Net d’un mois moyen avant impôt" in words
    assert words.count("net, mois moyen") == 2
    assert "Par mois moyen, dès" in words or "Départ le" in headline(page)
    assert "À la rentrée 2030, mois moyen :" in words
    assert "nets de plus par mois." not in words
