"""A folder taken each night: what is taken, what stays, who writes meanwhile."""

import threading

import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session
from test_import import file_of, row, stored

from iprof_kit.base.errors import Unavailable
from iprof_kit.commands.people import import_
from iprof_kit.records import database as db
from iprof_kit.records.agents import OwnContact
from iprof_kit.services.dossier import imports
from iprof_kit.services.dossier.nightly import take_folder
from iprof_kit.services.dossier.storing import save_dossier


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "arrivees"
    place.mkdir()
    return place


@pytest.fixture
def night(database, folder, now):
    return lambda: list(take_folder(folder, lambda file: file.read_bytes(), "test", now))


def put(folder, name, *rows):
    (folder / name).write_bytes(file_of(*rows))


def left_in(folder):
    return sorted(one.name for one in folder.glob("*.csv"))


def test_codes_come_first_then_whole_loads_then_changes_each_once(night, folder):
    code = {"nature": "academie", "ancien": "05", "nouveau": "70", "nom": "", "du": "2026-11-01"}
    put(folder, "changements-2.csv", row(numero="R1", prenom="Inès", academie="05"))
    put(folder, "complet-1.csv", row(numero="R1", academie="05"), row(numero="R2", academie="05"))
    put(folder, "correspondances.csv", code)
    names = [one.name for one in night()]
    assert names == ["correspondances.csv", "codes du jour", "complet-1.csv", "changements-2.csv"]
    assert (stored("R1").identite.prenom, stored("R2").academie) == ("Inès", "70")
    assert (left_in(folder), len(list((folder / "faits").iterdir()))) == ([], 3)
    assert night() == []


def test_refused_lines_are_written_beside_the_file_one_a_line(night, folder):
    put(folder, "changements.csv", row(), row(numero="R1", echelon="42"), row(numero="R2", nom=""))
    [taken] = night()
    assert (taken.refused, taken.stays) == (2, False)
    [refusals] = (folder / "faits").glob("*-refus.csv")
    lines = refusals.read_text(encoding="utf-8-sig").splitlines()
    assert [one.split(";")[:2] for one in lines[1:]] == [["3", "echelon"], ["4", "nom"]]
    assert refusals.stat().st_mode & 0o777 == 0o600


def test_what_cannot_be_taken_stays_and_the_rest_goes_on(night, folder):
    put(folder, "complet-1.csv", *(row(numero=f"R{number}") for number in range(20)))
    night()
    put(folder, "complet-2.csv", row(numero="R0"))
    put(folder, "changements.csv", row(numero="R21"))
    put(folder, "autre.csv", row())
    (folder / "changements-0.csv").write_bytes(b"\xff")
    stays = {one.name: one.words for one in night() if one.stays}
    assert set(stays) == {"complet-2.csv", "autre.csv", "changements-0.csv"}
    assert "--departs 19" in stays["complet-2.csv"].replace("\u00a0", " ")
    assert left_in(folder) == ["autre.csv", "changements-0.csv", "complet-2.csv"]
    assert (stored("R21") is not None, stored("R1").fin_de_service) == (True, None)


def test_a_scheduler_reads_it_in_the_code(database, folder):
    def code():
        return CliRunner().invoke(import_, ["nuit", str(folder)]).exit_code

    put(folder, "changements.csv", row())
    assert code() == 0
    put(folder, "changements.csv", row(echelon="42"))
    assert code() == 1
    put(folder, "inconnu.csv", row())
    assert code() == 2


def test_two_nights_at_once_are_refused(night, folder, now):
    put(folder, "changements.csv", row())
    first = take_folder(folder, lambda file: file.read_bytes(), "test", now)
    next(first)
    with pytest.raises(Unavailable, match="déjà"):
        night()
    first.close()


def test_people_write_between_two_lots_and_none_waits_for_the_file(
    night, folder, dossiers, now, monkeypatch
):
    """Each lot is one transaction: before the next one begins, whoever waited has written."""
    monkeypatch.setattr(imports, "AT_ONCE", 5)
    put(folder, "changements.csv", *(row(numero=f"R{number}") for number in range(20)))
    saved, written, refused = imports.save_files, [], []

    def one_of_the_portal():
        try:
            name = f"P{len(written)}"
            save_dossier(dossiers["D0001"].model_copy(update={"numero": name}), "portail", now)
            written.append(name)
        except Unavailable as error:
            refused.append(error)

    def with_somebody_beside(*lot):
        person = threading.Thread(target=one_of_the_portal)
        person.start()
        outcome = saved(*lot)
        person.join()
        return outcome

    monkeypatch.setattr(imports, "save_files", with_somebody_beside)
    [taken] = night()
    assert "20 créés" in taken.words.replace("\u00a0", " ")
    assert (len(written), refused) == (4, [])
    assert all(stored(name) is not None for name in written)


@pytest.mark.parametrize("database", ["postgres"], indirect=True)
def test_who_writes_beside_a_file_waits_for_no_lot_that_changes_it(night, folder, now):
    """PostgreSQL would have a row that names a file wait, were that file locked whole."""
    put(folder, "changements.csv", row())
    night()
    put(folder, "changements.csv", row(prenom="Inès"))
    engine, kept = create_engine(db.database_url()), []

    def beside(connection):
        if connection.get_execution_options().get("writes") and not kept:
            with Session(engine) as session, session.begin():
                session.execute(text("SET LOCAL lock_timeout = '1s'"))
                session.add(OwnContact(numero="R100", saved_at=now, entries={}))
            kept.append("R100")

    event.listen(db.engine(), "commit", beside)
    try:
        night()
    finally:
        event.remove(db.engine(), "commit", beside)
        engine.dispose()
    assert (kept, stored().identite.prenom) == (["R100"], "Inès")
