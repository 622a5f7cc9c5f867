"""`iprof doctor` ends with 0 only where the kit can serve, and names what keeps it from it."""

import os
import shutil
import socket
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from iprof_kit.base.configuration.data_folder import restoration_mark
from iprof_kit.base.configuration.in_force import FILE, in_force
from iprof_kit.base.configuration.sections import Reglages
from iprof_kit.base.errors import Unavailable
from iprof_kit.commands.host import doctor as command
from iprof_kit.commands.host import risks
from iprof_kit.records import database as db
from iprof_kit.services.access.accounts import NewAccount, create_account

from .conftest import administer, of

OPEN, PROXY = {"ip": "10.0.0.5"}, {"https": True, "mandataires": ("10.0.0.1",)}
GRACE = {"sursis": 30}
WORD = "quatre mots sans lien"
PROVED = {"roles": ["administrateur"]}


def examined(*options):
    result = CliRunner().invoke(command.doctor, options, catch_exceptions=False)
    return result.exit_code, result.output


@pytest.fixture
def address(monkeypatch, tmp_path):
    """Return a function: the kit is told this address, and forgets it afterwards."""
    monkeypatch.setenv("IPROF_VAR", str(tmp_path / "var"))
    monkeypatch.setattr(db, "WAIT_SECONDS", 2.0)

    def told(url):
        monkeypatch.setenv("IPROF_DATABASE_URL", url)

    return told


def test_a_database_that_is_ready_lets_the_kit_serve(database):
    code, said = examined()
    assert code == 0
    assert "Textes vérifiés jusqu’au" in said
    assert "Empêche de servir" not in said


@pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
def test_the_connections_of_the_database_are_those_that_it_does_not_reserve(database):
    """The tests' own server has 50; PostgreSQL's default keeps 3 for its superusers."""
    said = examined()[1].replace("\u00a0", " ")
    assert "La base donne 47 connexions" in said
    assert "de quoi servir avec 1 copie." in said


@pytest.mark.parametrize(
    "database", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)
@pytest.mark.parametrize(
    ("offered", "more", "copies", "enough"),
    [(97, "30", "2 copies", True), (97, "14", "4 copies", True), (20, "30", "0 copie", False)],
)
def test_for_how_many_copies_of_the_kit_the_database_has_connections(
    database, monkeypatch, offered, more, copies, enough
):
    monkeypatch.setenv("IPROF_BASE_CONNEXIONS_DE_PLUS", more)
    monkeypatch.setattr(command, "connections_of_the_server", lambda _session: offered)
    said = examined()[1].replace("\u00a0", " ")
    assert f"de quoi servir avec {copies}." in said
    assert ("augmentez max_connections" in said) is not enough


def test_where_nothing_is_weak_nothing_is_to_be_noted_whatever_the_database_is(
    database, monkeypatch
):
    for name in ("missing_walls", "missing_world", "lacking"):
        monkeypatch.setattr(command, name, tuple)
    monkeypatch.setattr(command, "POSSIBLE", True)
    code, said = examined()
    assert (code, "Rien à signaler" in said.replace("\u00a0", " ")) == (0, True)


def test_on_this_machine_with_its_own_walls(prepared_sqlite, tmp_path):
    shutil.copytree(prepared_sqlite, tmp_path / "var")
    alone = os.environ | {"IPROF_VAR": str(tmp_path / "var"), "PYTHONUTF8": "1"}
    alone.pop("IPROF_DATABASE_URL", None)
    order = [sys.executable, "-m", "iprof_kit", "doctor"]
    said = subprocess.run(order, env=alone, capture_output=True, check=False, encoding="utf-8")
    assert (said.returncode, said.stderr) == (0, "")
    assert "le kit peut servir" in said.stdout or "Rien à signaler" in said.stdout


def test_a_session_that_could_not_read_the_kit_keeps_from_serving(database, monkeypatch):
    def refuses():
        raise Unavailable("les sessions ne pourraient pas lire ce fichier.", where="/x/module.py")

    monkeypatch.setattr(command, "refuse_unreadable", refuses)
    code, said = examined()
    assert (code, "Empêche de servir" in said, "/x/module.py" in said) == (1, True, True)


def test_whose_role_asks_for_a_second_factor_and_who_has_none_is_named(database, now):
    for number in range(22):
        create_account(
            NewAccount(f"aadmin{number:02}", ("administrateur",), password=WORD), "test", now
        )
    [sentence] = command.unproved({"administrateur"}, now)
    assert "22 comptes sans seconde preuve" in sentence
    assert sentence.endswith("aadmin18, aadmin19… et 2 de plus.")
    assert command.unproved({"gestionnaire"}, now) == []


def test_a_weaker_wall_is_told_and_does_not_keep_from_serving(database, monkeypatch):
    monkeypatch.setattr(command, "missing_walls", lambda: ["il manque un mur."])
    code, said = examined()
    assert (code, "À savoir\u00a0: il manque un mur." in said) == (0, True)
    assert "le kit peut servir" in said


