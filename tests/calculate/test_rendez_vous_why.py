"""The reasons of the rendez-vous are their calculation again: the last line is the answer."""

from datetime import date

import pytest
from changed_tables import plain
from hypothesis import given, settings
from hypothesis import strategies as st

from iprof_kit.base.calendar import date_text, school_year_text
from iprof_kit.calculate.career.rendez_vous.calculation import answer
from iprof_kit.calculate.career.rendez_vous.question import RendezVousQuestion
from iprof_kit.calculate.career.rendez_vous.why import (
    explain_delay,
    explain_effect,
    explain_none,
    explain_year,
)
from iprof_kit.law.tables.rules import RULES

TODAY = date(2026, 11, 25)
JEAN = RendezVousQuestion(
    corps="pe",
    grade="classe_normale",
    echelon="6",
    date_effet=date(2025, 9, 1),
    aujourdhui=TODAY,
    departement="63",
)
DAYS = st.dates(date(2019, 9, 1), date(2026, 11, 1))


def shown(reason):
    return [(plain(line.libelle), plain(line.valeur)) for line in reason.lignes]


def kinds(reason):
    return {line.nature for line in reason.lignes}


def year_of(one):
    return int(one.annee_scolaire[:4])


@settings(max_examples=15)
@given(
    corps=st.sampled_from(["pe", "certifie", "agrege", "plp", "psyen"]),
    echelon=st.integers(3, 9), since=DAYS, kept=st.integers(0, 300), notified=DAYS,
    departement=st.sampled_from(["63", "974", "972", "67", ""]),
)  # fmt: skip
def test_the_last_line_is_the_year_the_day_of_effect_and_the_last_day(
    corps, echelon, since, kept, notified, departement
):
    question = JEAN.model_copy(
        update={
            "corps": corps, "echelon": str(echelon), "date_effet": since, "reliquat_jours": kept,
            "departement": departement, "appreciation_recue_le": notified,
            "recours_depose_le": notified,
        }
    )  # fmt: skip
    found = answer(question)
    for one in found.rendez_vous:
        reason = explain_year(question, one.numero, one.annee_scolaire)
        assert reason.lignes[-1].valeur == one.annee_scolaire
        last = explain_effect(question, one.numero, year_of(one)).lignes[-1].valeur
        assert last == (date_text(one.effet_au) if one.effet_au else one.effet)
    for delay in found.delais:
        reason = explain_delay(question, int(found.annee_scolaire[:4]), delay)
        expected = date_text(delay.date_limite) if delay.date_limite else delay.delai
        assert reason.lignes[-1].valeur == expected


def test_a_year_says_the_datum_of_the_file_and_the_window_of_the_text():
    # décret 90-680, art. 24 II: from 12 to 24 months on 31 August, 6e reached from September on
    lines = shown(explain_year(JEAN, 1, "2026-2027"))
    assert ("Depuis le", "1er septembre 2025") in lines
    whom = "6e échelon atteint entre le 1er septembre 2025 et le 31 août 2026"
    assert ("Concernés en 2026-2027", whom) in lines
    assert ("Leur ancienneté au 31 août 2027", "de 12 à 24 mois") in lines


def test_a_year_to_come_supposes_seniority_alone_and_tells_its_step():
    reason = explain_year(JEAN, 2, "2032-2033")
    lines = dict(shown(reason))
    assert lines["Durée : 7e échelon"] == "3 ans"
    assert lines["8e échelon atteint le"].startswith("1er septembre 2031, à l’ancienneté")
    assert "hypothese" in kinds(reason)


def test_seniority_kept_and_time_that_did_not_count_are_told():
    leave = {"position": "Disponibilité", "motif": "convenances personnelles",
             "debut": date(2026, 1, 1), "fin": date(2026, 6, 30)}  # fmt: skip
    kept = JEAN.model_copy(update={"reliquat_jours": 30})
    asked = RendezVousQuestion.model_validate(kept.model_dump() | {"periodes": (leave,)})
    (first, *_) = answer(asked).rendez_vous
    lines = dict(shown(explain_year(asked, first.numero, first.annee_scolaire)))
    assert lines["Avec une ancienneté conservée de"] == "1 mois"
    assert lines["Du 1er janvier 2026 au 30 juin 2026"] == "6 mois de disponibilité non comptés"
    assert lines["L’échelon compte depuis le"] == "1er février 2026"


