import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect, text
from two_versions import differences

from iprof_kit import records
from iprof_kit.base.errors import Unavailable
from iprof_kit.records import database as db
from iprof_kit.records.tables import METADATA
from iprof_kit.services.access.accounts import NewAccount, create_account, open_session, session_of
from iprof_kit.services.dossier.storing import find_whole_dossier, save_dossier
from iprof_kit.services.guichet.operations import run


def read(numero):
    with db.reading() as session:
        return find_whole_dossier(session, numero)


def numbers():
    """Return who is in the database, whatever its version."""
    with db.engine().connect() as connection:
        return list(connection.scalars(text("SELECT numero FROM agents")))


def tables():
    return set(inspect(db.engine()).get_table_names())


def test_the_migrations_make_what_the_models_say(database):
    with db.engine().connect() as connection:
        assert differences(connection) == []


def test_whoever_needs_every_table_reads_every_module_that_holds_one():
    code = "from iprof_kit.records.tables import METADATA; print(*METADATA.tables)"
    alone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    folder = Path(records.__file__).parent
    written = {
        name
        for path in folder.rglob("*.py")
        for name in re.findall(r'^    __tablename__ = "(\w+)"', path.read_text("utf-8"), re.M)
    }
    assert set(alone.stdout.split()) == written


def test_going_down_and_up_again_keeps_the_dossiers(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    create_account(
        NewAccount("jdupont", ("enseignant",), "D0001", numen="06E0854321LMN"), "test", now
    )
    db.migrate("0001", down=True)
    assert "accounts" not in tables()
    assert numbers() == ["D0001"]
    db.migrate("head")
    assert "accounts" in tables()
    assert read("D0001") == dossiers["D0001"]


def test_going_down_to_nothing_and_up_gives_an_empty_database(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    db.migrate("base", down=True)
    assert tables() == {"alembic_version"}
    db.migrate("head")
    assert read("D0001") is None


def test_preparing_again_keeps_everything(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    db.prepare_database()
    assert read("D0001") == dossiers["D0001"]


def test_two_servers_may_prepare_the_same_database_at_once(empty_database):
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(db.prepare_database) for _ in range(4)]:
            done.result()
    assert set(METADATA.tables) <= tables()


def test_a_database_of_a_newer_kit_is_left_alone(database):
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unavailable, match="plus récente"):
        db.prepare_database()


def test_going_below_the_cv_loses_it_alone_and_up_again_it_can_be_written(jean, draft, dossiers):
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    version = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    jean("cv_lien_creer", **shown, jours=3, cle="lien-premier")
    db.migrate("0002", down=True)
    assert not {"cvs", "cv_versions", "cv_links"} & tables()
    assert "D0001" in numbers()
    db.migrate("head")
    assert jean("cv").cv is None
    assert jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-deux").revision == 1


def test_coming_from_a_kit_without_cv_keeps_everybody_and_gives_them_one(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)
    create_account(
        NewAccount("jdupont", ("enseignant",), "D0001", password="trois mots sans lien"),
        "test",
        now,
    )
    db.migrate("0002", down=True)
    db.prepare_database()
    assert read("D0001") == dossiers["D0001"]
    jean = session_of(open_session("jdupont", now), now)
    saved = run(jean, "cv_enregistrer", {"cv": {}, "revision": 0, "cle": "brouillon-un"}, now)
    assert (saved.issue, saved.revision) == ("enregistre", 1)


def test_a_cv_goes_with_its_file(jean, draft):
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    version = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    jean("cv_lien_creer", **shown, jours=3, cle="lien-premier")
    with db.writing() as session:
        session.execute(text("UPDATE accounts SET agent_id = NULL"))
        session.execute(text("DELETE FROM agents WHERE numero = 'D0001'"))
    with db.reading() as session:
        for table in ("cvs", "cv_versions", "cv_links"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_going_below_the_dossier_loses_what_she_wrote_alone_and_up_again_she_writes(jean):
    jean("contact_enregistrer", valeurs={"portable": "06 39 98 12 34"}, revision=0, cle="contact-1")
    sent = {"donnee": "identite.nom", "indique": "Dupond"}
    assert jean("signaler", **sent, cle="signaler-un").signalement.numero == "2026-0001"
    db.migrate("0004", down=True)
    assert (
        not {"own_contacts", "reports", "report_files", "cases", "case_events", "papers"} & tables()
    )
    assert "carnets" in tables()
    assert "D0001" in numbers()
    db.migrate("head")
    assert jean("contact").revision == 0
    again = jean("signaler", **sent, cle="signaler-deux").signalement
    assert again.numero.startswith("2026-")
    assert (
        jean(
            "contact_enregistrer", valeurs={"ville": "Thiers"}, revision=0, cle="contact-deux"
        ).issue
        == "enregistre"
    )


def test_going_below_the_desk_keeps_who_follows_whom_and_loses_what_was_closed(manager, now):
    desk = manager("gmorel", ("06", "063", "pe"), ("10",))
    with db.writing() as session:
        session.execute(text("UPDATE portfolios SET au = '2026-11-30' WHERE academie = '10'"))
    db.migrate("0009", down=True)
    assert not {"absences", "case_notes", "answer_drafts"} & tables()
    with db.engine().connect() as link:
        kept = link.execute(text("SELECT academie, departement, corps FROM portfolios")).all()
    assert [tuple(row) for row in kept] == [("06", "063", "pe")]
    db.migrate("head")
    read = desk("bureau")
    assert (read.service, read.suivies) == ("Service gestionnaire", 1)
    assert desk("bureau_portefeuille").depuis is None


def test_answers_of_before_learn_how_long_they_were_waited_for(manager, written, jean, now):
    desk, name = manager(), written(when=now)
    acts = [("repondre", 3), ("completer", 4), ("completer", 6), ("repondre", 9), ("clore", 10),
            ("rouvrir", 11), ("clore", 13)]  # fmt: skip
    for number, (act, day) in enumerate(acts, 1):
        words = {"id": name, "acte": act, "texte": "Voilà.", "cle": f"cle-acte-{number}"}
        when = now + timedelta(days=day)
        if act == "repondre" or day == 13:
            desk("bureau_agir", when, vus=number, **words)
        else:
            jean("courrier_agir", when, **words)
    assert waits() == [3, 5, 2]  # from her first words after the answer before
    db.migrate("0011", down=True)
    db.migrate("head")
    assert waits() == [3, 5, 2]


def waits():
    query = "SELECT waited_days FROM case_events WHERE waited_days IS NOT NULL ORDER BY id"
    with db.engine().connect() as link:
        return list(link.execute(text(query)).scalars())


def test_what_she_wrote_goes_with_her_file(jean):
    jean("contact_enregistrer", valeurs={"portable": "06 39 98 12 34"}, revision=0, cle="contact-1")
    jean("signaler", donnee="identite.nom", indique="Dupond", cle="signaler-un")
    with db.writing() as session:
        session.execute(text("UPDATE accounts SET agent_id = NULL"))
        session.execute(text("DELETE FROM agents WHERE numero = 'D0001'"))
    with db.reading() as session:
        for table in ("own_contacts", "cases", "case_events", "papers"):
            assert session.scalar(text(f"SELECT count(*) FROM {table}")) == 0
