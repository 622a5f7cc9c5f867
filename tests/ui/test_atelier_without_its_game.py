"""A law that the list of the game no longer follows closes the game alone: the board opens."""

from changed_tables import Change, plain, reasons_with

ANSWERS = """
import json, os, sys
os.environ["IPROF_REFERENCE"] = sys.argv[1]
from iprof_kit.base.errors import KitError
from iprof_kit.ui.screens.atelier_rooms.screen import open_atelier
from iprof_kit.ui.screens.campagne_jeu.screen import GamePage
from iprof_kit.ui.kit.notebook import nobody
from iprof_kit.ui.kit.visiting import Visit
try:
    GamePage(Visit(nobody)).page()
    game = ""
except KitError as error:
    game = str(error)
json.dump({"board": open_atelier().html, "game": game}, sys.stdout)
"""
LATER = Change(
    "bareme_hors_classe", {"type": "eligibilite", "cle": "anciennete_min"}, "echelon", "11"
)


def test_the_board_opens_and_the_game_says_what_is_wrong(tmp_path):
    answers = reasons_with([LATER], ANSWERS, tmp_path)
    assert "Lina" in answers["board"]
    assert "ne suit plus la condition de la hors classe" in plain(answers["game"])
    assert "bareme_hors_classe" in answers["game"]
