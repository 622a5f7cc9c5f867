"""Autres affectations: what one campaign keeps of another, its hours, and where the act is made."""

from datetime import date

import ui_people as people

from .test_other_places import CERTIFIE_LILLE, NBSP, Screen

MARRIED = {
    "poste_annees": "5", "demande": "rapprochement_conjoints", "conjoint_lieu": "Rennes",
    "conjoint_departement": "35", "lien": "mariage", "lien_depuis": "07/07/2018",
    "enfant-1": "01/03/2019", "enfant-2": "20/05/2021", "separation-2025": "12",
    "separation-2024": "12",
}  # fmt: skip


def test_another_campaign_and_what_is_typed_there_take_nothing_from_the_first():
    """The case of 974,2 points, left for 2027, answered there, and found again whole."""
    screen = Screen(CERTIFIE_LILLE)
    screen.do("campagne", campagne="2026")
    screen.add("Rennes", "Nantes")
    screen.do("reponses", **MARRIED)
    page = screen.do("campagne", campagne="2027")
    shown = {i["name"]: i.get("value", "") for i in page.all("input") if "name" in i}
    posted = {name: value for name, value in MARRIED.items() if name not in shown}
    screen.do("reponses", **posted, **{**shown, "poste_annees": "6", "separation-2026": "6"})
    page = screen.do("campagne", campagne="2026")
    assert f"Vœu 1, Rennes{NBSP}: 974,2 points" in page.text
    shown = {i["name"]: i.get("value", "") for i in page.all("input") if "name" in i}
    assert {name: shown.get(name, typed) for name, typed in MARRIED.items()} == MARRIED
    again = Screen(CERTIFIE_LILLE, guichet=screen.guichet)
    assert f"Vœu 1, Rennes{NBSP}: 974,2 points" in again.page.text


def test_a_count_typed_for_one_campaign_is_its_own_where_the_file_gives_the_same_to_another():
    """Typed 6 in 2026, which is what the file gives in 2027: the answer of 2026 stays 6."""
    posted = people.JEAN.affectations[0].model_copy(update={"debut": date(2021, 9, 1)})
    screen = Screen(CERTIFIE_LILLE.model_copy(update={"affectations": (posted,)}))
    screen.do("campagne", campagne="2026")
    screen.do("reponses", poste_annees="6")
    screen.do("campagne", campagne="2027")
    screen.add("Rennes")
    page = screen.do("campagne", campagne="2026")
    assert next(i for i in page.all("input") if i["name"] == "poste_annees")["value"] == "6"


def test_a_closing_hour_is_that_of_paris_and_that_of_the_person():
    """mouvement_calendrier.csv, campaign 2026: SIAM closes at noon in Paris, three hours later."""
    overseas = people.JEAN.model_copy(update={"departement": "974", "academie": "28"})
    page = Screen(overseas).do("campagne", campagne="2026")
    assert "12 h, heure de Paris (15 h à La Réunion)" in page.text.replace(NBSP, " ")
    assert "La Réunion)" not in Screen().do("campagne", campagne="2026").text


def test_a_receipt_says_the_hour_where_the_person_is(monkeypatch):
    reunion = people.ACADEMIE.model_copy(update={"code": "28", "nom": "La Réunion"})
    monkeypatch.setattr(people, "ACADEMIE", reunion)
    said = Screen().add("37").page.text.replace(NBSP, " ")
    assert "le 25 novembre 2026 à 14 h 32, heure de Paris (17 h 32 à La Réunion)." in said


def test_the_request_is_made_in_siam_at_the_address_that_the_academy_gives(monkeypatch):
    page = Screen().page
    assert people.ACADEMIE.liens["SIAM"] in [a["href"] for a in page.all("a")]
    assert "SIAM, académie de Clermont-Ferrand" in page.text
    without = people.ACADEMIE.model_copy(update={"liens": {}})
    monkeypatch.setattr(people, "ACADEMIE", without)
    page = Screen().page
    assert "SIAM, ouvert depuis I-Prof, académie de Clermont-Ferrand" in page.text
    assert without.lien_officiel in [a["href"] for a in page.all("a")]
