"""An absence: who answers meanwhile, for those days alone, and nobody for who stands in."""

from datetime import timedelta

import pytest
from record_pieces import TEAM_B

from iprof_kit.base.errors import Refused

DAY = timedelta(days=1)
TEAM_A = "Service des personnels du second degré, équipe A"


@pytest.fixture
def team(manager):
    """Three managers of the same academy; the first follows Jean Dupont."""
    return {
        "gmorel": manager("gmorel", ("06", "063", "pe")),
        "groche": manager("groche", ("06", None, "certifie"), service=TEAM_A),
        "gtissot": manager("gtissot", ("06", None, "agrege"), service=TEAM_A),
        "glyon": manager("glyon", ("10",), service="Division de Lyon"),
    }


def declared(team, who, delegate, first=1, last=3, cle="cle-absence"):
    """Say an absence, from some days after 25 November 2026."""
    days = {"du": f"2026-11-{25 + first}", "au": f"2026-11-{25 + last}"}
    return team[who]("bureau_absence", **days, suppleant=delegate, cle=cle)


def test_who_stands_in_answers_in_the_name_of_the_absent_service_on_those_days_alone(
    team, written, jean, now
):
    name = written()
    assert declared(team, "gmorel", "groche").erreurs == []
    roche = team["groche"]
    for when in (now, now + 4 * DAY):
        with pytest.raises(Refused):
            roche("bureau_fil", when, id=name)
    read = roche("bureau", now + DAY)
    assert [(one.id, one.pour) for one in read.fils] == [(name, TEAM_B)]
    [stood_in] = read.suppleances
    assert (read.service, stood_in.service, read.suivies) == (TEAM_A, TEAM_B, 0)
    answer = {"acte": "repondre", "texte": "Oui.", "vus": 1, "cle": "cle-reponse"}
    roche("bureau_agir", now + 3 * DAY, id=name, **answer)
    assert jean("courrier_fil", id=name).evenements[1].service == TEAM_B
    assert team["gmorel"]("bureau_fil", now + DAY, id=name).personne == "Jean Dupont"


def test_p17_who_stands_in_reads_the_days_before_and_during_and_nobody_else_does(team, now):
    declared(team, "gmorel", "gtissot", 2, 3)
    for when in (now, now + 2 * DAY, now + 3 * DAY):
        for op in ("bureau", "bureau_absences"):
            [one] = team["gtissot"](op, when).suppleances
            assert (one.service, one.du.day, one.au.day) == (TEAM_B, 27, 28)
    assert team["gtissot"]("bureau", now + 4 * DAY).suppleances == []
    assert team["groche"]("bureau_absences").suppleances == []


def test_one_names_who_follows_people_of_the_same_academy(team):
    assert set(team["gmorel"]("bureau_absences").suppleants) == {"groche", "gtissot"}
    for nobody in ("glyon", "gmorel", "jdupont", "personne", ""):
        assert [one.champ for one in declared(team, "gmorel", nobody).erreurs] == ["suppleant"]


def test_nobody_stands_in_for_who_stands_in(team, written, now):
    assert declared(team, "gmorel", "groche").erreurs == []
    [wrong] = declared(team, "groche", "gtissot", 2, 5).erreurs
    assert (wrong.champ, wrong.message[:24]) == ("du", "Vous suppléez quelqu’un ")
    assert declared(team, "groche", "gtissot", 4, 5, "cle-apres").erreurs == []
    name = written()
    with pytest.raises(Refused):
        team["gtissot"]("bureau_fil", now + 4 * DAY, id=name)


def test_who_is_absent_cannot_be_named(team):
    assert declared(team, "groche", "gtissot", 2, 5).erreurs == []
    [wrong] = declared(team, "gmorel", "groche").erreurs
    assert wrong.champ == "suppleant"


WRONG = [
    ({"du": None}, "du"),
    ({"du": "2026-12-04", "au": "2026-12-01"}, "au"),
    ({"du": "2026-11-01", "au": "2026-11-24"}, "au"),
    ({"du": "2026-12-01", "au": "2028-12-01"}, "au"),
    ({"du": "2026-11-28", "au": "2026-12-05"}, "du"),
]


def test_two_absences_do_not_overlap_and_wrong_dates_are_named(team):
    declared(team, "gmorel", "groche")
    given = {"du": "2026-12-01", "au": "2026-12-02", "suppleant": "gtissot"}
    for number, (words, field) in enumerate(WRONG):
        answer = team["gmorel"]("bureau_absence", **(given | words), cle=f"cle-{number:05d}")
        assert [one.champ for one in answer.erreurs] == [field], words
        assert len(answer.absences) == 1


def test_the_same_order_is_one_absence_and_one_takes_back_one_s_own(team, written, now):
    for _ in range(2):
        [absence] = declared(team, "gmorel", "groche").absences
    assert absence.suppleant == "groche"
    assert TEAM_A in absence.suppleant_nom
    assert team["gmorel"]("bureau").absence == absence
    [wrong] = team["groche"]("bureau_absence", retirer=absence.id, cle="cle-autre").erreurs
    assert wrong.champ == "retirer"
    name = written()
    assert team["groche"]("bureau_fil", now + DAY, id=name).personne == "Jean Dupont"
    back = team["gmorel"]("bureau_absence", now + DAY, retirer=absence.id, cle="cle-retour")
    assert back.absences == []
    with pytest.raises(Refused):
        team["groche"]("bureau_fil", now + DAY, id=name)
