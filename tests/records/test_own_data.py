"""What is kept about a person: all of it taken away, all of it erased, the journal readable."""

import csv
import io
import json
import os
import sqlite3
import stat
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from record_pieces import image, slices
from sqlalchemy import select, text

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands import dossier as commands
from iprof_kit.records import database as db
from iprof_kit.records import person as people_rows
from iprof_kit.records.journal import audit
from iprof_kit.records.tables import METADATA
from iprof_kit.services.academies import Conservation, conservation
from iprof_kit.services.access.accounts import open_session
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.cv.reader import open_link
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.own_data import erasure, retention
from iprof_kit.services.own_data.archive import write_archive
from iprof_kit.services.own_data.inventory import LISTED
from iprof_kit.services.own_data.papers import fiche_document
from iprof_kit.services.reports import answers

JEAN = Owner("D0001", "jdupont")
HELD = (
    "agents", "echelons", "positions", "affectations", "rendez_vous", "accounts", "account_roles",
    "sessions", "own_contacts", "cases", "case_events", "papers", "cvs", "cv_versions", "cv_links",
    "carnets", "writes", "audit",
)  # fmt: skip
"""The tables where the person of `full` has a row."""


@pytest.fixture
def full(jean, draft, now):
    """Jean Dupont with a row in each of `HELD`."""
    open_session("jdupont", now)
    jean("dossier.lire")
    jean("contact_enregistrer", valeurs={"portable": "06 39 98 12 34"}, revision=0, cle="contact-1")
    piece = jean(
        "piece_deposer",
        nom="scan.png",
        part=0,
        parts=1,
        contenu=slices(image("PNG"))[0],
        cle="piece-premiere",
    ).piece
    jean("signaler", donnee="identite.nom", indique="Dupond", cle="signaler-1", pieces=[piece.id])
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    version = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    jean("carnet_enregistrer", sujet="voeux", contenu={"essai": 1}, revision=0, cle="carnet-un")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    jean("carnet_lire", sujet="voeux")
    link = jean("cv_lien_creer", **shown, jours=3, cle="lien-premier")
    open_link(link.adresse.rpartition("#")[2], now, "192.0.2.7")
    return jean


def taken(now):
    out = io.BytesIO()
    write_archive(JEAN, out, now)
    return ZipFile(out)


def run(command, *arguments):
    return CliRunner().invoke(command, arguments, catch_exceptions=False).output


def history():
    with db.reading() as session:
        return repr([tuple(row) for row in session.execute(text("SELECT * FROM writes"))])


def test_every_table_is_taken_away_or_left_out_for_a_reason():
    told = people_rows.reachable_tables() | set(people_rows.BY_SUBJECT)
    assert set(METADATA.tables) == told | set(people_rows.NOT_ABOUT_A_PERSON)
    assert not told & set(people_rows.NOT_ABOUT_A_PERSON)
    assert all(people_rows.NOT_ABOUT_A_PERSON.values())
    assert people_rows.reachable_tables() >= LISTED


def test_the_archive_holds_everything_in_three_forms(full, dossiers, now):
    packed = taken(now)
    assert packed.testzip() is None
    names = set(packed.namelist())
    for table in HELD:
        assert {f"tables/{table}.json", f"tables/{table}.csv"} <= names, table
        rows = json.loads(packed.read(f"tables/{table}.json"))
        lines = packed.read(f"tables/{table}.csv").decode("utf-8-sig")
        assert len(list(csv.DictReader(io.StringIO(lines), delimiter=";"))) == len(rows) > 0
    whole = json.loads(packed.read("dossier.json"))
    assert whole["dossier"] == dossiers["D0001"].model_dump(mode="json")
    assert whole["saisies"][0]["valeur"] == "06 39 98 12 34"
    for name in ("fiche.pdf", "signalements/2026-0001.pdf", "cv/01-Poste-de-maitre-formateur.pdf"):
        assert packed.read(name).startswith(b"%PDF")
    [piece] = [name for name in names if name.startswith("pieces/")]
    assert packed.read(piece) == image("PNG")
    assert json.loads(packed.read("tables/papers.json"))[0]["content"] == piece
    assert "Dupond" in packed.read("tables/cases.json").decode()
    assert "signalement_envoye" in packed.read("tables/audit.json").decode()


