"""The widget: messages in, HTML out, one module without outside request."""

import re
from pathlib import Path

import pytest

from iprof_kit.ui.components import screen as module
from iprof_kit.ui.components.module import module_text
from iprof_kit.ui.components.screen import Screen, own_look


@pytest.fixture
def spoken(monkeypatch):
    sent = []
    screen = Screen(lambda message: f"<h1>{message['path']}</h1>", html="<p>attente</p>")
    monkeypatch.setattr(screen, "send", sent.append)
    return screen, sent


def receive(screen, content):
    screen._receive(screen, content, [])


def test_a_route_sets_the_html_and_is_acknowledged(spoken):
    screen, sent = spoken
    receive(screen, {"kind": "route", "path": "/accueil", "seq": 3})
    assert screen.html == "<h1>/accueil</h1>"
    assert sent == [{"kind": "done", "seq": 3}]


def test_what_a_page_repeats_after_a_cut_is_not_acted_upon_twice():
    seen, sent = [], []
    screen = Screen(lambda message: seen.append(message) or f"<p>{len(seen)}</p>")
    screen.send = sent.append
    screen.send_state = lambda key: sent.append(key)
    for seq in ("a-1", "a-1", "b-1", "a-2", "a-1"):
        receive(screen, {"kind": "intent", "name": "x", "seq": seq})
    assert [message["seq"] for message in seen] == ["a-1", "b-1", "a-2"]
    assert sent.count("html") == 2 + 3  # what was lost is shown again; three were new
    assert [message["seq"] for message in sent if message != "html"][-1] == "a-1"


@pytest.mark.parametrize("content", [None, "x", {}, {"kind": "eval", "path": "x"}, []])
def test_another_message_is_ignored(spoken, content):
    screen, sent = spoken
    receive(screen, content)
    assert screen.html == "<p>attente</p>"
    assert sent == []


def test_the_browser_module_is_one_file_and_asks_nothing_outside():
    source = module_text()
    assert source.count("export default") == 1
    assert "import " not in source.split("const SLOW_MS")[1]
    assert "fetch(" not in source
    assert "https://" not in source.split("const SLOW_MS")[1]
    licence = Path(module.__file__).with_name("morphdom-LICENSE.txt")
    assert "MIT License" in licence.read_text(encoding="utf-8")


def test_alone_in_jupyterlab_a_screen_brings_its_own_look_confined_to_itself():
    look = own_look()
    assert look.startswith("@scope (.screen-alone)")
    assert "@font-face" not in look
    assert not re.search(r"(?m)^\s*(:root|html|body)\s*[,{]", look)
    assert Screen(str, routed=False, alone=True).look == look
    assert Screen(str).look == ""
