"""What the ministry's files say of who changes, leaves or comes back: in part, or of everybody."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from test_import import file_of, row, stored

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.base import snapshot
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.dossier import imports
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.dossier.storing import AGENTS

LAST = date(2026, 11, 20)


@pytest.fixture
def load(database, now):
    return lambda *rows, **more: import_dossiers(file_of(*rows), "test", now, **more)


@pytest.fixture
def forty(load):
    """Forty people in service, of whom the first has an account."""
    rows = [row(numero=f"R{number}") for number in range(40)]
    load(*rows)
    return rows


@pytest.fixture
def account(forty, now):
    create_account(NewAccount("zmartin", ("enseignant",), "R0", numen="06E0854321LMN"), "test", now)


def closed_on():
    with db.reading() as session:
        return session.scalar(select(Account.closed_on))


def leaver(numero, day="20/11/2026"):
    return {"numero": numero, "fin_de_service": day}


def test_a_line_that_is_absent_says_nothing_unless_the_load_is_whole(load, forty):
    load(row(numero="R1", prenom="Inès"))
    assert stored("R0").fin_de_service is None
    report = load(*forty[5:], whole=True)
    assert report.left == ["R0", "R1", "R2", "R3", "R4"]
    assert {stored(numero).fin_de_service for numero in report.left} == {date(2026, 11, 11)}
    assert stored("R1").identite.prenom == "Inès"  # nothing of hers is erased
    assert load(*forty[5:], whole=True).left == []


def test_who_leaves_closes_her_account_from_the_day_after(load, account):
    report = load(leaver("R0"), leaver("R1"))
    assert (report.left, report.refused) == (["R0", "R1"], [])
    assert stored("R0").fin_de_service == LAST
    assert closed_on() == LAST + timedelta(days=1)
    assert load(leaver("R0"), leaver("R1")).accepted == [("R0", "inchange"), ("R1", "inchange")]


def test_an_account_left_open_by_a_load_that_was_cut_is_closed_by_the_next(
    load, account, monkeypatch
):
    monkeypatch.setattr(imports, "close_accounts", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(leaver("R0"))
    monkeypatch.undo()
    assert closed_on() is None
    load(leaver("R0"))
    assert closed_on() == LAST + timedelta(days=1)


def test_who_comes_back_is_in_service_and_her_closed_account_is_told(load, account):
    load(leaver("R0"))
    report = load(row(numero="R0"))
    assert stored("R0").fin_de_service is None
    assert report.back == ["zmartin"]
    assert closed_on() == LAST + timedelta(days=1)


@pytest.mark.parametrize(
    ("line", "column", "reason"),
    [
        (leaver("R900"), "numero", "n’existe pas"),
        (leaver("R0", "hier"), "fin_de_service", "n’est pas une date"),
        (row(numero="R0", fin_de_service="2009-01-01"), "fin_de_service", "précède l’entrée"),
    ],
)
def test_a_departure_that_cannot_be_is_refused_at_its_line(load, forty, line, column, reason):
    report = load(row(numero="R1"), line)
    fault = next(one for one in report.refused if one.column == column)
    assert fault.line == 3
    assert reason in fault.reason
    assert report.left == []


def test_the_last_administrator_keeps_her_account_and_the_line_says_so(load, forty, now):
    roles = ("enseignant", "administrateur")
    create_account(NewAccount("zmartin", roles, "R0", numen="06E0854321LMN"), "test", now)
    report = load(leaver("R0"), leaver("R1"))
    [fault] = report.refused
    assert (fault.line, "dernier compte d’administration" in fault.reason) == (2, True)
    assert closed_on() is None


def test_a_whole_load_that_was_cut_makes_nobody_leave_without_consent(load, forty):
    with pytest.raises(Refused, match="25 personnes sur 40") as refusal:
        load(*forty[25:], whole=True)
    assert "--departs 25" in refusal.value.remedy
    assert stored("R0").fin_de_service is None
    with pytest.raises(Refused, match="plus que 24"):
        load(*forty[25:], whole=True, leavers=24)
    report = load(*forty[25:], whole=True, only_check=True)
    assert (len(report.absent.numeros), report.absent.most) == (25, 10)
    assert len(load(*forty[25:], whole=True, leavers=25).left) == 25


def test_a_whole_load_leaves_other_academies_and_who_is_newer_alone(load):
    load(row(), row(numero="R101", academie="01"), row(numero="R102", lu_le="2026-11-20"))
    report = load(row(numero="R103"), whole=True)
    assert report.left == ["R100"]


def test_a_refused_line_of_a_whole_load_makes_nobody_leave(load, forty):
    report = load(row(numero="R0", echelon="42"), *forty[1:], whole=True)
    assert (report.refused_people, report.left) == (1, [])
    with pytest.raises(InputError, match="qui manque"):
        load(row(numero=""), *forty[1:], whole=True)


def test_a_load_cut_between_two_lots_goes_on_where_it_stood(load, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 3)
    rows = [row(numero=f"R{number}") for number in range(8)]
    saved, lots = imports.save_files, []

    def cut(*lot):
        lots.append(len(lot[0]))
        if len(lots) == 3:
            raise KeyboardInterrupt
        return saved(*lot)

    monkeypatch.setattr(imports, "save_files", cut)
    with pytest.raises(KeyboardInterrupt):
        load(*rows)
    monkeypatch.setattr(imports, "save_files", saved)
    outcomes = [outcome for _, outcome in load(*rows).accepted]
    assert outcomes == ["inchange"] * 6 + ["cree"] * 2


def test_the_history_of_many_keeps_what_a_single_write_would(load, dossiers):
    load(row(situation="handicap", situation_libelle="RQTH", reliquat_jours="12"))
    with db.reading() as session:
        before = snapshot(AGENTS.find(session, "R100"))
    load(row(prenom="Inès", position="En congé", position_debut="2026-10-01"))
    with db.reading() as session:
        query = select(Write.former, Write.version, Write.by).order_by(Write.id)
        first, second = session.execute(query).all()
    assert (first.former, first.version) == (None, 1)
    assert json.dumps(second.former, sort_keys=True) == json.dumps(before, sort_keys=True)
    assert (second.version, second.by) == (2, "test")