def test_the_archive_holds_no_credential_and_nothing_of_others(full, now):
    packed = taken(now)
    everything = b"".join(packed.read(name) for name in packed.namelist())
    assert b"$argon2" not in everything
    assert b"hash" not in packed.read("tables/sessions.json")
    assert b"jdupont2" not in everything
    assert b"D0003" not in everything
    assert b"192.0.2.7" not in everything


def test_taking_everything_is_noted(full, now):
    taken(now)
    with db.reading() as session:
        assert audit.lines(session, subject="dossier:D0001")[0].action == "donnees_emportees"


def test_readings_tell_the_role_and_never_a_name(full, now):
    told = full("consultations").consultations
    others = [one for one in told if not one.vous]
    assert [(one.qui, one.objet) for one in others] == [
        ("Le lecteur d’un lien que vous avez créé", "Une version du CV")
    ]
    with db.writing() as session:
        audit.note(session, at=now, actor="mmartin", action="dossier_lu", subject="dossier:D0001")
    last = full("consultations").consultations[0]
    assert last.qui == "Un compte qui n’existe plus" or last.vous
    assert "mmartin" not in full("consultations").model_dump_json()


def test_one_s_own_readings_are_counted_by_day(jean, now):
    for when in (now, now + timedelta(hours=1), now + timedelta(days=1)):
        jean("dossier.lire", when=when)
    mine = [one for one in jean("consultations").consultations if one.objet == "Le dossier"]
    assert [one.nombre for one in mine] == [1, 2]
    assert all(one.vous for one in mine)


def test_what_is_kept_is_said_with_what_is_configured_only(full, monkeypatch, tmp_path):
    told = full("mes_donnees")
    assert told.responsable == "Rectorat de démonstration (fictif)"
    assert all(kind.duree for kind in told.categories)
    file = tmp_path / "academies.yml"
    file.write_text('academies:\n  - {code: "06", nom: Essai, assistance_nom: A}\n', "utf-8")
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))
    told = full("mes_donnees")
    assert (told.responsable, told.delegue, told.base_legale) == (None, None, None)
    kinds = {kind.quoi: kind for kind in told.categories}
    assert kinds["Le journal de ce qui est lu et fait"].duree is None
    assert kinds["La copie de votre dossier administratif"].nombre > 5


def test_erasing_shows_first_and_changes_nothing(full, now):
    counted = erasure.erasable("D0001")
    assert counted.rows["agents"] == counted.rows["papers"] == 1
    assert counted.pseudonym is None
    assert full("contact").revision == 1


def test_erasing_leaves_no_row_and_a_readable_journal(full, teachers, database, now):
    done = erasure.erase("D0001", "demande de la personne", "iprof effacer", now)
    with db.reading() as session:
        for name in people_rows.reachable_tables():
            rows = session.execute(select(METADATA.tables[name])).mappings().all()
            assert not [row for row in rows if "D0001" in map(str, row.values())], name
        lines = list(audit.readable_lines(session))
    said = repr([(one.actor, one.subject, one.detail, one.address) for one in lines])
    assert "D0001" not in said
    assert "'jdupont'" not in said
    assert "192.0.2.7" not in said
    assert "'jdupont'" not in history()
    assert "D0001" not in history()
    assert lines[-1].action == "dossier_efface"
    assert lines[-1].detail == "demande de la personne"
    assert lines[-1].subject == f"dossier:{done.pseudonym}"
    kept = [one.action for one in lines if one.subject == f"dossier:{done.pseudonym}"]
    assert {"dossier_lu", "signalement_envoye", "contact_enregistre"} <= set(kept)
    assert [one.subject for one in lines if one.action == "carnet_lu"] == [
        f"carnet:{done.pseudonym}:voeux"
    ]
    assert any(one.actor == "jdupont2" or "jdupont2" in one.subject for one in lines)


