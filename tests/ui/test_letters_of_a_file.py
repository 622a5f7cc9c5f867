"""Letters of a request: since when she is paid, where she works, whose page it is on paper."""

import re
from datetime import date
from html import unescape

import pytest
import ui_people as people
from ui_html import check
from ui_situation import PENSION, Screens

from iprof_kit.calculate.requests.catalogue import requests
from iprof_kit.documents import typesetting
from iprof_kit.law.campaigns.files import services
from iprof_kit.services.contract.dossier import AffectationTenue
from iprof_kit.services.contract.own_file import Saisie
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.demandes.asking import first_day_of
from iprof_kit.ui.screens.demandes.letters import posting_of
from iprof_kit.ui.screens.rendez_vous.foreseen import forgotten

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


def letter_in(html):
    return plain(unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", html, re.S)[1]))


def head_of(monkeypatch, person, written, act):
    """Return the document of the letter that an act of a screen gives."""
    made = []
    monkeypatch.setattr(typesetting, "pdf_sheet", lambda document, *_: made.append(document))
    monkeypatch.setattr(typesetting, "compile_sheet", lambda _: (b"%PDF",))
    guichet = people.FakeGuichet(person)
    read = guichet.ask("dossier.lire").model_copy(update={"saisies": written})
    own = guichet.ask
    monkeypatch.setattr(
        guichet, "ask", lambda op, **args: read if op == "dossier.lire" else own(op, **args)
    )
    act(Portal(lambda: guichet, people.answer))
    return made[0]


MOVED = (
    Saisie(champ="rue", valeur="4 impasse des Tanneurs", le=people.SAVED),
    Saisie(champ="ville", valeur="Issoire", le=people.SAVED),
)


def ask_for_part_time(portal):
    path, query = "/services/demandes", "?demande=temps_partiel"
    portal.handle({"kind": "route", "path": path, "query": query})
    portal.handle({"kind": "intent", "name": "demande_lettre", "path": path, "changed": "",
                   "values": {"of": "demande", "demande": "temps_partiel"}})  # fmt: skip


def test_p25_a_letter_is_headed_by_the_address_that_she_wrote_and_by_her_echelon(monkeypatch):
    head = head_of(monkeypatch, people.JEAN, MOVED, ask_for_part_time)
    address = next(one.value for one in head.contact if one.label == "Adresse")
    assert "4 impasse des Tanneurs" in address
    assert address.endswith("Issoire")
    assert head.letter.place_and_date.startswith("Issoire, le ")
    assert plain(head.headline) == "Professeur des écoles de classe normale, 7e échelon"


def test_p25_a_letter_says_the_echelon_recorded_since_its_day_and_none_that_the_kit_counts():
    old = people.JEAN.echelons[-1].model_copy(
        update={"echelon": "5", "date_effet": date(2019, 3, 1)}
    )
    person = people.JEAN.model_copy(update={"echelons": (old,)})
    words = letter_in(opened(person, "temps_partiel"))
    assert "classe normale, 5e échelon depuis le 1er mars 2019, en poste" in words


def test_p25_a_letter_takes_the_births_that_she_told_on_another_screen():
    screens = Screens()
    address = {"kind": "route", "path": "/services/demandes", "query": "?demande=temps_partiel"}
    assert "dites le motif (enfant, soins" in letter_in(screens.portal.handle(address).html)
    screens.read(PENSION, "retraite", enfants_nombre="2", enfant_1_naissance="08/01/2020",
                 enfant_2_naissance="19/06/2024")  # fmt: skip
    words = letter_in(screens.portal.handle(address).html)
    assert "(enfants nés le 8 janvier 2020 et le 19 juin 2024, soins" in words


@pytest.mark.parametrize(("kept", "lacks"), [(0, ["2025-2026"]), (700, []), (900, [])])
def test_p25_no_rendez_vous_of_before_the_hiring_is_called_forgotten(kept, lacks):
    """A sixth échelon given at the hiring, in 2024, with the seniority of other services."""
    held = people.JEAN.echelons[-1].model_copy(
        update={"echelon": "6", "date_effet": date(2024, 9, 1), "reliquat_jours": kept}
    )
    person = hired(date(2024, 9, 1)).model_copy(update={"echelons": (held,), "rendez_vous": ()})
    assert [year for _, year in forgotten(person, date(2026, 11, 25))] == lacks
