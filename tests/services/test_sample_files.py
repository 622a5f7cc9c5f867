"""The fictitious people are possible people: every date follows the tables, every case is there."""

import csv
from datetime import date, timedelta
from itertools import pairwise

import pytest

from iprof_kit.base.calendar import axis_of
from iprof_kit.base.paths import REFERENCE
from iprof_kit.services.access.identity import account_name
from iprof_kit.services.access.passwords import NUMEN
from iprof_kit.services.dossier.checks import problems
from iprof_kit.services.dossier.sample import demo_accounts, sample_dossiers

DOSSIERS = sample_dossiers()
BY_NUMBER = {dossier.numero: dossier for dossier in DOSSIERS}
PPCR = date(2017, 9, 1)
NOT_COUNTED = {"Disponibilité"}


def rows(name):
    with (REFERENCE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DURATIONS = rows("durees_echelon")


def months(held, day, column):
    for row in DURATIONS:
        same = (row["corps"], row["grade"], row["echelon"]) == (
            held.corps,
            held.grade,
            held.echelon,
        )
        dated = row["valide_du"] <= str(day) and (row["valide_au"] or "9999") >= str(day)
        if same and dated and row["chevron"] == (held.chevron or ""):
            return int(row[column]) if row[column] else None
    raise AssertionError(f"no duration for {held}")


def not_counted(dossier, start, end):
    lost = 0
    for held in dossier.positions:
        if held.position in NOT_COUNTED:
            stop = held.fin + timedelta(days=1) if held.fin else end
            lost += max(0, axis_of(min(stop, end)) - axis_of(max(held.debut, start)))
    return lost


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.numero)
def test_every_echelon_date_follows_the_durations(dossier):
    for held, then in pairwise(dossier.echelons):
        if held.date_effet < PPCR or then.mode not in {"anciennete", "bonification"}:
            continue
        column = "duree_acceleree_mois" if then.mode == "bonification" else "duree_mois"
        lost = not_counted(dossier, held.date_effet, then.date_effet)
        served = axis_of(then.date_effet) - axis_of(held.date_effet) - lost + held.reliquat_jours
        assert served == months(held, then.date_effet, column) * 30, then
        assert then.reliquat_jours == 0


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.numero)
def test_nobody_has_outstayed_an_echelon(dossier):
    if not dossier.echelons:
        return
    held = dossier.echelons[-1]
    length = months(held, dossier.lu_le, "duree_mois")
    lost = not_counted(dossier, held.date_effet, dossier.lu_le)
    served = axis_of(dossier.lu_le) - axis_of(held.date_effet) - lost + held.reliquat_jours
    assert length is None or served < length * 30


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda dossier: dossier.numero)
def test_grade_promotions_are_on_the_first_of_september(dossier):
    for held in dossier.echelons:
        if held.mode == "promotion":
            assert (held.date_effet.month, held.date_effet.day) == (9, 1)


def test_jean_dupont_is_the_person_of_the_guide():
    jean = DOSSIERS[0]
    assert (jean.numero, jean.identite.prenom, jean.identite.nom) == ("D0001", "Jean", "Dupont")
    assert jean.identite.date_naissance == date(1991, 5, 20)
    held = [(one.echelon, str(one.date_effet), one.reliquat_jours) for one in jean.echelons]
    assert held == [
        ("4", "2017-01-16", 0),
        ("4", "2017-09-01", 180),
        ("5", "2019-03-01", 0),
        ("6", "2021-09-01", 0),
        ("7", "2024-09-01", 0),
    ]
    assert jean.positions[-1].modalite == "Temps partiel sur autorisation"
    assert jean.positions[-1].quotite == 80
    assert jean.affectations[-1].type == "Affectation à titre définitif"
    assert jean.affectations[-1].type_etablissement == "École élémentaire"


def test_every_corps_and_every_grade_is_represented():
    wanted = {
        (row["corps"], grade)
        for row in rows("corps")
        for grade in row["grades_ordonnes"].split(">")
    }
    held = {(d.echelons[-1].corps, d.echelons[-1].grade) for d in DOSSIERS if d.echelons}
    assert wanted <= held


def test_the_situations_that_the_screens_must_show_are_there():
    positions = {held.position for dossier in DOSSIERS for held in dossier.positions[-1:]}
    assert {"Disponibilité", "Congé parental", "Détachement", "En activité"} <= positions
    assert any(d.statut == "Fonctionnaire stagiaire" for d in DOSSIERS)
    assert any(d.corps is None and d.statut == "Agent contractuel" for d in DOSSIERS)
    functions = {held.fonction for dossier in DOSSIERS for held in dossier.affectations}
    assert "Directeur d’école" in functions
    assert {"28", "31", "33", "43"} <= {dossier.academie for dossier in DOSSIERS}
    chevrons = {(d.corps, d.echelons[-1].chevron) for d in DOSSIERS if d.echelons}
    assert ("agrege", "HEA2") in chevrons
    assert sum(dossier.identite.nom == "Dupont" for dossier in DOSSIERS) >= 3


def test_people_are_told_apart_and_reachable_nowhere():
    assert len(BY_NUMBER) == len(DOSSIERS)
    for dossier in DOSSIERS:
        text = dossier.model_dump_json()
        assert not NUMEN.search(text)
        assert text.count("@") == text.count(".example")


def test_demonstration_accounts_follow_the_rule_and_exactly_one_shows_the_numen():
    for demo in demo_accounts():
        assert demo.presentation
    assert [demo.compte for demo in demo_accounts() if demo.first_login] == ["mlaurent"]
    assert demo_accounts()[0].compte == account_name("Jean", "Dupont")
    roles = {role for demo in demo_accounts() for role in demo.roles}
    assert {"enseignant", "formateur", "gestionnaire", "analyste", "administrateur"} <= roles


@pytest.mark.parametrize("dossier", DOSSIERS, ids=lambda one: one.numero)
def test_each_fictitious_dossier_would_be_accepted_as_a_real_one(dossier):
    """Nothing checks them when they are loaded: a server needs no table of the law for that."""
    assert problems(dossier) == []


@pytest.mark.parametrize("address", ["pas une adresse", "a@x.fr, b@x.fr", "a@x", "a@x.fr\u202e"])
@pytest.mark.parametrize("name", ["courriel_personnel", "courriel_professionnel"])
def test_w20_an_address_that_is_none_or_two_is_refused_by_its_field(name, address):
    whole = DOSSIERS[0].model_dump()
    whole["adresse"][name] = address
    assert name in {one.field for one in problems(type(DOSSIERS[0]).model_validate(whole))}
