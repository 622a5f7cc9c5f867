"""The lessons of the kit, each taken away by one button of their list."""

import pytest
import ui_takeaway as sample
from ui_lessons import Server

from iprof_kit.calculate.lessons import lessons, played
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.atelier.takeaway.contents import of_lesson
from iprof_kit.ui.screens.atelier.takeaway.files import FORMATS, file_of
from iprof_kit.ui.screens.atelier.takeaway.page import LARGEST, data_of, html_of
from iprof_kit.ui.screens.lecons.screen import Lecons, offers, play
from iprof_kit.ui.shared.messages import Intent


@pytest.mark.parametrize("key", lessons())
def test_each_lesson_of_the_kit_makes_every_file(key):
    taken = of_lesson(played(lessons()[key]), sample.MADE)
    page = html_of(taken)
    assert len(page) < LARGEST / 10
    assert len(data_of(page)["questions"]) == len(taken.questions) > 0
    assert "confiance" not in page.decode()
    for vers in FORMATS:
        assert file_of(taken, vers).content


def test_a_lesson_is_taken_away_from_the_list_and_what_is_unknown_is_said():
    visit = Visit(Server)
    room = Lecons(visit, offers(), play)
    room.receive(Intent("lc_emporter", {"of": "hors_classe.pdf"}))
    assert visit.download.name.startswith("lecon-hors-classe-")
    assert visit.download.content.startswith(b"%PDF-")
    visit.download = None
    room.receive(Intent("lc_emporter", {"of": "absente.pdf"}))
    _, view = room.show("/atelier/lecons")
    assert "n’existe pas" in view.notices[0].title
    room.receive(Intent("lc_emporter", {"of": "hors_classe.exe"}))
    assert visit.download is None
