"""The trainers' board in a browser: an event moved by hand and by keys, a year read, a file."""

import io
import json
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

pytestmark = pytest.mark.browser
MOVED = re.compile(r"au 1er septembre 2027")


@pytest.fixture
def board(visit):
    visitor = visit()
    visitor.log_in("fformateur", to="/atelier")
    return visitor.open("/atelier")


def answered(page):
    expect(page.locator("[data-kit-screen]")).not_to_have_attribute("aria-busy", "true")


def test_an_event_is_moved_by_keys_and_by_hand_and_a_reload_finds_it(board):
    events = board.locator(".events")
    flag = board.get_by_role("slider", name=re.compile("^A, hors classe"))
    flag.focus()
    board.keyboard.press("ArrowRight")
    expect(events).to_contain_text(MOVED)
    answered(board)
    assert "s=" in board.url
    lane = board.locator(".lane-axis").first.bounding_box()
    label = board.locator(".event-flag label").first.bounding_box()
    x, y = label["x"] + 10, label["y"] + 10
    board.mouse.move(x, y)
    board.mouse.down()
    board.mouse.move(x + lane["width"] * 0.4, y, steps=5)
    board.mouse.up()
    expect(events).not_to_contain_text(MOVED)
    answered(board)
    kept = events.inner_text()
    board.reload()
    expect(board.locator(".events")).to_have_text(re.compile(r"au 1er septembre 20(28|29|3\d)"))
    assert board.locator(".events").inner_text() == kept


def test_the_career_unrolls_pauses_and_goes_one_year_on(board):
    year, play = board.locator("#lire-dit"), board.locator("#derouler")
    before = int(year.inner_text())
    board.locator("#un-an").click()
    expect(year).to_have_text(str(before + 1))
    play.click()
    expect(play).to_have_text("Pause")
    expect(year).to_have_text(str(before + 2))
    play.click()
    expect(play).to_have_text("Dérouler")
    board.emulate_media(reduced_motion="reduce")
    expect(play).to_be_hidden()
    expect(board.locator("#un-an")).to_be_visible()


def test_a_file_gives_the_board_back_and_an_altered_one_does_not(board, tmp_path):
    with board.expect_download() as download:
        board.get_by_role("button", name="Enregistrer la séance").click()
    file = tmp_path / "seance.json"
    download.value.save_as(file)
    board.locator("#personnes summary").click()
    board.locator("#persona-nadia_perrin").click()
    expect(board.locator("#personne-t")).to_contain_text("Nadia Perrin")
    board.locator("#rouvrir").set_input_files(file)
    expect(board.locator("#personne-t")).to_contain_text("Claire Vasseur")
    expect(board.get_by_text("Séance rouverte.")).to_be_visible()
    content = json.loads(file.read_text())
    content["seance"]["horizon"] += 1
    file.write_text(json.dumps(content))
    board.locator("#rouvrir").set_input_files(file)
    expect(board.get_by_text("Ce fichier a été modifié")).to_be_visible()
    expect(board.locator("#personne-t")).to_contain_text("Claire Vasseur")


def test_the_handout_is_two_pages_without_what_only_a_screen_can_do(board):
    board.locator("#personnes summary").click()
    printed = PdfReader(io.BytesIO(board.pdf(format="A4")))
    assert len(printed.pages) <= 2
    words = " ".join(page.extract_text() for page in printed.pages)
    assert "Claire Vasseur" in words
    assert "Hugo Lambert" not in words
    for control in ("Enregistrer la séance", "Dérouler", "Changer de jour"):
        assert control not in words
    board.locator("#ppcr summary").click()
    board.get_by_role("link", name="choisir ce tableau").click()
    alone = PdfReader(io.BytesIO(board.pdf(format="A4")))
    assert len(alone.pages) == 1
    words = alone.pages[0].extract_text()
    assert "Professeur agrégé de classe normale" in " ".join(words.split())
    for name in ("Claire", "Vasseur", "Pourquoi cet écart", "choisir ce tableau"):
        assert name not in words