def test_erasing_needs_a_file_and_a_reason(full, now):
    with pytest.raises(InputError, match="motif"):
        erasure.erase("D0001", " ", "iprof effacer", now)
    with pytest.raises(InputError, match="n’existe pas"):
        erasure.erase("D9999", "demande", "iprof effacer", now)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_local_file_no_longer_holds_what_was_erased(full, database):
    assert "Effacé." in run(commands.erase, "D0001", "--motif", "demande", "--confirmer")
    path = db.database_url().database
    assert b"Dupond" not in Path(path).read_bytes()
    with sqlite3.connect(path) as link:
        assert link.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_is_erased_while_somebody_reads_is_said_and_compacted_later(
    full, database, monkeypatch
):
    monkeypatch.setattr(db, "WAIT_SECONDS", 0.1)
    path = db.database_url().database
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT claimed FROM cases").fetchall()
        said = run(commands.erase, "D0001", "--motif", "demande", "--confirmer")
    assert said.index("Le journal la nomme") < said.index("pas encore compacté")
    assert "arrêtez le serveur" in said
    assert "compacté" not in run(commands.retention_, "--appliquer")
    assert b"Dupond" not in Path(path).read_bytes()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_that_cannot_be_compacted_is_not_said_to_be_unchanged(full, database, monkeypatch):
    def full_disk(*, whole):
        raise Unavailable("le disque est plein. Rien n’a été modifié.")

    monkeypatch.setattr(commands, "reclaim", full_disk)
    for said in (
        run(commands.erase, "D0001", "--motif", "demande", "--confirmer"),
        run(commands.retention_, "--appliquer"),
    ):
        assert "Effacé." in said
        assert "pas encore compacté" in said
        assert "Rien n’a été modifié" not in said


def test_the_command_tries_before_it_erases(full):
    assert "Essai\u00a0: rien n’est effacé" in run(commands.erase, "D0001", "--motif", "x")
    assert full("contact").revision == 1


def test_only_what_has_a_configured_length_is_removed(full, now):
    later = now + timedelta(days=400)
    none = {one.what: one for one in retention.sweeps(Conservation(), later)}
    assert none["journal"].before is None
    assert none["pièces jamais envoyées"].before
    short = Conservation(journal_mois=6, adresses_mois=3)
    some = {one.what: one.count for one in retention.sweeps(short, later)}
    assert some["journal"] > 3
    assert some["adresses"] == 1
    retention.sweep(short, "iprof retention", later)
    with db.reading() as session:
        lines = list(audit.readable_lines(session))
    assert {line.actor for line in lines} == {"iprof retention"}
    assert [line.action for line in lines] == [
        "adresses_effacees",
        "journal_elague",
        "conservation_appliquee",
    ]
    line = lines[-1]
    assert "journal" in line.detail
    assert full("signalements").signalements


def test_a_paper_never_sent_is_forgotten_and_an_answered_one_after_its_time(full, now):
    full(
        "piece_deposer",
        nom="b.png",
        part=0,
        parts=1,
        contenu=slices(image("PNG"))[0],
        cle="piece-deuxieme",
    )
    later = now + timedelta(days=8)
    counted = {one.what: one.count for one in retention.sweep(Conservation(), "x", later)}
    assert (counted["pièces jamais envoyées"], counted["pièces"]) == (1, 0)
    answers.correct("2026-0001", "Dupond", "iprof signalement", now)
    much_later = now + timedelta(days=800)
    kept = Conservation(pieces_mois=24)
    counted = {one.what: one.count for one in retention.sweep(kept, "x", much_later)}
    assert counted["pièces"] == 1
    [report] = full("signalements").signalements
    assert report.pieces == []


def test_w20_a_thread_that_nobody_ever_answered_and_its_papers_go_in_their_time(full, now):
    assert full("signalements").signalements  # sent, not answered
    later = now + timedelta(days=800)
    kept = Conservation(pieces_mois=24)
    removed = {one.what: one.count for one in retention.sweep(kept, "x", later)}
    assert removed["pièces"] == 1
    kept = Conservation(signalements_mois=24)
    removed = {one.what: one.count for one in retention.sweep(kept, "x", later)}
    assert removed["signalements"] == 1
    assert not full("signalements").signalements


