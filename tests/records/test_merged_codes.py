"""Schools renamed and academies merged: files, perimeters, what comes later under the old codes."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from test_import import file_of, row, stored

from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio
from iprof_kit.records.repository import Write
from iprof_kit.services.access.accounts import NewAccount, NewPortfolio, create_account
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.reach import reach_of
from iprof_kit.services.dossier import merging
from iprof_kit.services.dossier.correspondences import import_correspondences
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.dossier.merging import bring_to_the_codes_of

OLD, NEW = "0630001A", "0630002B"


def line(kind, old, new, since="25/11/2026", name=""):
    return {"nature": kind, "ancien": old, "nouveau": new, "nom": name, "du": since}


@pytest.fixture
def given(database, now):
    return lambda *lines: import_correspondences(file_of(*lines), "test", now)


@pytest.fixture
def load(database, now):
    return lambda *rows, **more: import_dossiers(file_of(*rows), "test", now, **more)


@pytest.fixture
def normandie(load, now):
    """People of two academies, each followed whole by one case manager."""
    load(
        row(numero="C1", academie="05", departement="014"),
        row(numero="C2", academie="05", departement="050"),
        row(numero="R1", academie="21", departement="076"),
    )
    for compte, academie in (("caen", "05"), ("rouen", "21")):
        portfolio = NewPortfolio(academie, None, None, f"Service {compte}", date(2020, 9, 1))
        new = NewAccount(compte, ("gestionnaire",), None, "06E0854321LMN", portfolios=[portfolio])
        create_account(new, "test", now)


def followed(compte, day):
    """Return whom an account follows on a day."""
    with db.reading() as session:
        account = session.scalars(select(Account).where(Account.compte == compte)).one()
        reach = reach_of(session, identity_of(account, day), day)
        return sorted(session.scalars(select(Agent.numero).where(reach.people())))


def test_merged_academies_take_their_people_and_each_manager_keeps_hers(given, normandie, now):
    given(line("academie", "05", "70"), line("academie", "21", "70"))
    done = bring_to_the_codes_of(now, "test")
    assert (done.codes, done.people) == (2, 3)
    assert {stored(numero).academie for numero in ("C1", "C2", "R1")} == {"70"}
    today = now.date()
    assert (followed("caen", today), followed("rouen", today)) == (["C1", "C2"], ["R1"])
    with db.reading() as session:
        former = session.scalars(select(Portfolio).where(Portfolio.academie == "05")).one()
        assert (former.du, former.au) == (date(2020, 9, 1), today - timedelta(days=1))
        assert session.scalars(select(Write.former).order_by(Write.id.desc())).first()["academie"]
    assert bring_to_the_codes_of(now, "test").codes == 0


def test_an_academy_that_only_changes_its_code_is_still_followed_whole(given, normandie, now):
    given(line("academie", "05", "70"))
    bring_to_the_codes_of(now, "test")
    with db.reading() as session:
        made = session.scalars(select(Portfolio).where(Portfolio.academie == "70")).one()
    assert (made.departement, made.du) == (None, now.date())


def test_a_day_that_has_not_come_changes_nothing(given, normandie, load, now):
    given(line("academie", "05", "70", "26/11/2026"))
    assert bring_to_the_codes_of(now, "test").codes == 0
    load(row(numero="C3", academie="05"))
    assert {stored("C1").academie, stored("C3").academie} == {"05"}


def test_nobody_is_left_without_a_manager_between_two_lots(given, normandie, now, monkeypatch):
    given(line("academie", "05", "70"), line("academie", "21", "70"))
    monkeypatch.setattr(merging, "AT_ONCE", 1)
    saved, seen = merging.save_files, []

    def cut(*lot):
        seen.append((followed("caen", now.date()), followed("rouen", now.date())))
        if len(seen) == 3:
            raise KeyboardInterrupt
        return saved(*lot)

    monkeypatch.setattr(merging, "save_files", cut)
    with pytest.raises(KeyboardInterrupt):
        bring_to_the_codes_of(now, "test")
    assert seen == [(["C1", "C2"], ["R1"])] * 3
    assert stored("R1").academie == "21"
    monkeypatch.setattr(merging, "save_files", saved)
    assert bring_to_the_codes_of(now, "test").people == 1
    assert (followed("caen", now.date()), followed("rouen", now.date())) == (["C1", "C2"], ["R1"])


def test_a_file_that_comes_late_under_an_old_code_is_read_under_the_new_one(
    given, normandie, load, now
):
    given(line("academie", "05", "70"), line("etablissement", OLD, NEW, name="École Neuve"))
    bring_to_the_codes_of(now, "test")
    report = load(
        row(numero="C1", academie="05", departement="014", uai=OLD),
        row(numero="C3", academie="05"),
        whole=True,
    )
    assert report.left == ["C2"]
    assert {stored(numero).academie for numero in ("C1", "C2", "C3")} == {"70"}
    held = stored("C1").affectations[0]
    assert (held.uai, held.etablissement, held.debut) == (NEW, "École Neuve", date(2015, 9, 1))


def test_a_renamed_school_keeps_its_name_of_then_in_what_had_ended(given, load, now):
    past = row(affectation_debut="2012-09-01", affectation_fin="2015-08-31", uai=OLD)
    load(past, row(uai=OLD))
    given(line("etablissement", OLD, NEW, name="École Neuve"))
    bring_to_the_codes_of(now, "test")
    assert [(one.uai, one.etablissement) for one in stored().affectations] == [
        (OLD, "École des Prés"),
        (NEW, "École Neuve"),
    ]


def test_a_school_renamed_under_its_code_is_named_by_whoever_read_it_last(given, load, now):
    load(row(uai=OLD))
    given(line("etablissement", OLD, OLD, name="École Neuve"))
    bring_to_the_codes_of(now, "test")
    assert stored().affectations[0].etablissement == "École Neuve"
    load(row(uai=OLD))
    assert stored().affectations[0].etablissement == "École Neuve"
    load(row(uai=OLD, etablissement="École neuve", lu_le="2026-11-25"))
    assert stored().affectations[0].etablissement == "École neuve"


def test_a_head_follows_her_school_under_its_new_code(given, load, now):
    create_account(NewAccount("chef", ("evaluateur",), None, "06E0854321LMN"), "test", now)
    with db.writing() as session:
        account = session.scalars(select(Account)).one()
        account.evaluator_portfolios = [
            EvaluatorPortfolio(part="chef", academie="06", uai=OLD, du=date(2026, 9, 1))
        ]
    given(line("etablissement", OLD, "0630009X"), line("etablissement", "0630009X", NEW))
    bring_to_the_codes_of(now, "test")
    with db.reading() as session:
        rows = session.scalars(select(EvaluatorPortfolio).order_by(EvaluatorPortfolio.id)).all()
    assert [(one.uai, one.au) for one in rows] == [
        (OLD, now.date() - timedelta(days=1)),
        (NEW, None),
    ]


@pytest.mark.parametrize(
    ("wrong", "column", "reason"),
    [
        (line("academie", "05", "99"), "nouveau", "n’est pas connue"),
        (line("canton", "05", "70"), "nature", "n’est pas admise"),
        (line("etablissement", "63", NEW), "ancien", "pas un UAI"),
        (line("academie", "05", "05"), "nouveau", "les mêmes"),
        (line("academie", "05", "70", name="Normandie"), "nom", "ne peut pas"),
        (line("academie", "05", "70", "demain"), "du", "n’est pas une date"),
        (line("academie", "21", "05"), "ancien", "déjà une autre"),
        (line("academie", "70", "21"), "nouveau", "redevient"),
    ],
)
def test_a_correspondence_that_cannot_be_refuses_the_file(given, now, wrong, column, reason):
    report = given(line("academie", "21", "70"), wrong)
    assert [(one.line, one.column) for one in report.refused] == [(3, column)]
    assert reason in report.refused[0].reason
    assert bring_to_the_codes_of(now, "test").codes == 0


def test_the_same_correspondences_again_change_nothing(given):
    assert given(line("academie", "21", "70")).added == 1
    assert given(line("academie", "21", "70")).unchanged == 1
