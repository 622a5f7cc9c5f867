"""Ma paie: the net of a mean month, what is typed beside the file, what was verified."""

import re
from datetime import date

import pytest
from ui_pay import Screen

from iprof_kit.calculate.et_si.pay import Post, slip_of
from iprof_kit.calculate.pay.calculation import answer
from iprof_kit.calculate.pay.question import PayQuestion


def money(words):
    """Return the first amount written in a text."""
    found = re.search(r"([\d\u00a0 ]+,\d\d)\u00a0€", words)
    return float(found[1].replace("\u00a0", "").replace(" ", "").replace(",", "."))


def test_the_net_of_a_mean_month_is_named_beside_that_of_the_month():
    screen = Screen()
    month = money(screen.line("Net avant impôt")[0])
    mean = money(screen.html.split("Un mois moyen")[1])
    asked = PayQuestion(
        date=date(2026, 11, 1),
        corps="pe",
        grade="classe_normale",
        echelon="7",
        quotite=80,
        zone=3,
        primes_usuelles=True,
        nomme_avant_2018=True,
    )
    assert month == answer(asked).totaux.net_avant_impot
    smoothed = answer(asked.model_copy(update={"mode": "annualise"})).totaux.net_avant_impot
    assert mean == smoothed
    # la prime d'équipement de janvier, 176 € bruts par an : un douzième net en plus chaque mois
    assert mean - month == pytest.approx(176 / 12 * (1 - 0.0953), abs=1)
    # « L'étape suivante » et « Et si… » partent de ce mois moyen
    step = screen.html.split("L’étape suivante</h2>")[1]
    assert money(step) == mean
    assert money(step.split(": de ")[1]) == mean
    post = Post("pe", "classe_normale", "7", None, 80, "sur_autorisation", 3, 0)
    assert slip_of(post, date(2026, 11, 1)).totaux.net_avant_impot == mean


def test_what_the_file_does_not_say_can_be_typed():
    screen = Screen()
    screen.send({"abonnement_transport": "80", "naissances_enfants": "12/03/2015 ; 4/9/2018"})
    # service-public F12163 : trois quarts ; deux enfants à 80 %, plancher d'un temps plein
    assert "60,00\u00a0€" in screen.line("Remboursement des transports domicile-travail")
    assert "77,72\u00a0€" in screen.line("Supplément familial de traitement")
    screen.send({"naissances_enfants": "12/03/2031"})
    assert "est dans l’avenir" in screen.page.text
    assert screen.line("Supplément familial de traitement") is None
    screen.send({"psc_retenue": "34,08"})
    assert screen.line("Complémentaire santé, part solidaire") is not None
    screen.send({"quotite": "75"})
    assert screen.chosen("quotite") == "75"
    assert "75\u00a0%" in screen.line("Traitement indiciaire brut")


def test_what_was_verified_in_november_is_on_the_screen():
    # mises à jour du 27 novembre 2026 : point inchangé, un jour de carence, 90 % depuis mars 2025
    screen = Screen()
    text = screen.page.text.replace("\u00a0", " ")
    assert "Valeur du point vérifiée le" in text
    assert (
        "un jour non payé (carence), puis 90 % du traitement pendant 3 mois et 50 % les 9 mois "
        "suivants (vérifié le 27 novembre 2026)" in text
    )
    screen.send({"mois": "1", "annee": "2024"})
    assert "puis 100 % du traitement" in screen.page.text.replace("\u00a0", " ")


def test_a_prime_paid_in_another_month_is_placed_by_the_person():
    screen = Screen()
    screen.send({"prime_1": "TUTORAT_STAGIAIRE"})
    assert "non placée" in screen.page.text
    screen.send({"prime_1": "TUTORAT_STAGIAIRE", "mois_prime_1": "11"})
    assert "1\u00a0250,00\u00a0€" in screen.line("Indemnité de tutorat d’un stagiaire")
    assert "rien en novembre 2026, versement en janvier" in screen.page.text
