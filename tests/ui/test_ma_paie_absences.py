"""Absences typed in Ma paie: what they take, what they spare, and that nothing of them is kept."""

import re

import pytest
from ui_html import fields_of
from ui_pay import CERTIFIE, JANUARY, Screen

ABSENT = {"sensible_greve_jours": "Grève", "sensible_carence_jours": "Jour de carence",
          "sensible_maladie_jours": "Congé de maladie ordinaire",
          "sensible_demi_traitement_jours": "Congé de maladie ordinaire"}  # fmt: skip
MAY = {"mois": "5", "annee": "2024", "quotite": "100", "grade": "classe_normale", "echelon": "11",
       "zone": "1", "enfants": "2", "primes_usuelles": "non"}  # fmt: skip


def plain(screen):
    return screen.page.text.replace("\xa0", " ").replace("\u202f", " ")


def labels(screen):
    """Return the lines of the payslip in their order."""
    return re.findall(
        r'<tr class="(?:gain|taken|gross|net)[^"]*"><th scope="row">([^<]+)', screen.html
    )


def euros(screen, label):
    line = screen.line(label)
    return None if line is None else line[0].replace("\xa0", " ")


def test_p07_a_strike_takes_its_thirtieths_before_the_gross_and_spares_the_children():
    # 678 points au 1er janvier 2024 (REM-BRUT-certifie11-2024) : 3 337,65 € ; zone 1 : 3 %, soit
    # 100,12 € ; deux jours : 222,51 € et 6,67 € (2/30 de chacun), rien du supplément familial
    screen = Screen(CERTIFIE)
    screen.send(MAY)
    whole = euros(screen, "Supplément familial de traitement")
    screen.send(MAY | {"sensible_greve_jours": "2"})
    assert euros(screen, "Traitement indiciaire brut") == "3 337,65 €"
    assert euros(screen, "Grève") == "229,18 €"
    assert euros(screen, "Supplément familial de traitement") == whole
    told = labels(screen)
    assert told.index("Grève") < told.index("Total brut")


def test_p07_more_days_than_a_month_has_are_refused_at_their_field():
    screen = Screen(CERTIFIE)
    screen.send(JANUARY | {"sensible_greve_jours": "20", "sensible_maladie_jours": "11"})
    assert "Ces absences dépassent les 30 jours d’un mois de paie." in plain(screen)
    assert screen.field("sensible_maladie_jours")["aria-invalid"] == "true"
    assert "Grève" not in labels(screen)


def test_p07_the_absences_of_a_month_are_those_of_no_other():
    screen = Screen()
    screen.send({"sensible_greve_jours": "3"})
    assert "Grève" in labels(screen)
    screen.send({"mois": "10", "annee": "2026", "sensible_greve_jours": "3"}, changed="mois")
    assert "Grève" not in labels(screen)


@pytest.mark.parametrize(("name", "label"), ABSENT.items())
def test_p07_each_absence_has_its_line_and_is_never_kept(name, label):
    screen = Screen()
    screen.send({"zone": "2"})
    before = euros(screen, "Net avant impôt")
    mean = re.search(r"Un mois moyen[^.]+\.", plain(screen))[0]
    screen.send({name: "1"})
    assert label in labels(screen)
    assert euros(screen, "Net avant impôt") != before
    assert mean in plain(screen)
    assert "avant impôt, absences déduites, sur" in plain(screen).replace(" (à vérifier)", "")
    assert "jamais enregistré" in plain(screen)
    assert "sensible" not in str(screen.guichet.carnets)
    assert label not in labels(screen.again())
    screen.send({}, name="paie_dossier")
    assert label not in labels(screen)


def test_p07_a_strike_alone_saves_nothing_and_says_nothing_saved():
    screen = Screen()
    screen.send(fields_of(screen.html, "paie") | {"sensible_greve_jours": "4"})
    assert "Grève" in labels(screen)
    assert "Enregistré dans ce kit" not in plain(screen)
    assert not screen.guichet.carnets