@pytest.mark.parametrize(
    ("chosen", "told"),
    [
        ({}, []),
        ({"site": {"ip": "::1"}}, []),
        ({"site": {"ip": "localhost"}}, []),
        ({"site": PROXY, "second_facteur": PROVED}, []),
        ({"site": OPEN | PROXY, "arret": GRACE, "second_facteur": PROVED}, []),
        ({"site": OPEN | PROXY, "arret": GRACE}, ["mot de passe seul"]),
        ({"site": OPEN, "arret": GRACE, "second_facteur": PROVED}, ["sans https"]),
        (
            {"site": {"ip": "0.0.0.0"}, "arret": GRACE},
            ["sans https", "sans nom de site", "mot de passe seul"],
        ),
        ({"site": {"mandataires": ("127.0.0.1",)}}, []),
        ({"site": {"mandataires": ("10.0.0.1", "0.0.0.0/0")}}, ["N’importe quelle adresse"]),
        ({"site": {"mandataires": ("::/0",)}}, ["N’importe quelle adresse"]),
        ({"site": {"https": True}}, ["sans mandataire", "mot de passe seul"]),
        ({"mesures": {"adresse": "127.0.0.1:9866"}}, []),
        ({"mesures": {"adresse": "[::1]:9866"}}, []),
        ({"mesures": {"adresse": "10.0.0.5:9866"}}, ["mesures.adresse"]),
        ({"journaux": {"niveau": "attention"}}, []),
        ({"journaux": {"niveau": "debug"}}, ["journaux.niveau"]),
        ({"site": OPEN | PROXY, "second_facteur": PROVED}, ["arret.sursis"]),
        ({"site": OPEN, "second_facteur": PROVED}, ["sans https", "arret.sursis"]),
    ],
)
def test_what_is_dangerous_in_settings(chosen, told):
    sentences = risks.dangers(Reglages.model_validate(chosen))
    assert len(sentences) == len(told)
    for risk, sentence in zip(told, sentences, strict=True):
        assert risk in sentence


def test_a_secret_that_is_not_there_or_that_others_read_is_told_and_never_shown(
    monkeypatch, tmp_path
):
    secret = tmp_path / "secret"
    secret.write_text("smtp://kit:hunter2@machine")
    file = tmp_path / "site.toml"
    file.write_text(f'[courriel]\nserveur = "fichier:{secret}"\n')
    monkeypatch.setenv(FILE, str(file))
    for mode, told in ((0o640, None), (0o644, f"chmod 640 {secret}"), (None, "il n’existe pas")):
        secret.unlink() if mode is None else secret.chmod(mode)
        sentences = list(risks.exposed_secrets(in_force()))
        assert "hunter2" not in str(sentences)
        assert [told in one for one in sentences] == ([True] if told else []), sentences


NAMED = {"mentions": {"editeur": "E", "hebergeur": "H"}}
FLAWS = {"contacts": ["mailto:s@a.example"], "expire": "2027-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("chosen", "notes"),
    [
        ({}, []),
        ({"site": OPEN}, ["mentions.editeur", "security.txt répond 404"]),
        ({"site": {"hotes": ["a.example"]}} | NAMED, ["security.txt répond 404"]),
        ({"site": PROXY, "securite": FLAWS}, ["mentions.editeur"]),
        ({"site": OPEN, "securite": FLAWS} | NAMED, []),
        ({"securite": FLAWS | {"expire": "2026-11-27T00:00:00Z"}}, ["ne fait plus foi"]),
    ],
)
def test_what_a_site_does_not_say_of_who_answers_for_it(chosen, notes):
    now = datetime(2026, 11, 28, tzinfo=UTC)
    sentences = risks.unpublished(Reglages.model_validate(chosen), now)
    assert len(sentences) == len(notes)
    for note, sentence in zip(notes, sentences, strict=True):
        assert note in sentence


def test_settings_are_shown_with_where_they_come_from_and_what_is_dangerous(
    database, monkeypatch, tmp_path
):
    monkeypatch.setenv(FILE, "")  # what the option writes there is undone afterwards
    monkeypatch.setenv("IPROF_LOG_LEVEL", "debug")
    (tmp_path / "site.toml").write_text("[places]\nen_tout = 300\n", encoding="utf-8")
    code, said = examined("--reglages", str(tmp_path / "site.toml"))
    plain = said.replace("\u00a0", " ")
    assert code == 0
    assert "places.en_tout = 300 pages (site.toml, ligne 2)" in plain
    assert 'journaux.niveau = "debug" (IPROF_LOG_LEVEL)' in plain
    assert "places.sans_compte" not in plain
    whole = examined("--tous", "--reglages", str(tmp_path / "site.toml"))[1]
    assert "places.sans_compte = 60 pages (valeur par défaut)" in whole.replace("\u00a0", " ")
    assert "À savoir : Les journaux du serveur disent chaque requête" in plain


