"""The subject rendez-vous: which school year, what it leads to, the delays."""

from dataclasses import replace
from datetime import date

import pytest
from asking import asker
from pydantic import ValidationError

from iprof_kit.base.errors import LawError
from iprof_kit.calculate.career.meetings import Tenure, never_recorded
from iprof_kit.calculate.guides.law.facts import Standing

JEAN = {
    "corps": "pe", "grade": "classe_normale", "echelon": "6", "date_effet": date(2025, 9, 1),
    "aujourdhui": date(2026, 11, 25),
}  # fmt: skip


ask = asker("rendez-vous", **JEAN)


@pytest.mark.parametrize(
    ("echelon", "since", "year"),
    [
        # rendez_vous_carriere_regles.csv: who reached it between 1 September N−1 and 31 August N
        ("6", date(2025, 9, 1), "2026-2027"),
        ("6", date(2025, 8, 31), "2025-2026"),
        ("6", date(2026, 8, 31), "2026-2027"),
        ("6", date(2026, 9, 1), "2027-2028"),
        # the 8e: 1 March N−1 to the end of February N
        ("8", date(2025, 3, 1), "2026-2027"),
        ("8", date(2025, 2, 28), "2025-2026"),
        ("8", date(2026, 2, 28), "2026-2027"),
        ("9", date(2025, 9, 1), "2026-2027"),
    ],
)
def test_the_school_year_of_the_rendez_vous(echelon, since, year):
    found = ask(echelon=echelon, date_effet=since)
    one = next(one for one in found.rendez_vous if one.echelon == echelon)
    assert one.annee_scolaire == year
    assert one.promu_du <= since <= one.promu_au
    assert found.convoque is (year == "2026-2027")


def test_the_rendez_vous_to_come_are_those_of_the_echelons_by_right():
    found = ask()
    assert [(one.numero, one.annee_scolaire, one.etat) for one in found.rendez_vous] == [
        (1, "2026-2027", "cette_annee"),
        (2, "2032-2033", "a_venir"),  # 8e on 2031-09-01
        (3, "2035-2036", "a_venir"),  # 9e on 2035-03-01
    ]


def test_a_bonification_is_decided_the_year_after_and_goes_back():
    one = ask().rendez_vous[0]
    assert one.decision_annee_scolaire == "2027-2028"
    assert one.effet_au == date(2027, 9, 1)  # 24 months at the 6e
    assert ask().rendez_vous[2].decision_annee_scolaire is None
    assert "hors classe" in ask().rendez_vous[2].effet


def test_a_rendez_vous_already_held_is_not_called_again():
    found = ask(rendez_vous_faits=(1,))
    assert not found.convoque
    assert found.rendez_vous[0].deja_tenu
    assert "déjà tenu" in found.phrase


def test_another_school_year():
    assert not ask(annee_scolaire=2027).convoque
    assert ask(annee_scolaire=2032).convoque


def test_the_administration_convenes():
    assert "l’administration convoque" in ask().phrase
    assert "Aucun rendez-vous" in ask(annee_scolaire=2028).phrase


def test_time_that_does_not_count_moves_the_window():
    # ancienneté observée au 31 août (lyon.sgen-cfdt.fr)
    leave = {
        "position": "Disponibilité",
        "motif": "convenances personnelles",
        "debut": date(2025, 10, 1),
        "fin": date(2026, 9, 30),
    }
    assert ask(periodes=(leave,)).rendez_vous[0].annee_scolaire == "2027-2028"


def test_the_last_days_of_the_procedure():
    found = ask(
        compte_rendu_recu_le=date(2027, 3, 10),
        appreciation_recue_le=date(2027, 9, 10),
        recours_depose_le=date(2027, 10, 1),
    )
    last = {delay.etape: delay.date_limite for delay in found.delais}
    # 15 days, 15 days after the rentrée (snes.edu) ; 30 jours francs, 30 jours francs
    # (décret 72-581, art. 30-7)
    assert list(last.values()) == [
        None,
        None,
        date(2027, 3, 25),
        date(2027, 9, 16),
        date(2027, 10, 11),
        date(2027, 11, 1),  # the silence, Toussaint or not: only what she does is put off
        date(2027, 12, 2),  # 30 jours francs after that silence
    ]
    assert [one.cle for one in found.delais if one.a_verifier] == ["cap"]


@pytest.mark.parametrize(
    ("key", "event"),
    [
        ("recours", "appreciation_recue_le"),
        ("reponse", "recours_depose_le"),
        ("cap", "reponse_recue_le"),
    ],
)
def test_the_delays_of_an_appeal_are_free_days(key, event):
    # décret 72-581, art. 30-7 : 30 jours francs ; CE n° 472836 : « leur premier jour étant le
    # lendemain du jour de leur déclenchement et leur dernier jour le lendemain de leur échéance »
    found = ask(**{event: date(2027, 8, 31)})
    delay = next(delay for delay in found.delais if delay.cle == key)
    assert delay.date_limite == date(2027, 10, 1)  # a Friday
    assert delay.delai == "30\u00a0jours francs"
    assert "ni le jour qui le déclenche" in delay.precision
    assert not delay.a_verifier


