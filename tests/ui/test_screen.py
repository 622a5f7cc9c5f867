"""The widget: messages in, HTML out, one module without outside request."""

import re
from pathlib import Path

import pytest

from iprof_kit.ui.components import screen as module
from iprof_kit.ui.components.module import module_text
from iprof_kit.ui.components.screen import Answered, Download, Screen, own_look


@pytest.fixture
def spoken(monkeypatch):
    sent = []
    screen = Screen(lambda message: f"<h1>{message['path']}</h1>", html="<p>attente</p>")
    monkeypatch.setattr(screen, "send", sent.append)
    return screen, sent


def receive(screen, content):
    screen.receive(content)


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


def test_w14_a_page_that_comes_back_is_shown_the_whole_even_where_nothing_changed():
    sent = []
    same = Answered("<p>toujours</p>\n" * 50, pictures=("a.png",))
    screen = Screen(lambda _message: same, html=same.html)
    screen.pictures = ["a.png"]
    screen.send, screen.send_state = sent.append, lambda keys: sent.append(sorted(keys))
    for seq in (1, 2):
        receive(screen, {"kind": "route", "path": "/courrier", "whole": True, "seq": seq})
    assert sent == [["html", "pictures"], {"kind": "done", "seq": 1},
                    ["html", "pictures"], {"kind": "done", "seq": 2}]  # fmt: skip
    assert (screen.html, screen.pictures) == (same.html, ["a.png"])


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


def test_pictures_travel_beside_the_html_and_only_when_they_change():
    answers = iter([Answered("<p>1</p>", ("data:a",)), Answered("<p>2</p>"), "<p>3</p>"])
    screen = Screen(lambda _message: next(answers))
    seen = []
    screen.observe(lambda change: seen.append(change["name"]), names=["html", "pictures"])
    for number in range(3):
        receive(screen, {"kind": "route", "path": "/", "seq": number})
    assert seen.count("pictures") == 1
    assert screen.pictures == ["data:a"]
    assert screen.html == "<p>3</p>"


def test_a_download_is_sent_as_bytes():
    screen = Screen(lambda _message: Answered("<p></p>", None, Download("a.pdf", "x/y", b"%PDF")))
    sent = []
    screen.send = lambda *words: sent.append(words)
    receive(screen, {"kind": "intent", "name": "x", "seq": 1})
    assert sent[0] == ({"kind": "file", "name": "a.pdf", "type": "x/y"}, [b"%PDF"])


def parts(*slices, size, seq=0):
    for number, content in enumerate(slices):
        yield (
            {
                "kind": "file",
                "name": "f",
                "file": "cv.json",
                "size": size,
                "part": number,
                "parts": len(slices),
                "seq": seq + number,
            },
            [memoryview(content)],
        )


@pytest.mark.parametrize(
    ("slices", "size", "content"),
    [((b"abc", b"de"), 5, b"abcde"), ((b"abc",), 3, b"abc"), ((b"",), 20_000_000, None),
     ((b"abc",), 99, None)],
)  # fmt: skip
def test_a_file_comes_in_slices_and_is_one_intent(slices, size, content):
    seen = []
    screen = Screen(lambda message: seen.append(message) or "")
    for message, buffers in parts(*slices, size=size):
        screen.receive(message, buffers)
    [only] = seen
    assert (only["kind"], only["name"], only["content"]) == ("intent", "f", content)


@pytest.mark.parametrize(
    "wrong", [{"part": -1}, {"part": 9}, {"parts": 10**9}, {"size": "x"}, {"part": None}]
)
def test_a_slice_that_is_not_of_a_file_is_ignored(wrong):
    seen = []
    screen = Screen(lambda message: seen.append(message) or "")
    message, buffers = next(parts(b"abc", size=3))
    screen.receive(message | wrong, buffers)
    assert seen == []
