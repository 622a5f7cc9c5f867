"""Demandes: no line says a yes that another denies; a last day goes with who may close before."""

import dataclasses
import itertools
from datetime import date, timedelta

import pytest
import ui_people as people
from ui_html import Page

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask
from iprof_kit.calculate.requests.calculation import answer
from iprof_kit.calculate.requests.catalogue import MARK, SILENCE, START, requests
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.law.requests.model import AGREEMENT
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.accueil.requests import requests_ahead
from iprof_kit.ui.screens.demandes.asking import Asked, ask_request
from iprof_kit.ui.screens.demandes.letters import writing_of
from iprof_kit.ui.screens.demandes.notes import Entry, name_of
from iprof_kit.ui.screens.demandes.view import DemandesView, demande

TODAY = date(2027, 1, 20)
YES = (
    "vaudra une acceptation",
    "née du silence",
    "vaut acceptée",
    "sera acceptée",
    "acceptation le",
)
DENIED = ("ne vaut pas acceptation", "ne concordent pas", "effet à vérifier", "pas sûr")
LATER = ("souvent plus tôt", "peut-être plus tôt")


def plain(words):
    return " ".join(words.replace("\u00a0", " ").split())


def words_of(value):
    if isinstance(value, str):
        yield plain(value)
    elif dataclasses.is_dataclass(value):
        for one in dataclasses.fields(value):
            yield from words_of(getattr(value, one.name))
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from words_of(one)


def told(request, days, today=TODAY):
    """Everything that the screen of a request and its letters say, the days being noted."""
    entry = Entry(days)
    question = DemandeQuestion(demande=request.id, aujourdhui=today, statut="titulaire", dates=days)
    asked = Asked(request, entry, answer(question), question=question)
    letters = [
        writing_of(one, request, asked.answer, people.JEAN, people.ACADEMIE, {}, today)
        for one in request.letters
    ]
    shown = demande(asked, letters, {}, "", CarnetView(), today, ())
    listed = DemandesView(title="", every=(asked,))
    return shown, plain(f"{read('demande', shown)} {read('demandes', listed)}")


def read(template, view):
    return Page(render(template, view)).text


def some_days(request):
    """The steps noted one after the other, soon and long before the day, one left out or none."""
    steps = [one.key for one in request.steps if one.asks and one.kind != START]
    counts = range(len(steps) + 1)
    for many, ago, left in itertools.product(counts, (20, 75, 300), (None, *steps)):
        kept = [one for one in steps[:many] if one != left]
        between = ago // (len(kept) + 1)
        yield {key: TODAY - timedelta(days=ago - rank * between) for rank, key in enumerate(kept)}


@pytest.mark.parametrize("demande_id", list(requests()))
def test_p22_no_line_of_a_request_says_a_yes_that_another_denies(demande_id):
    request = requests()[demande_id]
    read = 0
    for days in some_days(request):
        try:
            _, words = told(request, days)
        except InputError:
            continue  # such days cannot be
        read += 1
        yes = [one for one in YES if one in words]
        assert not (yes and any(one in words for one in DENIED)), (days, yes)
    assert read > 5


@pytest.mark.parametrize("demande_id", ["detachement", "disponibilite"])
def test_p22_the_doubt_of_a_silence_is_the_headline_and_the_list(demande_id):
    shown, _ = told(requests()[demande_id], {"depot": date(2027, 1, 11)})
    assert "Sans réponse le 11 mars 2027, l’effet du silence est à vérifier" in plain(
        shown.lead_strong
    )
    assert len(plain(shown.lead_strong).split()) <= 25
    assert plain(shown.results[0].label) == "Silence, effet à vérifier"


def test_p22_the_accord_of_the_host_takes_the_doubt_away():
    # CGFP, art. L511-3: two months of silence, with the accord of the host
    days = {"accueil": date(2026, 9, 1), "depot": date(2026, 9, 14)}
    shown, words = told(requests()["detachement"], days)
    assert "vaut acceptée depuis le 14 novembre 2026" in plain(shown.lead_strong)
    assert "a donné son accord le 1er septembre 2026" in words


def test_p22_after_a_doubtful_silence_the_delays_of_a_refusal_are_counted_under_their_condition():
    # CJA, art. R421-1: two clear months from the silence of 14 November, to the judge's 15 January
    asked = {"demande": "detachement", "aujourdhui": "2026-11-30", "dates": {"depot": "2026-09-14"}}
    given = ask("demande", asked)
    assert plain(given.phrase) == (
        "Si le silence a valu refus, jusqu’au 15 janvier 2027 : saisine du médiateur."
    )
    late = ask("demande", asked | {"aujourdhui": "2027-02-01"})
    assert plain(late.phrase).startswith("Si le silence a valu refus, le médiateur devait être")


def test_p22_each_silence_worth_an_acceptance_says_when_it_is_not():
    # CGFP, art. L511-3: the accord of the host is a condition of every one of them
    for request in requests().values():
        for step in request.steps:
            if step.kind == SILENCE and step.worth == AGREEMENT:
                assert step.doubt, request.id


def dated(request):
    return [one for one in request.steps if one.delay and one.kind not in (SILENCE, MARK)]


@pytest.mark.parametrize(
    "demande_id", ["temps_partiel", "disponibilite", "detachement", "conge_formation", "retraite"]
)
def test_p23_the_earlier_closing_of_the_academy_goes_with_the_last_day(demande_id):
    request = requests()[demande_id]
    assert "inconnue de ce kit" in plain(request.unknown)
    born = people.JEAN.identite.model_copy(update={"date_naissance": date(1966, 5, 2)})
    person = people.JEAN.model_copy(update={"identite": born})
    full = person.positions[-1].model_copy(update={"quotite": 100})
    person = person.model_copy(update={"positions": (full,)})
    asked = ask_request(request, person, {}, {}, TODAY)
    assert "clôture" in asked.says
    assert "inconnue de ce kit" in plain(asked.says)
    shown = demande(asked, (), {}, "", CarnetView(), TODAY, ())
    assert plain(shown.lead_strong) == plain(asked.says)  # what is printed first
    for part in (shown.results, shown.stair):
        assert any(one in words for one in LATER for words in words_of(part)), part


def test_p23_the_first_screen_and_the_agenda_say_the_earlier_closing_too():
    typed = {name_of(requests()["temps_partiel"], "debut"): "01/09/2027"}
    (coming,) = requests_ahead(people.JEAN, typed, {}, TODAY)
    assert coming.day == date(2027, 3, 30)
    assert "souvent plus tôt" in plain(coming.note)
    assert "souvent plus tôt" in plain(coming.detail)


def test_p23_who_works_part_time_already_is_told_of_it_too():
    pe = {"jour": "2027-01-20", "statut": "titulaire", "corps": "pe", "position": "activite"}
    given = ask(
        "demande",
        {"demande": "temps_partiel", "aujourdhui": "2027-01-20", "situation": pe, "quotite": 60},
    )
    assert "souvent plus tôt" in plain(given.phrase)