def test_a_report_that_retention_removed_leaves_nothing_to_an_erased_person(full, now):
    answers.answer("2026-0001", "Nous corrigeons.", "iprof signalement", now)
    answers.correct("2026-0001", "Dupond", "iprof signalement", now)
    [report] = full("signalements").signalements
    assert "Dupond" in history()
    kept = Conservation(signalements_mois=6)
    retention.sweep(kept, "iprof retention", now + timedelta(days=200))
    assert "contacts:D0001" in history()
    assert report.id not in history()
    erasure.erase("D0001", "demande de la personne", "iprof effacer", now)
    assert not [word for word in ("D0001", "Dupond", "'jdupont'") if word in history()]


def test_a_link_that_is_forgotten_leaves_no_history(full, now):
    [link] = full("cv").liens
    full("cv_lien_revoquer", id=link.id)
    assert f"cv_links:{link.id}" in history()
    later = now + timedelta(days=800)
    shown = {"version_id": link.version_id, "cible_id": "c1", "coordonnees": False}
    full("cv_lien_creer", when=later, **shown, jours=3, cle="lien-deuxieme")
    assert link.id not in history()
    retention.sweep(Conservation(), "iprof retention", later + timedelta(days=800))
    assert "cv_links:" not in history()


def test_the_sample_configures_every_length():
    assert all(value for value in conservation().model_dump().values())


def test_the_commands_say_what_they_would_do(full, tmp_path):
    assert "Essai\u00a0: rien n’est effacé" in run(commands.retention_)
    out = tmp_path / "tout.zip"
    run(commands.take_away, "D0001", str(out))
    assert "dossier.json" in ZipFile(out).namelist()


def test_what_is_taken_for_nobody_is_neither_noted_nor_written(full, tmp_path):
    out = tmp_path / "tout.zip"
    with pytest.raises(Unavailable, match="n’est pas dans cette base"):
        run(commands.take_away, "D9999", str(out))
    assert not out.exists()
    with db.reading() as session:
        assert not audit.lines(session, subject="dossier:D9999")


def test_what_exists_is_not_written_over_and_nothing_is_noted(full, tmp_path):
    out = tmp_path / "tout.zip"
    out.write_bytes(b"former")
    with pytest.raises(InputError, match="existe déjà"):
        run(commands.take_away, "D0001", str(out))
    with pytest.raises(InputError, match="n’est pas vide"):
        run(commands.pieces, "2026-0001", str(tmp_path))
    assert out.read_bytes() == b"former"
    with db.reading() as session:
        done = {line.action for line in audit.lines(session, subject="dossier:D0001")}
    assert not done & {"donnees_emportees", "piece_lue"}


def test_a_file_that_cannot_be_made_is_said_with_its_place(full, tmp_path):
    out = tmp_path / "absent" / "tout.zip"
    with pytest.raises(InputError, match="ne peut pas être écrit") as refused:
        run(commands.take_away, "D0001", str(out))
    assert refused.value.where == str(out)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_only_who_runs_the_commands_reads_what_they_write(full, tmp_path):
    folder, out = tmp_path / "pieces", tmp_path / "tout.zip"
    run(commands.take_away, "D0001", str(out))
    run(commands.pieces, "2026-0001", str(folder))
    rights = [stat.S_IMODE(one.stat().st_mode) for one in (out, folder, *folder.iterdir())]
    assert rights == [0o600, 0o700, 0o600]


def test_the_fiche_says_the_grade_and_the_function_of_today():
    marie = next(one for one in sample_dossiers() if one.numero == "D0002")
    today = date(2026, 11, 25)
    facts = {
        fact.label: fact.value
        for part in fiche_document(marie, [], today).sections[0].parts
        for fact in part.facts
    }
    posts = [one for one in marie.affectations if one.fin is None]
    assert facts["Grade"] == marie.echelons[-1].grade.replace("_", " ")
    assert posts[-1].fonction in facts["Fonction"]
    assert posts[-1].discipline in facts["Fonction"]