def test_before_july_2019_the_delays_were_others():
    # arrêté du 5 mai 2017, version initiale
    found = ask(
        date_effet=date(2018, 1, 1),
        aujourdhui=date(2019, 1, 5),
        rendez_vous_le=date(2019, 5, 20),
        compte_rendu_recu_le=date(2019, 6, 3),
    )
    assert found.annee_scolaire == "2018-2019"
    assert [delay.date_limite for delay in found.delais[:3]] == [
        date(2019, 4, 20),
        date(2019, 7, 1),
        date(2019, 6, 24),
    ]


@pytest.mark.parametrize(
    ("key", "event", "day", "last"),
    [
        # 62.snuipp.fr article 3832: JO du 6 juillet 2019, in force on the 7th
        ("observations", "compte_rendu_recu_le", date(2019, 7, 6), date(2019, 7, 27)),
        ("observations", "compte_rendu_recu_le", date(2019, 7, 7), date(2019, 7, 22)),
        ("calendrier", "rendez_vous_le", date(2019, 7, 6), date(2019, 6, 6)),
        # « hors vacances scolaires » since then, and no row has those of 2018-2019
        ("calendrier", "rendez_vous_le", date(2019, 7, 7), None),
    ],
)
def test_each_delay_follows_the_version_in_force_on_its_own_day(key, event, day, last):
    answer = ask(date_effet=date(2018, 1, 1), aujourdhui=date(2019, 8, 1), **{event: day})
    assert answer.annee_scolaire == "2018-2019"
    assert next(one for one in answer.delais if one.cle == key).date_limite == last


@pytest.mark.parametrize(
    ("departement", "last", "term"),
    [
        ("063", date(2027, 12, 20), None),  # a Monday
        ("974", date(2027, 12, 21), date(2027, 12, 20)),  # férié à La Réunion
    ],
)
def test_a_last_day_that_nobody_works_is_put_off(departement, last, term):
    answer = ask(appreciation_recue_le=date(2027, 11, 19), departement=departement)
    appeal = next(one for one in answer.delais if one.cle == "recours")
    assert (appeal.date_limite, appeal.terme) == (last, term)


def test_the_chain_of_a_procedure_until_the_cap():
    # 30 jours francs three times from 15 September 2027: Saturday 16 October is put off to
    # Monday; silence on 18 November; Sunday 19 December is put off to Monday
    answer = ask(appreciation_recue_le=date(2027, 9, 15), recours_depose_le=date(2027, 10, 18))
    last = {one.cle: one.date_limite for one in answer.delais}
    assert last["recours"] == date(2027, 10, 18)
    assert last["reponse"] == date(2027, 11, 18)
    assert last["cap"] == date(2027, 12, 20)


def test_a_rendez_vous_held_in_september_is_concluded_by_15_october():
    # arrêté du 21 juin 2019: 62.snuipp.fr article 3832
    usual = ask(rendez_vous_le=date(2027, 8, 31))
    later = ask(rendez_vous_le=date(2027, 9, 20))
    notified = [
        next(one.date_limite for one in answer.delais if one.cle == "appreciation")
        for answer in (usual, later)
    ]
    assert notified == [date(2027, 9, 16), date(2027, 10, 15)]
    assert later.report.tenu_avant == date(2027, 9, 30)


def test_before_2019_nothing_is_held_at_the_rentree():
    day = {"date_effet": date(2017, 9, 1), "aujourdhui": date(2018, 1, 5)}
    assert ask(**day, annee_scolaire=2017).report is None
    assert ask(**day, annee_scolaire=2018).report is not None


def test_what_a_file_does_not_tell_of():
    since = Standing("certifie", "classe_normale", "6", None)
    there = Tenure(since, date(2021, 9, 1), date(2024, 9, 1))
    # the 6e reached on 2021-09-01: school year 2022-2023
    assert [one.year for one in never_recorded([there], (), date(2024, 11, 1))] == [2022]
    assert never_recorded([there], (1,), date(2024, 11, 1)) == ()
    assert never_recorded([there], (), date(2023, 6, 1)) == ()  # still its year
    left = replace(there, until=date(2022, 8, 31))  # before its school year
    assert never_recorded([left], (), date(2024, 11, 1)) == ()


def test_the_project_is_an_hypothesis():
    assert ask().projet is None
    text = ask(hypotheses=("projet_2025",)).projet
    assert text.startswith("Projet jamais adopté")
    assert ask(hypotheses=("projet_2025",)).rendez_vous == ask().rendez_vous


def test_a_corps_without_rendez_vous():
    with pytest.raises(LawError, match="aucun rendez-vous"):
        ask(corps="instituteur", grade="grade_unique", echelon="9")


def test_a_number_that_does_not_exist():
    with pytest.raises(ValidationError, match="rendez_vous_faits"):
        ask(rendez_vous_faits=(4,))


def test_days_out_of_order_are_refused():
    with pytest.raises(ValidationError, match="recours_depose_le"):
        ask(appreciation_recue_le=date(2027, 9, 10), recours_depose_le=date(2027, 9, 1))


def test_p19_an_appeal_that_counts_from_a_silence_is_to_verify_and_from_an_answer_is_not():
    appealed = {"appreciation_recue_le": date(2027, 9, 14), "recours_depose_le": date(2027, 9, 30)}
    silent = ask(**appealed).delais[-1]
    assert (silent.cle, silent.a_verifier) == ("cap", True)
    assert silent.doute.startswith("sans réponse")
    answered = ask(**appealed, reponse_recue_le=date(2027, 10, 20)).delais[-1]
    assert (answered.a_verifier, answered.doute) == (False, "")
