"""The commands that save, check and restore: what they say, refuse and never show."""

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.commands import backup as commands
from iprof_kit.records import database as db
from iprof_kit.records import snapshot_postgres
from iprof_kit.records.journal.audit import lines

PHRASE = "six mots sans aucun lien entre eux"


def run(command, *arguments, **more):
    return CliRunner().invoke(command, [*map(str, arguments)], catch_exceptions=False, **more)


@pytest.fixture
def place(elsewhere):
    with elsewhere("sqlite", "ici"):
        db.prepare_database()
        yield


def secret(path, content=PHRASE):
    path.touch(mode=0o600)
    path.write_text(content)
    return path


def test_from_a_key_to_a_restored_place(place, elsewhere, tmp_path):
    public = run(commands.new_key, tmp_path / "cle").output.strip()
    assert (tmp_path / "cle").stat().st_mode & 0o777 == 0o600
    said = run(commands.save, tmp_path / "s", "--destinataire", public).output
    assert "que son propriétaire seul peut lire" in said
    assert "n’est pas chiffré" not in said
    digest = said.splitlines()[2]
    checked = run(commands.check, tmp_path / "s", "--cle", tmp_path / "cle").output
    assert "Elle est entière" in checked
    assert digest in checked
    with elsewhere("sqlite"):
        said = run(commands.restore, tmp_path / "s", "--cle", tmp_path / "cle").output
        assert "Sessions fermées" in said
        assert "personnes effacées depuis sont revenues" in said
        with db.reading() as session:
            assert lines(session)[0].actor == "iprof restaurer"


def test_without_encryption_it_is_said(place, tmp_path):
    said = run(commands.save, tmp_path / "s").output
    assert "ce fichier n’est pas chiffré" in said
    assert "données personnelles et les clés" in said


def test_a_phrase_comes_from_a_private_file_or_the_terminal(place, tmp_path):
    run(commands.save, tmp_path / "s", "--phrase", secret(tmp_path / "phrase"))
    said = run(commands.check, tmp_path / "s", "--phrase", "-", input=f"{PHRASE}\n").output
    assert "Elle est entière" in said
    assert PHRASE not in said


def test_a_secret_that_others_read_is_refused(place, tmp_path):
    secret(tmp_path / "phrase").chmod(0o644)
    for option in ("--phrase", "--cle"):
        with pytest.raises(InputError, match="d’autres comptes peuvent lire"):
            run(commands.check, tmp_path / "s", option, tmp_path / "phrase")


def test_what_is_typed_wrong_is_refused_and_not_repeated(place, tmp_path):
    bad = secret(tmp_path / "mauvaise", "AGE-SECRET-KEY-1PASDUTOUT")
    short = secret(tmp_path / "courte", "trop court")
    cases = (
        (commands.save, ("--destinataire", "AGE-SECRET-KEY-1PASDUTOUT"), "pas une clé publique"),
        (commands.save, ("--phrase", short), "moins de 16 caractères"),
        (commands.save, ("--phrase", short, "--destinataire", "age1x"), "pas par les deux"),
        (commands.check, ("--cle", bad), "ne contient pas une clé secrète"),
        (commands.check, ("--cle", tmp_path / "absente"), "ne peut pas être lu"),
        (commands.check, (), "cette sauvegarde n’existe pas"),
        (commands.restore, (), "cette sauvegarde n’existe pas"),
    )
    for command, options, said in cases:
        with pytest.raises(InputError, match=said) as caught:
            run(command, tmp_path / "s", *options)
        assert "PASDUTOUT" not in str(caught.value)
        assert "trop court" not in str(caught.value)
    assert not (tmp_path / "s").exists()


def test_nothing_is_written_over_or_among_the_data(place, tmp_path):
    (tmp_path / "s").write_text("déjà là")
    with pytest.raises(InputError, match="existe déjà"):
        run(commands.save, tmp_path / "s")
    assert (tmp_path / "s").read_text() == "déjà là"
    with pytest.raises(InputError, match="parmi les données qu’elle sauve"):
        run(commands.save, tmp_path / "ici" / "s")
    with pytest.raises(InputError, match="ne peut pas être écrit"):
        run(commands.save, tmp_path / "nulle-part" / "s")
    with pytest.raises(InputError, match="existe déjà"):
        run(commands.new_key, tmp_path / "s")


def test_a_place_without_database_has_nothing_to_save(elsewhere, tmp_path):
    with elsewhere("sqlite"), pytest.raises(Unavailable, match="n’est pas préparée"):
        run(commands.save, tmp_path / "s")
    assert not (tmp_path / "s").exists()


@pytest.mark.postgres
def test_without_its_programs_postgresql_says_what_to_install(
    postgres, elsewhere, tmp_path, monkeypatch
):
    with elsewhere("postgres"):
        db.prepare_database()
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr(snapshot_postgres, "INSTALLED", "/nulle/part")
        with pytest.raises(Unavailable, match="Installez le client PostgreSQL"):
            run(commands.save, tmp_path / "s")
    assert not (tmp_path / "s").exists()


@pytest.mark.postgres
def test_the_password_is_not_on_the_command_line(postgres, elsewhere, tmp_path, monkeypatch):
    seen = []

    def noted(command, *, env, **_more):
        seen.append((command, env))
        return real(command, env=env, **_more)

    with elsewhere("postgres"):
        db.prepare_database()
        url = db.database_url().set(password="tres-secret").render_as_string(hide_password=False)
        monkeypatch.setenv("IPROF_DATABASE_URL", url)  # this server asks for none
        real = snapshot_postgres.subprocess.run
        monkeypatch.setattr(snapshot_postgres.subprocess, "run", noted)
        run(commands.save, tmp_path / "s")
        db.engine().dispose()
    [(command, env)] = seen
    assert "tres-secret" not in " ".join(command)
    assert env["PGPASSWORD"] == "tres-secret"
