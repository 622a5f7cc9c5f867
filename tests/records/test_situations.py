"""Particular situations: kept, imported, and given to nobody but the person herself."""

import pytest

from iprof_kit.base.errors import Refused
from iprof_kit.records import database as db
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.contract.addressed import addressed
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.dossier.sample import demo_accounts, load_sample
from iprof_kit.services.dossier.storing import find_dossier, find_whole_dossier, save_dossier
from iprof_kit.services.guichet.operations import NotLoggedIn, run

SECRETS = {demo.compte: demo.secret for demo in demo_accounts()}
OTHERS = ("fformateur", "ggestionnaire", "aanalyste", "aadministrateur")
ROW = (
    "numero;civilite;prenom;nom;date_naissance;statut;academie;source;lu_le;"
    "situation;situation_libelle;situation_quotite;situation_debut;situation_fin\n"
    "R200;Madame;Zoé;Martin;1985-03-14;Fonctionnaire;06;AGAPE;2026-11-12;"
)


@pytest.fixture
def person(database, now):
    load_sample(now)
    return lambda compte: authenticate(compte, SECRETS[compte], "192.0.2.1", now).identity


def test_the_person_herself_reads_them(person, now, dossiers):
    read = run(person("jdupont2"), "dossier.lire", {}, now).dossier
    assert [one.nature for one in read.situations] == ["education_prioritaire", "handicap"]
    assert read == addressed(dossiers["D0003"])


def test_a_woman_s_file_names_her_in_the_feminine_and_is_kept_as_it_was_recorded(
    person, now, dossiers
):
    read = run(person("ichevalier"), "dossier.lire", {}, now).dossier
    assert read.libelle_corps == "Professeure agrégée"
    assert run(person("ichevalier"), "session.qui", {}, now).libelle_corps == "Professeure agrégée"
    agent = run(person("scohen"), "dossier.lire", {}, now).dossier
    assert agent.statut == "Agente contractuelle"
    with db.reading() as session:
        kept = find_whole_dossier(session, "D0027")
    assert kept == dossiers["D0027"]
    assert kept.libelle_corps == "Professeur agrégé"


def test_a_man_s_file_is_read_as_it_was_recorded(person, now, dossiers):
    assert run(person("jdupont"), "dossier.lire", {}, now).dossier == dossiers["D0001"]


def test_every_other_role_and_a_logged_out_person_get_nothing(person, now):
    for compte in OTHERS:
        with pytest.raises(Refused):
            run(person(compte), "dossier.lire", {}, now)
    with pytest.raises(NotLoggedIn):
        run(None, "dossier.lire", {}, now)


def test_another_teacher_reads_hers_alone(person, now):
    assert run(person("jdupont"), "dossier.lire", {}, now).dossier.situations == ()


def test_a_file_read_for_anybody_else_holds_none(database, dossiers, now):
    save_dossier(dossiers["D0003"], "test", now)
    with db.reading() as session:
        assert find_dossier(session, "D0003").situations == ()
        assert len(find_whole_dossier(session, "D0003").situations) == 2


def test_a_file_brings_them_and_a_later_one_without_them_keeps_them(database, now):
    line = "decharge;Décharge de direction;25;2023-09-01;\n"
    assert import_dossiers((ROW + line).encode(), "test", now).accepted == [("R200", "cree")]
    without = ROW.replace(
        ";situation;situation_libelle;situation_quotite;situation_debut;situation_fin", ""
    )
    again = import_dossiers(without.rstrip(";").encode() + b"\n", "test", now)
    assert again.accepted == [("R200", "inchange")]
    with db.reading() as session:
        (held,) = find_whole_dossier(session, "R200").situations
    assert (held.libelle, held.quotite, str(held.debut)) == (
        "Décharge de direction",
        25,
        "2023-09-01",
    )


@pytest.mark.parametrize(
    ("line", "column"),
    [("lune;Sur la lune;;;", "situation"),
     ("decharge;Décharge;140;;", "situation_quotite"),
     ("decharge;Décharge;25;2024-09-01;2023-09-01", "situation_fin")],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_column(database, now, line, column):
    report = import_dossiers((ROW + line + "\n").encode(), "test", now)
    assert [fault.column for fault in report.refused] == [column]
