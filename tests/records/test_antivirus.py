"""The antivirus of an installation: what it refuses, or cannot tell, is not kept."""

import io
import sys
from concurrent.futures import wait

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from record_pieces import image, slices

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.paths import SAMPLE
from iprof_kit.records import database as db
from iprof_kit.records.cases import Paper
from iprof_kit.services.reports import antivirus
from iprof_kit.services.workers import later
from iprof_kit.services.workers.opening import OPENING

SIGNATURE = r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR" + "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""EICAR's, which every antivirus knows; in two parts, lest one takes this file for it."""
SCANNER = """
import os, sys
content = sys.stdin.buffer.read()
sys.exit(3 if "IPROF_VAR" in os.environ else 1 if b"EICAR-" + b"STANDARD" in content else 0)
"""


@pytest.fixture
def scanner(tmp_path, monkeypatch):
    """Return a function: papers are looked at by a program of these words."""

    def one(words=SCANNER):
        (tmp_path / "scan.py").write_text(words)
        file = tmp_path / "academies.yml"
        line = f"pieces: {{antivirus: [{sys.executable}, {tmp_path}/scan.py]}}\n"
        file.write_text(line + (SAMPLE / "academies.yml").read_text("utf-8"), "utf-8")
        monkeypatch.setenv("IPROF_ACADEMIES", str(file))

    yield one
    OPENING.renew()


def given(jean, content, key="piece-premiere"):
    parts = slices(content, 600_000)
    for number, part in enumerate(parts):
        answer = jean("piece_deposer", nom="arrêté.png", part=number, parts=len(parts),
                      contenu=part, cle=key)  # fmt: skip
    return answer


def kept():
    with db.reading() as session:
        return session.query(Paper).count()


def infected():
    words, out = PngInfo(), io.BytesIO()
    words.add_text("Comment", SIGNATURE)
    Image.new("RGB", (40, 30)).save(out, "PNG", pnginfo=words)
    return out.getvalue()


def test_a_paper_with_the_test_signature_is_refused_and_not_kept(jean, scanner):
    scanner()
    assert "antivirus" in given(jean, infected()).erreur.message
    assert kept() == 0
    assert given(jean, image("PNG"), "piece-seconde").piece is not None


def test_without_a_program_no_signature_is_looked_for(jean):
    assert given(jean, infected()).piece is not None


@pytest.mark.parametrize("words", ["import sys; sys.exit(2)", "while True: pass"])
def test_a_program_that_cannot_tell_lets_nothing_through_and_the_paper_may_come_again(
    jean, scanner, words, monkeypatch
):
    monkeypatch.setattr(antivirus, "LONGEST_SECONDS", 0.5)
    scanner(words)
    with pytest.raises(Unavailable, match="ne peut pas être contrôlée"):
        given(jean, image("PNG"))
    monkeypatch.setattr(antivirus, "LONGEST_SECONDS", 20)
    scanner()
    assert given(jean, image("PNG")).piece is not None


def test_a_program_that_is_not_there_is_said(jean, scanner, tmp_path, monkeypatch):
    scanner()
    file = tmp_path / "academies.yml"
    file.write_text(file.read_text("utf-8").replace(sys.executable, "/nowhere/scan"), "utf-8")
    with pytest.raises(Unavailable, match="ne peut pas être contrôlée"):
        given(jean, image("PNG"))


@pytest.mark.parametrize("content", [image("PNG"), infected()])
def test_w12_what_outlasts_the_wait_is_told_and_given_to_who_sends_the_paper_again(
    jean, scanner, content, monkeypatch
):
    scanner()
    monkeypatch.setattr(later, "LONGEST_WAIT", 0.0)
    with pytest.raises(Unavailable, match="dure encore") as told:
        given(jean, content)
    assert "rien n’est envoyé en double" in told.value.remedy
    assert kept() == 1
    monkeypatch.setattr(later, "LONGEST_WAIT", 30.0)
    wait(OPENING.under_way())
    scanner("import sys; sys.exit(3)")  # whoever asked it again would not be told
    answer = given(jean, content)
    assert (answer.piece is None) == (answer.erreur is not None) == (content != image("PNG"))


def test_w12_what_was_found_of_one_paper_is_not_said_of_another_in_its_place(
    jean, scanner, monkeypatch
):
    scanner()
    monkeypatch.setattr(later, "LONGEST_WAIT", 0.0)
    with pytest.raises(Unavailable):
        given(jean, image("PNG"))
    monkeypatch.setattr(later, "LONGEST_WAIT", 30.0)
    with db.writing() as session:
        name = session.query(Paper).one().name
    jean("piece_retirer", id=name, pour="signalement")
    assert given(jean, infected()).piece is None
    assert kept() == 0
