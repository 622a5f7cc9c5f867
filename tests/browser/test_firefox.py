"""The main journey in another browser: Debian's Firefox, driven by its own protocol."""

import json
import subprocess

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def journey(program, node_modules, portal):
    """Return what each step showed, by its name; the script ends at the first that fails."""
    script = __file__.replace("test_firefox.py", "firefox.mjs")
    ended = subprocess.run(
        [program("node"), script, node_modules, program("firefox-esr"), portal.address],
        capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return dict(json.loads(line) for line in ended.stdout.splitlines())


def test_a_lever_changes_the_results_and_a_reload_keeps_it(journey):
    for step in ("levier", "relu"):
        year, results = journey[step]
        assert f"en {year}" in results


def test_a_screen_is_followed_left_and_found_again(journey):
    assert "net avant impôt" in journey["paie"].lower()
    assert journey["retour"].endswith("/perspectives/ma-paie")


def test_what_is_typed_in_the_cv_is_saved_and_drawn_again_after_a_reload(journey):
    course, words, width = journey["cv"]
    assert course in words
    assert width > 0


def test_nothing_of_the_person_is_left_after_quitter(journey):
    assert "Compte utilisateur" in journey["quitté"]
    assert "Dupont" not in journey["quitté"]


def test_the_page_never_complains(journey):
    assert journey["plaintes"] == []
