"""Letters of a request: since when she is paid, where she works, whose page it is on paper."""

import re
from datetime import date
from html import unescape

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.law.campaigns.files import services
from iprof_kit.services.contract.dossier import AffectationTenue
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.demandes.asking import first_day_of
from iprof_kit.ui.screens.demandes.letters import posting_of

TODAY = people.TODAY
PAY = requests()["reclamation_paie"]


def plain(said):
    return " ".join(said.replace("\u00a0", " ").split())


def hired(day):
    """Jean Dupont, who entered on a day."""
    lines = {
        "positions": tuple(one.model_copy(update={"debut": max(one.debut, day)})
                           for one in people.JEAN.positions[-1:]),
        "affectations": tuple(one.model_copy(update={"debut": max(one.debut, day)})
                              for one in people.JEAN.affectations[-1:]),
        "echelons": tuple(one.model_copy(update={"date_effet": max(one.date_effet, day)})
                          for one in people.JEAN.echelons[-1:]),
        "entree_corps": day, "titularisation": day,
    }  # fmt: skip
    return people.JEAN.model_copy(update=lines)


def opened(person, demande="reclamation_paie"):
    portal = Portal(lambda: people.FakeGuichet(person), people.answer)
    path = {"kind": "route", "path": "/services/demandes", "query": f"?demande={demande}"}
    return portal.handle(path).html


@pytest.mark.parametrize(
    ("entered", "since", "lost"),
    # loi 68-1250, art. 1: four civil years after the one in which the sum was due
    [
        (date(2024, 9, 1), "1er septembre 2024", "31 décembre 2028"),
        (date(2023, 2, 1), "1er février 2023", "31 décembre 2027"),
        (date(2015, 9, 1), "1er janvier 2022", "31 décembre 2026"),
    ],
)
def test_p25_pay_is_claimed_since_the_later_of_the_law_and_the_hiring(entered, since, lost):
    person = hired(entered)
    assert first_day_of(person) == entered
    seen = plain(check(opened(person)).text)
    assert f"une somme due depuis le {since} se perd après le {lost}" in seen
    assert f"ne correspond pas à ma situation depuis le {since}" in seen


def posting(kind, name, start, end=None, town=None):
    return AffectationTenue(
        type=kind, etablissement=name, type_etablissement="Collège", commune=town,
        fonction="Enseignement", debut=start, fin=end, source="EPP", lu_le=people.READ,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("postings", "words"),
    [
        # a post that ends with the school year is a post
        ([posting("Affectation à titre définitif", "Collège Ravel", date(2025, 9, 1),
                  date(2027, 8, 31), "Riom")], "en poste : Collège Ravel, Riom"),
        # somebody on leave without a post today
        ([posting("Affectation à titre définitif", "Collège Ravel", date(2019, 9, 1),
                  date(2024, 8, 31))], "dernière affectation : Collège Ravel"),
        ([], "[votre affectation]"),
    ],
)  # fmt: skip
def test_p25_the_posting_of_a_letter_is_that_of_the_file(postings, words):
    person = people.JEAN.model_copy(update={"affectations": tuple(postings)})
    assert posting_of(person, TODAY) == words


@pytest.mark.parametrize("demande", list(requests()))
def test_p25_no_letter_asks_for_the_posting_that_the_file_has(demande):
    ended = posting("Affectation à titre définitif", "Collège Ravel", date(2025, 9, 1),
                    date(2027, 8, 31))  # fmt: skip
    person = people.JEAN.model_copy(update={"affectations": (ended,)})
    html = opened(person, demande)
    assert "[votre affectation]" not in html


@pytest.mark.parametrize("demande", [one.id for one in requests().values() if one.letters])
def test_p25_a_page_on_paper_has_the_name_and_the_letter(demande):
    html = opened(people.JEAN, demande)
    paper = re.findall(r'<(p|section) class="on-paper[^"]*"[^>]*>(.*?)</\1>', html, re.S)
    name = f"{people.JEAN.identite.prenom} {people.JEAN.identite.nom}"
    assert name in paper[0][1]
    letter = unescape(paper[1][1])
    assert re.search("Madame, Monsieur,|Mesdames, Messieurs,", letter)
    assert "Objet" in letter


def test_p25_what_opens_a_campaign_is_made_in_the_application_that_it_names():
    # « SIAM » here and « Colibris, par SIAM » there: one name everywhere
    for service in services().values():
        first = next((one for one in service.steps if one.act and not one.optional), None)
        if first is None or not service.application or service.application == "SIAP":
            continue  # SIAP is read through I-Prof, where no act is made
        assert first.place.startswith(service.application), service.id
        others = {one.place for one in service.steps if "Colibris, par" in one.place}
        assert not others, service.id
