"""The eye of `tools/same_pages.py`: what it calls the same, what it finds, what it does."""

import base64
import importlib
import json
import re
import zlib
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[2] / "tools"
with pytest.MonkeyPatch.context() as patch:
    patch.syspath_prepend(TOOLS)
    compare, lines, person, drawing, workbooks, outside = map(
        importlib.import_module,
        map(
            "drawn.{}".format,
            ("compared", "lines", "person", "drawing", "workbooks", "outside"),
        ),
    )

PAGE = """<main data-routes="/a /b"><h1 id="t" class="x">Vos demandes</h1>
<p>Trois <b>jours</b> : le 12 mars.</p><details data-asks="pourquoi" data-of="j"></details>
<form data-intent="garder"><input name="jour" value="1"><select name="s"><option value="u">
<option value="v" selected></select></form><button data-intent="effacer" data-of="3">x</button>
<a href="/a?vue=tout#bas">Tout</a></main>"""


def compared(old, new, aside=None):
    packed = [
        {name: base64.b64encode(zlib.compress("\n".join(lines.lines_of(page)).encode())).decode()
         for name, page in side.items()}
        for side in (old, new)
    ]  # fmt: skip
    return compare.differences(*packed, aside or compare.Aside())


@pytest.mark.parametrize(
    ("same", "with_it"),
    [('<h1 id="t" class="x">', '<h1 class="x"\n  id="t">'), ("<p>Trois", "<p>\n   Trois"),
     ("le 12", "le\n12")],
)  # fmt: skip
def test_k01_white_space_and_the_order_of_attributes_are_aside(same, with_it):
    assert same in PAGE
    assert compared({"p": PAGE}, {"p": PAGE.replace(same, with_it)}) == []


@pytest.mark.parametrize(
    ("was", "planted"),
    [("le 12 mars", "le 13 mars"), ('data-of="j"', 'data-of="k"'), ('class="x"', 'class="y"'),
     ("<b>jours</b>", "jours"), (" :", "\u00a0:"), ("Vos demandes</h1>", "Vos demandes</h1><hr>")],
)  # fmt: skip
def test_k01_a_planted_change_is_found_once_with_all_its_pages(was, planted):
    other = PAGE.replace(was, planted)
    (found,) = compared({"p": PAGE, "q": PAGE, "r": "<p>"}, {"p": other, "q": other, "r": "<p>"})
    assert found.pages == ["p", "q"]


def test_k01_a_page_that_one_tree_lacks_is_a_difference():
    (found,) = compared({"p": PAGE, "q": PAGE}, {"p": PAGE})
    assert found.pages == ["q"]


def test_k01_what_is_set_aside_is_not_compared():
    other = PAGE.replace('class="x"', 'class="y"')
    assert (
        compared({"p": PAGE}, {"p": other}, compare.Aside(patterns=(re.compile('class="[^"]*"'),)))
        == []
    )
    assert (
        compared({"p": PAGE}, {"p": other.replace("<b>", "<i>")}, compare.Aside(words=True)) == []
    )
    assert compared({"p": PAGE}, {"p": PAGE.replace("mars", "mai")}, compare.Aside(words=True))


def test_k01_all_that_may_be_done_is_read_in_the_page():
    routes, acts = lines.acts_of(PAGE)
    assert routes == {"/a", "/b"}
    done = ["reason pourquoi j", "form garder", "press effacer 3", "link /a?vue=tout"]
    assert [one.key for one in acts] == done
    assert [(one.name, one.value) for one in acts[1].fields] == [("jour", "1"), ("s", "v")]


class OneScreen:
    """A screen that says what it was told last."""

    def __init__(self, more=""):
        self.html, self.told, self.more = PAGE, [], more

    def receive(self, message, _buffers):
        self.told.append(json.dumps(message, sort_keys=True))
        self.html = PAGE.replace("mars", str(len(self.told))) + self.more


def told_by(seed, more=""):
    screen, kept = OneScreen(more), {}

    def keep(name, said):
        kept[name] = said

    person.Person("D1", screen, keep, seed, 3).visit("/a")
    return screen.told, kept


def test_k01_the_seed_alone_decides_what_is_done():
    first = told_by(4)
    assert told_by(4) == first
    assert len({str(told_by(seed)[0]) for seed in range(6)}) > 1


def test_k01_a_control_that_one_tree_alone_has_moves_no_other():
    _, kept = told_by(4)
    _, others = told_by(4, '<button data-intent="neuf">n</button>')
    assert set(kept) & set(others) >= set(list(kept)[:2])
    alone = [name for name in others if "neuf" in name]
    assert len(alone) <= len([name for name in others if name not in kept])


def test_k01_pages_of_one_name_are_each_kept(tmp_path):
    file = tmp_path / "d.jsonl"
    file.write_text("".join(json.dumps({"name": "p", "text": text}) + "\n" for text in "ab"))
    assert compare.read_drawing(file) == {"p": "a", "p #2": "b"}


def test_k01_every_notebook_is_drawn():
    served = {one for books in drawing.NOTEBOOKS.values() for one in books}
    read = {f"{one}.ipynb" for one in workbooks.workbooks()}
    assert served | read == {one.name for one in (TOOLS.parent / "notebooks").glob("*.ipynb")}
    assert not served & read


def test_k01_a_cell_shows_its_table_its_widgets_and_its_fault(monkeypatch, tmp_path):
    (tmp_path / "notebooks").mkdir()
    sources = ["type('Table', (), {'to_csv': lambda self: 'n\\n1'})()", "1 / 0",
               "import ipywidgets\nipywidgets.VBox([ipywidgets.HTML('<p>Dix</p>')])"]  # fmt: skip
    book = {"cells": [{"cell_type": "code", "source": [one]} for one in sources]}
    (tmp_path / "notebooks/analyse.ipynb").write_text(json.dumps(book))
    monkeypatch.setenv("IPROF_VAR", str(tmp_path))
    monkeypatch.setattr(workbooks.doors, "tree", lambda: tmp_path)
    monkeypatch.setattr(workbooks.doors, "begin_again", lambda *_of: None)
    monkeypatch.setattr(workbooks.doors, "frozen_everywhere", lambda: None)
    for name in ("IPYTHONDIR", "MPLBACKEND", "SOURCE_DATE_EPOCH"):
        monkeypatch.setenv(name, "")  # given back afterwards
    cells = dict(workbooks.shown_by(["analyse"]))
    assert list(cells.values())[::2] == [["n", "1"], ["<p>", "Dix", "</p>"]]
    assert cells["notebook analyse cellule 2 ✗"] == ["ZeroDivisionError('division by zero')"]


def test_k01_a_mail_is_kept_without_its_moment(monkeypatch):
    letter = outside.EmailMessage()
    letter["To"], letter["Date"] = "a@b.example", "Wed, 25 Nov 2026 09:00:00 GMT"
    letter.set_content("Un message vous attend.")
    monkeypatch.setattr(outside.Post, "letters", [])
    outside.Post("localhost").send_message(letter)
    ((name, words),) = outside.mails(1)
    assert name == "courriel a@b.example, tour 1"
    assert "Un message vous attend." in words
    assert not any("09:00:00" in one for one in words)
