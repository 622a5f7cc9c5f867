"""`iprof atelier`: lessons are listed beside personas, and checked by the same word."""

import re

import pytest
from click.testing import CliRunner

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import LESSONS, PERSONAS
from iprof_kit.commands.trainers.atelier import atelier
from tests.calculate.lesson_case import GUIDE, guide


def run(*arguments):
    done = CliRunner().invoke(atelier, list(arguments))
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.stdout.replace("\u00a0", " ")


def test_the_list_names_personas_and_lessons():
    shown = run("liste")
    assert "claire_vasseur : Claire Vasseur, certifiée, promouvable." in shown
    assert "hors_classe : La hors classe." in shown


def test_a_lesson_is_shown_with_its_answers_and_their_texts():
    shown = run("check", str(LESSONS / "temps_partiel.md"))
    assert "5 questions vérifiées, jour figé le 1er novembre 2026." in shown
    assert "→ 85,7 %, soit 6/7. code général de la fonction publique, art. L612-5" in shown


def test_a_lesson_is_shown_on_another_day_or_why_it_cannot_be():
    lesson = str(LESSONS / "hors_classe.md")
    assert "jour figé le 1er juin 2025" in run("check", lesson, "--jour", "2025-06-01")
    with pytest.raises(InputError, match="ne tient pas"):
        run("check", lesson, "--jour", "2027-02-01")
    with pytest.raises(InputError, match="seule une leçon"):
        run("check", str(PERSONAS / "claire_vasseur.yml"), "--jour", "2025-06-01")


def test_a_persona_is_still_checked_by_the_same_word():
    assert "Claire Vasseur" in run("check", str(PERSONAS / "claire_vasseur.yml"))


def test_the_five_steps_of_the_guide_end_in_a_checked_lesson(tmp_path):
    file = tmp_path / "ma_lecon.md"
    file.write_text(guide(), encoding="utf-8")
    assert "1 question vérifiée" in run("check", str(file))
    file.write_text(guide().replace("reponse: paye", "reponse: paie"), encoding="utf-8")
    with pytest.raises(InputError) as error:
        run("check", str(file))
    (example,) = re.findall(r"^ma_lecon.md : .*$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE)
    assert str(error.value).replace("\u00a0", " ").startswith(example)
