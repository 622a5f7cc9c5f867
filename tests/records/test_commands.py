import re

import pytest
from click.testing import CliRunner

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.commands.access.accounts import account
from iprof_kit.commands.people import import_, sample
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.dossier.storing import save_dossier

NUMEN = "06E0854321LMN"
HEADER = "numero;civilite;prenom;nom;date_naissance;statut;academie;source;lu_le\n"
GOOD = "R1;Madame;Zoé;Martin;1985-03-14;Contractuel;06;EPP;2026-11-12\n"
BAD = "R2;Madame;Zoé;Martin;hier;Contractuel;06;EPP;2026-11-12\n"


def run(command, *arguments, **more):
    return CliRunner().invoke(command, arguments, catch_exceptions=False, **more)


@pytest.fixture
def jean(database, dossiers, now):
    save_dossier(dossiers["D0001"], "test", now)


def test_sample_load_twice(empty_database):
    first = run(sample, "load")
    assert "46 créés" in first.output
    assert "jdupont / " in first.output
    assert "46 inchangés" in run(sample, "load").output


@pytest.mark.parametrize(("rows", "code"), [(GOOD, 0), (GOOD + BAD, 1)])
def test_the_exit_code_tells_whether_all_was_accepted(empty_database, tmp_path, rows, code):
    file = tmp_path / "dossiers.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    result = run(import_, "dossiers", str(file))
    assert result.exit_code == code
    assert "1 créé" in result.output
    assert ("Ligne 3, colonne date_naissance" in result.stderr) is (code == 1)


def test_a_trial_says_that_nothing_is_stored(empty_database, tmp_path):
    file = tmp_path / "dossiers.csv"
    file.write_text(HEADER + GOOD, encoding="utf-8")
    assert "rien n’est enregistré" in run(import_, "dossiers", "--essai", str(file)).output
    assert "1 créé" in run(import_, "dossiers", str(file)).output


def test_a_missing_file_is_a_french_error(empty_database, tmp_path):
    with pytest.raises(InputError, match="ne peut pas être lu"):
        run(import_, "dossiers", str(tmp_path / "absent.csv"))


def test_terminal_commands_in_a_file_do_not_reach_the_terminal(empty_database, tmp_path):
    file = tmp_path / "dossiers.csv"
    file.write_text(HEADER + BAD.replace("hier", "\x1b[2Jhier"), encoding="utf-8")
    assert "\x1b" not in run(import_, "dossiers", str(file)).output


def create(compte="jdupont", numen=NUMEN):
    arguments = ("create", compte, "--dossier", "D0001", "--role", "enseignant")
    return run(account, *arguments, input=f"{numen}\n")


def test_an_account_is_created_without_showing_the_numen(jean):
    result = create()
    assert "Compte jdupont créé" in result.output
    assert NUMEN not in result.output
    assert authenticate("jdupont", NUMEN, "192.0.2.1", utc_now()).must_change


def test_a_malformed_numen_creates_nothing(jean):
    with pytest.raises(InputError, match="13 caractères"):
        create(numen="06E0854321")
    create()


def test_reset_prints_a_dated_link(jean):
    create()
    result = run(account, "reset", "jdupont")
    assert re.search(r"^/reinitialiser#[\w-]{43}\n", result.output)
    assert "une seule fois" in result.output


def test_the_journal_is_readable_and_holds_no_secret(jean):
    create()
    token = run(account, "reset", "jdupont").output.split("#")[1].split()[0]
    lines = run(account, "journal").output
    assert "compte_cree  compte:jdupont" in lines
    assert "lien_delivre  compte:jdupont" in lines
    assert token not in lines
    assert NUMEN not in lines


def test_a_portfolio_is_read_or_explained(database):
    arguments = ("create", "ggestion", "--role", "gestionnaire", "--portefeuille")
    named = ("--service", "Équipe B")
    assert run(account, *arguments, "06//pe", *named, input=f"{NUMEN}\n").exit_code == 0
    with pytest.raises(InputError, match="portefeuille"):
        run(account, *arguments, "06/063/pe/x", input=f"{NUMEN}\n")
    with pytest.raises(InputError, match="suit déjà"):
        run(account, "create", "gautre", *arguments[2:], "06", input=f"{NUMEN}\n")