def test_a_file_of_settings_that_is_refused_keeps_from_serving(database, monkeypatch, tmp_path):
    monkeypatch.setenv(FILE, "")
    (tmp_path / "site.toml").write_text("[places]\nentout = 300\n", encoding="utf-8")
    code, said = examined("--reglages", str(tmp_path / "site.toml"))
    monkeypatch.setenv(FILE, "")  # the database of the test is put away without it
    assert (code, "Empêche de servir" in said, "site.toml, ligne 2" in said) == (1, True, True)
    assert "Textes vérifiés jusqu’au" in said  # the rest is said all the same


def test_a_database_that_is_still_to_be_made(address, tmp_path):
    address(f"sqlite:///{tmp_path / 'none.sqlite'}")
    code, said = examined()
    assert (code, "la base n’existe pas encore" in said, "iprof serve" in said) == (1, True, True)
    assert not (tmp_path / "none.sqlite").exists()


def test_a_database_without_tables(empty_database):
    if empty_database == "sqlite":
        db.engine()  # an empty file is as good as none
    code, said = examined()
    assert code == 1
    assert "n’existe pas encore" in said or "n’est pas préparée" in said
    assert "iprof serve" in said


def test_a_database_of_another_age(database):
    db.migrate("0001", down=True)
    code, said = examined()
    assert (code, "plus ancienne" in said, "iprof migrer" in said) == (1, True, True)
    with db.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = 'demain'"))
    code, said = examined()
    assert (code, "plus récente" in said, "Mettez le kit à jour" in said) == (1, True, True)


def test_a_database_that_is_only_read(database, monkeypatch):
    if database == "sqlite":
        path = db.database_url().database
        monkeypatch.setenv("IPROF_DATABASE_URL", f"sqlite:///file:{path}?mode=ro&uri=true")
    else:
        name = db.database_url().database
        with db.engine().begin() as link:
            link.execute(text(f"ALTER DATABASE {name} SET default_transaction_read_only = on"))
        db.engine().dispose()
    code, said = examined()
    assert (code, "lecture seule" in said) == (1, True)
    db.engine().dispose()


def test_a_file_that_is_no_database(address, tmp_path):
    (tmp_path / "base").write_text("ceci n’est pas une base " * 100, encoding="utf-8")
    address(f"sqlite:///{tmp_path / 'base'}")
    code, said = examined()
    assert (code, "n’est pas une base de données" in said) == (1, True)


def test_a_restoration_that_was_cut(database):
    restoration_mark().parent.mkdir(exist_ok=True)
    restoration_mark().write_text("{}")
    code, said = examined()
    assert (code, "relancez iprof restaurer" in said) == (1, True)


def test_nobody_answers_at_the_address(address):
    with socket.socket() as taken:  # bound and never listening: refused at once
        taken.bind(("127.0.0.1", 0))
        address(f"postgresql://kit:tres-secret@127.0.0.1:{taken.getsockname()[1]}/base")
        code, said = examined()
    assert (code, "aucun serveur de base ne répond" in said) == (1, True)
    assert "IPROF_DATABASE_URL" in said
    assert "tres-secret" not in said


@pytest.mark.parametrize("where", ["kit:tres-secret@", "kit@"])
@pytest.mark.postgres
def test_a_wrong_password_is_named_and_never_shown(postgres, address, where):
    rules = postgres / "data" / "pg_hba.conf"
    before = rules.read_text()
    administer(postgres, "CREATE DATABASE fermee")
    try:
        rules.write_text(f"local fermee all scram-sha-256\n{before}")
        administer(postgres, "SELECT pg_reload_conf()")
        secret = "" if "tres-secret" in where else "&password=tres-secret"
        address(f"postgresql://{where}/fermee?host={postgres}{secret}")
        code, said = examined()
    finally:
        rules.write_text(before)
        administer(postgres, "SELECT pg_reload_conf()", "DROP DATABASE fermee WITH (FORCE)")
    assert (code, "mot de passe est refusé" in said) == (1, True)
    assert "base fermee" in said
    assert "tres-secret" not in said


@pytest.mark.postgres
def test_a_base_or_an_account_that_does_not_exist(postgres, address):
    address(of(postgres, "nulle_part"))
    code, said = examined()
    assert (code, "il n’y a pas de base de ce nom" in said) == (1, True)
    address(of(postgres, "postgres").replace("kit@", "personne@"))
    code, said = examined()
    assert (code, "le compte est inconnu" in said) == (1, True)


def test_an_address_that_is_none(address):
    address("pas une adresse secret")
    code, said = examined()
    assert (code, "l’adresse de la base n’est pas utilisable" in said) == (1, True)
    assert "secret" not in said.replace("postgresql://compte:secret@machine", "")
