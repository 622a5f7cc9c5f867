"""Accueil contradicts no other screen: one rule, one answer, or what parts them is said."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_cv import CvGuichet, Hand, Kept
from ui_html import check

from iprof_kit.calculate.promotion.first_promotion import first_gain
from iprof_kit.calculate.requests.calculation import answer as request
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.services.contract.own_file import VisiteLue
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.own_situation.reader import OwnReader
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people

SAMPLE = {one.numero: one for one in sample_people().values()}
HOME, PROMOTIONS, CONCOURS = "/accueil", "/perspectives/promotions", "/services/siac"


def said(dossier, path):
    portal = Portal(lambda: people.FakeGuichet(dossier))
    page = check(portal.handle({"kind": "route", "path": path}))
    return re.sub(r"\s+", " ", page.text.replace("\u2212", "-"))


def head_of_school(since):
    """Christine Fabre, at the head of a school, her échelon since another day.

    Her months bring the effect of the next one nine months before it is pronounced.
    """
    fabre = SAMPLE["D0014"]
    held = fabre.echelons[-1].model_copy(update={"date_effet": since})
    return fabre.model_copy(update={"echelons": (*fabre.echelons[:-1], held)})


@pytest.mark.parametrize("since", [date(2023, 12, 1), date(2024, 4, 1)])
def test_p05_an_echelon_brought_forward_is_not_the_price_of_a_promotion(since):
    fabre = head_of_school(since)
    career = OwnReader(Visit(lambda: people.FakeGuichet(fabre))).comparison().answer()
    gap, gain = career.difference, first_gain(career)
    assert gap.debut < gain.promotion  # what parts the two lives first is the échelon
    assert gap.ecart_premier < 0 < gain.amount
    home, promotions = said(fabre, HOME), said(fabre, PROMOTIONS)
    words = re.search(r"Que change la hors classe \?(\+ \d+ €) bruts par mois", home)[1]
    assert f"Par mois, dès septembre 2027{words}" in promotions
    pay = said(fabre, "/perspectives/ma-paie")
    salary = re.search(r"hors classe, \de échelonÉcart Traitement indiciaire brut.*?(\+ \d+),", pay)
    assert words.startswith(f"{salary[1]} ")


def test_p05_a_promotion_that_pays_nothing_at_first_says_when_it_does():
    home = said(SAMPLE["D0029"], HOME)
    assert "Que change la hors classe ?+ 148 € bruts dès mars 2029" in home
    assert "Par mois, dès mars 2029+ 148 €" in said(SAMPLE["D0029"], PROMOTIONS)


@pytest.mark.parametrize("numero", ["D0010", "D0017", "D0020", "D0030", "D0007"])
def test_p05_who_may_leave_has_dates_to_come(numero):
    home = said(SAMPLE[numero], HOME)
    assert "Aucune date à venir" not in home
    assert "Limite d’âge" in home
    leaving = re.search(r"Quand puis-je partir \?(\d+(?:er)? \w+ \d{4})", home)
    if leaving:
        assert home.count(leaving[1]) >= 2  # the question, and the dates


def test_p05_a_last_day_that_is_past_and_still_matters_is_said():
    words = "Pour un départ le 21 mars 2027, la demande devait être déposée au plus tard le 21"
    assert f"{words} septembre 2026" in said(SAMPLE["D0010"], HOME)
    home = said(SAMPLE["D0030"], HOME)  # his is to come: six months before the day that he reads
    assert "devait être déposée" not in home
    assert "30 nov. 2027" in home
    assert "31 mai 2028" in home


def test_p05_a_request_supposes_the_very_day_on_which_retraite_opens():
    born = {"date_naissance": date(1965, 5, 31), "jour": people.TODAY}
    asked = DemandeQuestion(
        demande="retraite", aujourdhui=people.TODAY, statut="titulaire",
        situation=born | {"categorie_retraite": "sedentaire"},
    )  # fmt: skip
    deposit = next(step for step in request(asked).etapes if step.cle == "depot")
    assert deposit.depuis_le == date(2028, 5, 31)  # his 63rd birthday, on a 31st


def test_p05_without_an_answer_no_competition_is_called_possible():
    home, list_ = said(people.SANS_CORPS, HOME), said(people.SANS_CORPS, CONCOURS)
    opened, asked = re.search(r"Concours, conditions remplies(\d+) (\d+) à préciser", home).groups()
    assert re.search(f"Conditions remplies ?{opened} ?{asked} à préciser", list_)
    assert opened == "0"
    assert "possibles" not in home


@pytest.mark.parametrize("numero", ["D0020", "D0032", "D0027"])
def test_p05_a_grade_is_open_from_the_same_year_everywhere(numero):
    home, promotions = said(SAMPLE[numero], HOME), said(SAMPLE[numero], PROMOTIONS)
    year = re.search(r"Classe exceptionnelledès (\d{4})", home)[1]
    assert f"possible dès {year}" in promotions
    assert "dès aujourd’hui" not in promotions


@pytest.mark.parametrize("numero", ["D0003", "D0022", "D0006", "D0029"])
def test_p05_the_usual_campaigns_are_said_once_with_her_own_appreciation(numero):
    home, promotions = said(SAMPLE[numero], HOME), said(SAMPLE[numero], PROMOTIONS)
    usual = re.search(r"D’ordinaire (e.*?, (?:selon l’|avec votre )appréciation)", home)[1]
    assert f"Quand passe-t-on à la hors classe ? d’ordinaire {usual}" in promotions


class Saved(CvGuichet):
    """A guichet that tells when her CV was last saved."""

    def ask(self, op, **args):
        if op == "visite":
            return VisiteLue(precedente=None, cv_enregistre_le=self.kept.at)
        return super().ask(op, **args)


def of_her_cv(kept, dossier):
    portal = Portal(lambda: Saved(kept, dossier=dossier))
    page = check(portal.handle({"kind": "route", "path": HOME}))
    return re.search(r"Mon CV est-il à jour\s\?(.+?)\s+Pour en", page.text)[1].strip()


@pytest.mark.parametrize(("more", "words"), [(1, "1 affectation à"), (2, "2 affectations à")])
def test_p14_a_cv_that_lacks_an_affectation_of_the_file_says_how_many(more, words):
    kept, julie = Kept(), SAMPLE["D0003"]
    Hand(kept, dossier=julie).add("formations", intitule="Voix", debut__an="2025")
    assert of_her_cv(kept, julie) == "enregistré le 25 novembre 2026"
    last = julie.affectations[-1]
    posts = [last.model_copy(update={"uai": None, "etablissement": f"École {n}"})
             for n in range(more)]  # fmt: skip
    later = julie.model_copy(update={"affectations": (*julie.affectations, *posts)})
    assert of_her_cv(kept, later).startswith(words)
    assert of_her_cv(Kept(), later) == "pas encore commencé"
