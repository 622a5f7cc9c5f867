"""A screen that is open changes by what differs, checked by its sum, and never by more."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iprof_kit.ui.components import patch as module
from iprof_kit.ui.components.patch import parts_of, patch
from iprof_kit.ui.components.screen import Screen

LONG = "\n".join(f"<p>ligne {n} de l’écran</p>" for n in range(200))
LINES = st.lists(st.sampled_from(["", "a", "b", "<p>é</p>", "x" * 50]), max_size=30)


def applied(before, parts):
    lines = before.split("\n")
    return "\n".join(p if isinstance(p, str) else "\n".join(lines[p[0] : p[1]]) for p in parts)


@given(before=LINES, after=LINES)
def test_the_parts_make_the_new_text(before, after):
    before, after = "\n".join(before), "\n".join(after)
    parts = list(parts_of(before.split("\n"), after.split("\n")))
    assert applied(before, parts) == after


@pytest.mark.parametrize(
    ("after", "parts"),
    [
        (LONG.replace("ligne 7 ", "ligne sept "),
         [[0, 7], "<p>ligne sept de l’écran</p>", [8, 200]]),
        (LONG + "\n<p>fin</p>", [[0, 200], "<p>fin</p>"]),
        ("<p>début</p>\n" + LONG, ["<p>début</p>", [0, 200]]),
    ],
)  # fmt: skip
def test_what_is_the_same_is_told_by_its_place(after, parts):
    assert patch(LONG, after)["parts"] == parts


def test_another_screen_is_sent_whole():
    assert patch(LONG, "\n".join(f"<p>autre {n}</p>" for n in range(200))) is None


def test_the_html_of_a_change_is_not_sent_but_is_known(monkeypatch):
    texts = iter([LONG, LONG.replace("ligne 7 ", "ligne sept ")])
    screen, sent = Screen(lambda _message: next(texts), html=""), []
    monkeypatch.setattr(screen, "send", sent.append)
    monkeypatch.setattr(screen, "send_state", lambda key: sent.append(key))  # by its name
    for _ in range(2):
        screen.receive({"kind": "intent", "name": "x"})
    first, _, second, _ = sent
    assert first == "html"
    assert second["kind"] == "patch"
    assert len(json.dumps(second)) < 200
    assert screen.get_state(["html"])["html"] == LONG.replace("ligne 7 ", "ligne sept ")
    screen.receive({"kind": "whole"})  # a page that has another text, after a cut
    assert sent[-2] == "html"


@pytest.mark.skipif(not shutil.which("node"), reason="Node reads the browser's side")
def test_the_browser_makes_the_same_text_or_says_that_it_cannot():
    source = Path(module.__file__).with_name("patched.js").read_text(encoding="utf-8")
    after = LONG.replace("ligne 7 ", "ligne « sept » \U0001f600 ")
    difference = json.dumps(patch(LONG, after))
    script = (
        f"{source}\nconst p = {difference}, long = {json.dumps(LONG)};\n"
        "console.log(JSON.stringify([patched(long, p), patched(patched(long, p), p), "
        "patched('autre', p)]))"
    )
    node = shutil.which("node")
    said = subprocess.run([node, "-e", script], capture_output=True, text=True, check=True).stdout
    assert json.loads(said) == [after, after, None]
