"""A position that changes the pay is said on every perspective, and never paid in full instead."""

import re
from datetime import date

import pytest
import ui_people as people
from ui_pay import PATH, Screen
from ui_situation import Screens, own, position, post

from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.calculate.et_si.gap import stretches, summed
from iprof_kit.calculate.et_si.question import Evenement, ScenarioEtSi
from iprof_kit.calculate.pay.positions import paid_position
from iprof_kit.ui.own_situation.pay.entry import mean_month
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.desk.screen import sample_people

PERSPECTIVES = ("promotions", "ma-paie", "retraite", "et-si", "autres-affectations",
                "autres-parcours")  # fmt: skip
PATHS = ("/accueil", "/perspectives", *(f"/perspectives/{name}" for name in PERSPECTIVES))
SINCE = date(2026, 9, 14)
HELD = {
    "congé de longue maladie": position("Congé de longue maladie", SINCE),
    "congé de longue durée": position("CLD", SINCE, date(2027, 9, 13), share=100),
    "temps partiel thérapeutique": position("En activité", SINCE, share=60,
                                            modality="Temps partiel thérapeutique"),
    "détachement": position("Détachement", SINCE, share=100, why="université",
                            modality="Temps complet"),
    "congé de solidarité": position("Congé de solidarité", SINCE, share=100),
    "congé parental": position("Congé parental", SINCE, date(2027, 3, 13)),
    "disponibilité": position("Disponibilité", SINCE, why="études"),
}  # fmt: skip


def away(name):
    return people.JEAN.model_copy(update={"positions": (*people.JEAN.positions[:3], HELD[name])})


@pytest.mark.parametrize("name", HELD)
@pytest.mark.parametrize("path", PATHS)
def test_p03_each_perspective_says_it_in_a_neutral_sentence_with_its_detail_on_demand(name, path):
    screens = Screens(away(name))
    said = screens.read(path)
    notice = re.search(r'<div class="note[^"]*"[^>]*>(.*?)</div>', screens.html, re.S)[1]
    sentence, detail = notice.split("</summary>")
    assert "<details" in sentence
    assert "Votre position change votre paie." in sentence
    assert name not in sentence.lower()
    assert name.split()[-1] in detail.lower() or "longue durée" in detail.lower()
    assert "14 septembre 2026" in detail
    assert said.count("Votre position change votre paie.") == 1


@pytest.mark.parametrize("name", HELD)
def test_p03_what_the_kit_cannot_count_is_not_calculated_never_a_full_salary(name):
    dossier = away(name)
    full = f"{mean_month(own(dossier).payslip).net_avant_impot:,.0f}".replace(",", " ")
    screens = Screens(dossier)
    home, pay = screens.read("/accueil"), screens.read("/perspectives/ma-paie")
    tried = screens.read("/perspectives/et-si")
    if name in ("congé parental", "disponibilité"):
        assert re.search("Votre paie de novembre 2026 ?aucune", home)
        assert "Aucun service n’est payé en novembre 2026" in pay
        return
    assert re.search("Votre paie de novembre 2026 ?non calculée", home)
    assert "Paie de novembre 2026 : non calculée." in pay
    assert "waterfall" not in screens.html
    assert f"{full} €" not in home + pay
    assert re.search(r"aujourd’hui [^€]*non calculé", tried)


def test_p03_a_service_says_nothing():
    for path in PATHS:
        assert "Votre position change" not in Screens().read(path)


@pytest.mark.parametrize(
    ("written", "paid", "health"),
    [
        (("En activité", "congé de maternité", "Temps complet", 100), "service", True),
        (("Congé pour maternité", None, "Temps complet", 100), "service", True),
        (("Congé pour maternité", None, "Temps partiel", 80), "non_calculee", True),
        (("En activité", "maternité", "Temps partiel thérapeutique", 100), "non_calculee", True),
        (("En activité", "CITIS", "Temps complet", 100), "non_calculee", True),
        (("CMO", None, "Temps complet", 100), "non_calculee", True),
        (("Mise à disposition", None, "Temps complet", 100), "service", False),
        (("En activité", "stagiaire", "Temps partiel", 80), "service", False),
        (("En activité", None, "Aucun service", 0), "aucune", False),
        (("Radié des cadres", None, "", 0), "aucune", False),
        (("Congé bonifié", None, "Temps complet", 100), "non_calculee", False),
    ],
)
def test_p03_a_position_is_a_service_nothing_or_not_calculated(written, paid, health):
    known = paid_position(*written)
    assert (known.paid, known.health) == (paid, health)


def test_p03_an_imported_leave_is_named_on_no_screen_that_is_kept_or_sent():
    """The agenda that one downloads names no leave of health."""
    screens = Screens(away("congé de longue maladie"))
    screens.read("/accueil")
    message = {"kind": "intent", "name": "dates_ics", "values": {}, "changed": "",
               "path": "/accueil"}  # fmt: skip
    sent = screens.portal.handle(message).download.content
    assert b"BEGIN:VCALENDAR" in sent
    assert "maladie" not in sent.decode()


