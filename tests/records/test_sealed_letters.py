"""Letters: one PDF a school, each person once, nothing overwritten, nothing lost when cut."""

import re
import stat

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from iprof_kit.base.errors import Conflict, InputError
from iprof_kit.commands.access.accounts import account
from iprof_kit.documents.render import page_count
from iprof_kit.services.access import sealed_letters
from iprof_kit.services.access.accounts import begin_login, choose_by_code
from iprof_kit.services.access.delivering import Choice, chosen
from iprof_kit.services.access.files.importing import import_accounts
from iprof_kit.services.access.first_access import read_code
from iprof_kit.services.access.sealed_letters import write_letters
from iprof_kit.services.dossier.storing import save_dossier

BY, SITE = "iprof account delivrer", "https://kit.example"


@pytest.fixture
def newcomers(database, dossiers, now):
    """Two teachers of the sample, and who has no file."""
    for numero in ("D0001", "D0003"):
        save_dossier(dossiers[numero], "test", now)
    rows = "jdupont;D0001;enseignant\njdupont2;D0003;enseignant\nchef;;evaluateur\n"
    import_accounts(f"compte;dossier;role\n{rows}".encode(), "test", now)


@pytest.fixture
def deliver(newcomers, tmp_path, now):
    """Return a function: letters are written for who has none."""

    def one(**words):
        return write_letters(chosen(Choice(**words), now).people, folder(tmp_path), SITE, BY, now)

    return one


def folder(tmp_path):
    return tmp_path / "lettres"


def letters(tmp_path):
    return sorted(folder(tmp_path).glob("*.pdf"))


def test_a_school_has_one_pdf_and_a_receipt_and_each_person_one_page(deliver, tmp_path, now):
    made = deliver()
    assert made.letters == 3
    assert sum(page_count(one.read_bytes()) for one in letters(tmp_path)) == 3
    names = {one.stem for one in letters(tmp_path)}
    assert "sans-etablissement" in names
    assert all(re.fullmatch(r"sans-etablissement|\d{7}[A-Z]", one) for one in names)
    assert {one.stem for one in folder(tmp_path).glob("*.txt")} == names
    receipt = (folder(tmp_path) / "sans-etablissement.txt").read_text("utf-8")
    assert "2 lettres d’accès. Codes délivrés le 25 novembre 2026" in receipt
    assert "25 décembre 2026" in receipt


def test_their_owner_alone_reads_them(deliver, tmp_path):
    deliver()
    modes = {stat.S_IMODE(one.stat().st_mode) for one in folder(tmp_path).iterdir()}
    assert (stat.S_IMODE(folder(tmp_path).stat().st_mode), modes) == (0o700, {0o600})


def test_a_folder_that_others_open_is_refused(newcomers, deliver, tmp_path):
    folder(tmp_path).mkdir(mode=0o755)
    folder(tmp_path).chmod(0o755)
    with pytest.raises(InputError, match="s’ouvre à d’autres"):
        deliver()


def test_the_code_of_a_letter_opens_the_account_that_it_names(deliver, tmp_path, now, monkeypatch):
    told = []
    setting = sealed_letters.letters_pdf
    monkeypatch.setattr(
        sealed_letters, "letters_pdf", lambda them: told.append(them) or setting(them)
    )
    deliver()
    written = [one for them in told for one in them.letters]
    assert sorted(one.compte for one in written) == ["chef", "jdupont", "jdupont2"]
    for number, one in enumerate(written):
        attempt = begin_login(one.compte, f"192.0.2.{number}", now)
        result = choose_by_code(attempt, read_code(one.code), "quatre mots sans lien")
        assert result.identity.compte == one.compte
    assert {them.address for them in told} == {"https://kit.example/premier-acces"}


def test_nothing_is_overwritten_and_a_second_run_doubles_nothing(deliver, tmp_path):
    deliver()
    before = {one: one.read_bytes() for one in folder(tmp_path).iterdir()}
    assert deliver().letters == 0
    assert {one: one.read_bytes() for one in folder(tmp_path).iterdir()} == before
    deliver(again=True)
    assert all(one.read_bytes() == content for one, content in before.items())
    assert (folder(tmp_path) / "sans-etablissement-2.pdf").exists()


class Killed(BaseException):
    """What a process that is killed does not go on from."""


@pytest.mark.parametrize("cut", ["keep_codes", "_publish"])
def test_cut_at_any_point_loses_nothing_and_doubles_nothing(deliver, tmp_path, monkeypatch, cut):
    monkeypatch.setattr(sealed_letters, "AT_ONCE", 1)
    real, calls = getattr(sealed_letters, cut), []

    def second(*words):
        calls.append(words)
        if len(calls) == 2:
            raise Killed
        return real(*words)

    with monkeypatch.context() as patch:
        patch.setattr(sealed_letters, cut, second)
        with pytest.raises(Killed):
            deliver()
    deliver()
    assert sum(page_count(one.read_bytes()) for one in letters(tmp_path)) == 3
    assert len(letters(tmp_path)) == len(list(folder(tmp_path).glob("*.txt")))
    assert not list(folder(tmp_path).glob(".*"))


def test_a_second_run_in_the_same_folder_is_refused_while_one_writes(
    deliver, newcomers, tmp_path, monkeypatch
):
    real, refusals = sealed_letters.keep_codes, []

    def meanwhile(*words):
        with pytest.raises(Conflict, match="une autre commande écrit déjà") as refusal:
            deliver()
        refusals.append(refusal.value)
        real(*words)

    monkeypatch.setattr(sealed_letters, "keep_codes", meanwhile)
    assert deliver().letters == 3
    assert refusals
    assert not list(folder(tmp_path).glob(".*"))  # the lock leaves nothing


def test_a_letter_says_what_to_do_until_when_and_whom_to_ask(deliver, tmp_path):
    deliver()
    pages = PdfReader(folder(tmp_path) / "sans-etablissement.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for said in ("n’est pas I-Prof", "25 décembre 2026", "chef", "l’administration décide"):
        assert said in text
    assert "NUMEN" not in text
    assert "sur 1" not in text


def test_the_command_counts_first_and_refuses_what_lacks(newcomers, tmp_path):
    run = lambda *words: CliRunner().invoke(account, ["delivrer", *words])  # noqa: E731
    tried = run("--essai").output.replace("\u00a0", " ")
    assert "3 lettres à faire ; 0 code d’avant sert encore" in tried
    assert not folder(tmp_path).exists()
    assert isinstance(run("--dossier", str(folder(tmp_path))).exception, InputError)
    both = run("--compte", "chef", "--etablissement", "0630001X")
    assert isinstance(both.exception, InputError)
    made = run("--dossier", str(folder(tmp_path)), "--adresse", SITE, "--compte", "chef")
    assert "1 lettre, 1 établissement" in made.output.replace("\u00a0", " ")
