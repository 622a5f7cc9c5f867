"""Rendez-vous: one count and one state of each delay, on the screen, in the agenda, in a letter."""

import io
import re
from datetime import date

import pytest
import ui_people as people
from pypdf import PdfReader
from ui_visitor import Visitor

from iprof_kit.services.contract.dossier import EchelonTenu

PATH = "/services/rendez-vous"
HELD = EchelonTenu(
    corps="certifie", grade="classe_normale", echelon="8", date_effet=date(2025, 9, 1),
    mode="anciennete", source="EPP", lu_le=people.READ,
)  # fmt: skip


class Guichet(people.FakeGuichet):
    """The guichet of somebody of an academy, on a day of her own."""

    def __init__(self, today, **place):
        more = {"corps": "certifie", "libelle_corps": "Professeure certifiée", "positions": (),
                "echelons": (HELD,), "rendez_vous": (), **place}  # fmt: skip
        super().__init__(people.JEAN.model_copy(update=more))
        self.today = today

    def ask(self, op, **args):
        answer = super().ask(op, **args)
        today = {"aujourdhui": self.today}
        return answer.model_copy(update=today) if op == "session.qui" else answer


class Screen(Visitor):
    path = PATH

    def __init__(self, today=people.TODAY, **place):
        super().__init__(guichet=Guichet(today, **place))

    def given(self, name, **values):
        message = {"kind": "intent", "name": name, "values": values, "path": PATH}
        return self.portal.handle(message).download

    @property
    def lead(self):
        words = re.search(r'<p class="lead"[^>]*>(.*?)</p>', self.html, re.S)[1]
        return plain(re.sub(r"<[^>]+>", "", words))


def plain(said):
    return " ".join(said.replace("\u00a0", " ").split())


def words_of(download):
    pages = PdfReader(io.BytesIO(download.content)).pages
    return plain(" ".join(page.extract_text() for page in pages))


@pytest.mark.parametrize(
    ("notified", "verdict", "days"),
    # zone A, Christmas from 19 December 2026 to 3 January 2027: ten days after it, those before
    [("14/12/2026", "délai tenu", "15 jours"), ("15/12/2026", "délai non tenu", "14 jours")],
)
def test_p15_the_days_of_the_notification_are_those_outside_the_holidays(notified, verdict, days):
    screen = Screen()
    screen.do("rdv_dates", notification=notified, entretien="14/01/2027")
    seen = plain(screen.page.text)
    assert verdict in seen
    assert f"{days} hors vacances" in seen


def test_p15_where_the_place_has_no_row_it_is_to_be_verified_and_never_kept():
    screen = Screen(departement="02A", academie="27")  # Corse: no row of 2026-2027
    screen.do("rdv_dates", notification="01/12/2026", entretien="14/01/2027")
    seen = plain(screen.page.text)
    assert "délai tenu" not in seen
    assert "à vérifier, les vacances scolaires de ces jours sont inconnues de ce kit" in seen


APPEALED = {
    "entretien": "12/01/2027", "compte_rendu": "10/03/2027", "notifiee": "10/09/2027",
    "appreciation": "satisfaisant",
}  # fmt: skip


@pytest.mark.parametrize(("sent", "kept"), [("24/03/2027", True), ("27/03/2027", False)])
def test_p02_a_letter_sent_after_its_delay_does_not_say_that_it_kept_it(sent, kept):
    # arrêté du 5 mai 2017, art. 5: fifteen days from 10 March 2027, until the 25th
    screen = Screen(date(2027, 4, 2))
    screen.do("rdv_dates", entretien="12/01/2027", compte_rendu="10/03/2027", observations=sent)
    words = words_of(screen.given("lettre_observations", observations="Mes remarques."))
    assert ("dans le délai de 15 jours, soit jusqu’au 25 mars 2027" in words) is kept


def test_p02_the_days_that_a_letter_claims_stand_on_its_screen():
    screen = Screen(people.TODAY)
    letter = words_of(screen.given("lettre_oubli", oubli=""))
    (window,) = re.findall(r"qui l’ont atteint (du .{10,20} au .{10,20}?\d{4})", letter)
    assert window in plain(screen.page.text)


@pytest.mark.parametrize(
    ("today", "is_open"), [(date(2027, 10, 11), True), (date(2027, 10, 12), False)]
)
def test_p15_headline_figure_agenda_and_letter_come_from_one_state(today, is_open):
    # décret 72-581, art. 30-7: 30 jours francs from 10 September 2027, until Monday 11 October
    screen = Screen(today)
    screen.do("rdv_dates", **APPEALED)
    lead, seen = screen.lead, plain(screen.page.text)
    assert ("possible jusqu’au 11 octobre 2027" in lead) is is_open
    assert (
        "Le délai du recours gracieux est passé depuis le 11 octobre 2027" in lead
    ) is not is_open
    fold = re.search(r"Écrire un recours gracieux\s*(.{0,30})", seen)[1]
    assert fold.startswith("délai passé") is not is_open
    step = re.search(r"<b>Recours</b>(.*?)</li>", screen.html, re.S)[1]
    assert ("délai passé" in step) is not is_open
    words = words_of(screen.given("lettre_recours", recours="Mes raisons."))
    assert (
        "formé dans le délai de 30 jours francs, soit jusqu’au 11 octobre 2027" in words
    ) is is_open
    agenda = screen.given("rdv_agenda")
    assert (b"recours gracieux" in agenda.content.replace(b"\r\n ", b"")) is is_open