def test_p01_a_head_without_her_classes_reads_that_her_indemnity_is_not_counted():
    directress = people.JEAN.model_copy(update={"affectations": (post("Directrice d’école"),)})
    screens = Screens(directress)
    lacks = "sans l’indemnité de direction, faute du nombre de classes"
    assert lacks in screens.read("/accueil")
    assert "Indiquer vos classes" in screens.read("/accueil")
    assert lacks in screens.read("/perspectives/ma-paie")
    screens.read("/perspectives/ma-paie", "paie", direction_classes="7")
    assert lacks not in screens.read("/accueil") + screens.read("/perspectives/ma-paie")
    assert "direction d’une école de 7 classes" in screens.read("/perspectives/et-si")


def test_p03_what_is_not_calculated_parts_two_scenarios_by_nothing():
    """Working again at 70 % during a leave that is not calculated: the gap begins at its end."""
    part = Evenement(nature="temps_partiel", debut=date(2027, 2, 1), quotite=70)
    asked = own(away("congé de longue durée")).supposing(
        (ScenarioEtSi(nom="A"), ScenarioEtSi(nom="B", evenements=(part,)))
    )
    answered = answer(asked)
    gap = answered.ecarts[0]
    assert gap.debut == date(2027, 9, 14)
    assert gap.ecart_premier < 0
    assert gap.cumul_net < 0
    assert summed(stretches(*answered.scenarios[::-1], gap.jusqu_au)).net == gap.cumul_net


@pytest.mark.parametrize(
    ("before", "resumed"), [((), 100), ((position("En activité", date(2024, 9, 1), share=80,
                                                  modality="Temps partiel"),), 80)]
)  # fmt: skip
def test_p03_a_part_time_of_health_is_not_what_one_works_ever_after(before, resumed):
    """It has a last day: what follows is the share of before it, never its own."""
    health = position("En activité", SINCE, date(2027, 1, 31), 50, None, "Mi-temps thérapeutique")
    dossier = people.JEAN.model_copy(update={"positions": (*before, health)})
    start = own(dossier)
    assert start.start.quotite == resumed
    assert [one.quotite for one in start.services().periods][-1] == resumed
    screens = Screens(dossier)
    for path in ("/perspectives/et-si", "/perspectives/retraite"):
        assert f"à {resumed} % est supposée le 1er février 2027" in screens.read(path)


@pytest.mark.parametrize(("name", "nothing"), [("congé de longue maladie", False),
                                               ("congé parental", True)])  # fmt: skip
def test_p03_a_pay_that_is_not_calculated_is_not_drawn_as_nothing(name, nothing):
    screens = Screens(away(name))
    screens.read("/perspectives/et-si")
    for drawn in re.findall(r"<svg[^>]*role=.img.*?</svg>", screens.html, re.S):
        assert (">0</text>" in drawn) is nothing
        assert ("vous, aujourd" in drawn) is nothing


@pytest.mark.parametrize("name", ["Congé de longue maladie", "Congé parental"])
def test_p01_ma_paie_pays_the_service_that_et_si_supposes_resumed(name):
    """After the last day of a position, not « supposée continuer » on one screen alone."""
    leave = position(name, SINCE, date(2027, 3, 14), share=100 if "maladie" in name else 0)
    dossier = people.JEAN.model_copy(update={"positions": (leave,)})
    told = own(dossier)
    tried = answer(told.supposing([ScenarioEtSi()])).scenarios[0].tranches
    [net] = [one.net for one in tried if one.debut == date(2027, 3, 15)]
    screen = MaPaie(dossier)
    screen.send({"mois": "4", "annee": "2027"}, changed="annee")
    words = screen.page.text.replace("\u00a0", " ")
    assert f"{net:,.2f}".replace(",", " ").replace(".", ",") in words
    assert "Une reprise à 100 % est supposée le 15 mars 2027." in words
    assert "supposée continuer" not in words
    screen.send({"mois": "3", "annee": "2027"}, changed="mois")
    uncounted = "Une reprise à 100 % est supposée le 15 mars 2027. Un mois où un service est payé"
    assert (uncounted in screen.page.text.replace("\u00a0", " ")) is ("maladie" in name)
    page = Screens(dossier).read("/perspectives/retraite")
    assert ("est supposée le 15 mars 2027" in page) is ("maladie" in name)


class MaPaie(Screen):
    """Ma paie calculated by the kit itself."""

    def __init__(self, dossier):
        self.guichet = people.FakeGuichet(dossier)
        self.portal = Portal(lambda: self.guichet)
        self.page = self.read({"kind": "route", "path": PATH})


def test_p03_who_leaves_before_the_end_of_a_pay_that_is_not_calculated_reads_no_zero():
    """Leaving in March, paid as the kit cannot count until December: B is named, not drawn."""
    may_leave = next(one for one in sample_people().values() if one.numero == "D0010")
    leave = position("Congé de longue maladie", SINCE, date(2027, 12, 31))
    screens = Screens(may_leave.model_copy(update={"positions": (*may_leave.positions, leave)}))
    screens.read("/perspectives/et-si")
    wide, _ = re.findall(r"<svg[^>]*role=.img.*?</svg>", screens.html, re.S)
    assert ">non calculé</text>" in wide.replace("\u00a0", " ")
    assert ">0</text>" not in wide
    assert 'data-of="B"' not in wide