def test_an_effect_says_who_decides_and_the_shorter_length():
    # décret 90-680, art. 24 II: the bonification makes the 6e échelon last 24 months
    lines = dict(shown(explain_effect(JEAN, 1, 2026)))
    assert lines["Autorité qui l’arrête"] == "IA-DASEN"
    assert lines["Décision pendant l’année scolaire"] == "2027-2028"
    assert lines["Durée avec bonification : 6e échelon"] == "2 ans"
    assert lines["Effet, si elle est accordée"] == "1er septembre 2027"


def test_a_delay_says_its_first_day_how_it_is_counted_and_why_it_is_put_off():
    # 15 September 2027 + 31: Saturday 16 October, then Monday 18 (CE, 5 octobre 2018, n° 409579)
    asked = JEAN.model_copy(update={"appreciation_recue_le": date(2027, 9, 15)})
    delay = next(one for one in answer(asked).delais if one.cle == "recours")
    reason = explain_delay(asked, 2026, delay, ("appreciation_recue_le",))
    assert shown(reason) == [
        ("Appréciation finale notifiée le", "15 septembre 2027"),
        ("Recours gracieux contre l’appréciation finale", "30 jours francs"),
        ("Fin du délai", "16 octobre 2027"),
        ("16 octobre 2027", "samedi"),
        ("17 octobre 2027", "dimanche"),
        ("Premier jour ouvrable", "18 octobre 2027"),
        ("Dernier jour", "18 octobre 2027"),
    ]
    assert reason.lignes[0].nature == "hypothese"
    assert "ni le jour qui le déclenche" in reason.regle


def test_a_delay_before_2019_is_that_of_the_first_version():
    old = JEAN.model_copy(update={"rendez_vous_le": date(2019, 5, 20)})
    delay = next(
        one
        for one in answer(old.model_copy(update={"annee_scolaire": 2018})).delais
        if one.cle == "calendrier"
    )
    lines = shown(explain_delay(old, 2018, delay))
    assert ("Notification de la date du rendez-vous", "1 mois") in lines
    assert lines[-1] == ("Dernier jour", "20 avril 2019")


def test_a_delay_whose_first_day_is_unknown_says_its_length():
    delay = next(one for one in answer(JEAN).delais if one.cle == "observations")
    lines = shown(explain_delay(JEAN, 2026, delay))
    assert lines[0] == ("Compte rendu reçu le", "jour pas encore connu")
    assert lines[-1] == ("Durée", "15 jours")


@pytest.mark.parametrize(
    "change",
    [{"grade": "hors_classe", "echelon": "3"}, {"echelon": "9", "rendez_vous_faits": (3,)}],
)
def test_nothing_to_come_says_why(change):
    reason = explain_none(JEAN.model_copy(update=change))
    assert shown(reason)[-1] == ("Rendez-vous à venir", "aucun")
    refused = ("Hors classe, 3e échelon", "aucun rendez-vous prévu")
    recorded = ("Rendez-vous n° 3", "dans votre dossier")
    assert (refused if "grade" in change else recorded) in shown(reason)


def test_a_rendez_vous_behind_the_place_held_is_that_of_the_file():
    held = JEAN.model_copy(update={"echelon": "10", "rendez_vous_faits": (2,)})
    lines = shown(explain_year(held, 2, "2021-2022"))
    assert lines[0] == ("Rendez-vous n° 2, dans votre dossier", "2021-2022")
    assert lines[-1][1] == "2021-2022"


def test_a_year_that_is_not_the_one_calculated_has_no_reason():
    lines = shown(explain_year(JEAN, 1, school_year_text(2024)))
    assert lines[0][0] == "Raison non donnée"


def test_a_day_that_is_not_the_one_calculated_has_no_reason():
    delay = next(one for one in answer(JEAN).delais if one.cle == "appreciation")
    other = delay.model_copy(update={"date_limite": date(2027, 9, 17)})
    assert shown(explain_delay(JEAN, 2026, other))[0][0] == "Raison non donnée"


@pytest.mark.parametrize(
    ("gone", "asked"),
    [
        ("meeting_year", lambda: explain_year(JEAN, 1, "2026-2027")),
        ("decision_year", lambda: explain_effect(JEAN, 1, 2026)),
        ("meeting_content", lambda: explain_effect(JEAN, 3, 2035)),
        ("deadlines", lambda: explain_delay(JEAN, 2026, answer(JEAN).delais[0])),
    ],
)
def test_a_rule_that_leaves_the_registry_has_no_reason(monkeypatch, gone, asked):
    monkeypatch.delitem(RULES, gone)
    (line,) = asked().lignes
    assert line.nature == "refus"
    assert gone in line.valeur
