"""One origin is enough here because nobody serves HTML to another (docs/homologation).

A page of HTML is one of our templates, which escape what they are given; what somebody gave is
given back as a file to keep; and no answer lets another site in.
"""

import ast
import json
import re
from types import SimpleNamespace

import pytest
from every_address import READ

from iprof_kit.base.paths import ROOT
from iprof_kit.server.app import Portal
from iprof_kit.server.kernels.notebooks import NotebookPage
from iprof_kit.server.pages.own_files import OwnFile
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.pages.shell import portal_paths
from iprof_kit.services.reports.piece_checks import clean_name

PAGES_OF_OURS = {
    "Root", "Login", "FirstLogin", "FirstAccess", "Forgotten", "Reset", "Leave", "SharedCvPage",
    "ResetLanding", "FormerReset", "SharedCvLanding", "FormerLink",
    "TypedCode", "LessonPage", "LessonState", "Outward", "Back", "Linking", "LegalPage", "Proof",
    "FirstProof", "Factors",
}  # fmt: skip
FILES_TO_KEEP = {"SharedCvPdf"}
"""Beside those of `OwnFile`."""
FILES_OF_OURS = {"Theme", "PublicFile", "FrontEnd", "SecurityTxt"}
FOR_A_PROGRAM = {"Lives", "Ready", "OwnKernel", "OwnChannels", "OwnShutdown", "SignedOff"}
"""An address that is in none of these has to be looked at: what does it serve, and to whom?"""
UNESCAPED_TEMPLATES = {
    "iprof_kit/commands/law.py": "pages in Markdown of the law, which is ours",
    "voila_templates/iprof/cv_partage.html.j2": "the text of a CV, escaped where it is made",
}
MADE_AS_HTML = {
    "iprof_kit/ui/shared/worded.py": "a value around a text that is escaped",
    "iprof_kit/ui/kit/render.py": "choices and texts, each escaped; figures of our own",
    "iprof_kit/ui/screens/atelier/takeaway/page.py": "figures of our own, in a file to keep",
    "iprof_kit/analytics/reports/page.py": "a drawing of our own, in a report of the analyst",
}


@pytest.mark.parametrize("who", ["stranger", "teacher"])
def test_every_answer_of_every_address_keeps_other_sites_out(others, who):
    client = others[who]
    for path in READ:
        answer = client.get(path)
        policy = answer.headers["Content-Security-Policy"]
        for closed in ("default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
            assert closed in policy, path
        scripts = re.search(r"script-src ([^;]*)", policy)[1]
        assert "unsafe" not in scripts, path
        assert "object-src" not in policy, path  # that of default-src
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Referrer-Policy"] in {"same-origin", "no-referrer"}, path
        assert not [one for one in answer.headers if one.lower().startswith("access-control")], path
        if answer.text:
            kind = answer.headers["Content-Type"]
            assert "charset=utf-8" in kind.lower() or not kind.startswith("text/"), path


def test_what_a_page_carries_for_its_script_stays_a_text():
    html = '</script><script>alert(1)</script><!-- " &'
    page = render("premiere_reponse.html.j2", state={"html": html}, nonce="n")
    [carried] = re.findall(r'<script id="premiere-reponse"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert json.loads(carried) == {"html": html}
    assert page.count("<script") == 2


@pytest.mark.parametrize(
    "name",
    ['a"; filename="x.html', "x\r\nSet-Cookie: a=b.pdf", "../../arrêté\u202e.pdf", "%0d%0a;é.gif"],
)
def test_a_file_to_keep_has_one_name_whatever_its_own_was(name):
    headers = {}
    kept = SimpleNamespace(set_header=headers.__setitem__)
    OwnFile.attached(kept, clean_name(name), "image/gif")
    said = headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=\"[ !#-~]*\"; filename\*=UTF-8''[\w.%~-]+", said)
    assert "/" not in said.partition("filename*")[0]


def test_every_page_of_who_is_inside_leads_outside(others):
    pages = {path: others["teacher"].get(path) for path in READ if path in portal_paths()}
    shown = {path: page.text for path, page in pages.items() if page.status == 200}
    assert {"/accueil", "/cv"} <= set(shown)
    assert [
        p for p, text in shown.items() if '<form action="/quitter" method="post">' not in text
    ] == []


def test_each_address_is_a_page_of_ours_a_file_to_keep_or_for_a_program():
    named = {"template_paths", "config", "voila_configuration", "static_paths"}
    portal = SimpleNamespace(**dict.fromkeys(named), labextensions_path=None)
    known = PAGES_OF_OURS | FILES_TO_KEEP | FILES_OF_OURS | FOR_A_PROGRAM
    handlers = {handler for _, handler, *_ in Portal.init_handlers(portal)}
    unknown = {
        one.__name__ for one in handlers if not issubclass(one, NotebookPage | OwnFile)
    } - known
    assert unknown == set()


def test_every_environment_of_templates_escapes_what_it_is_given():
    unescaped = set()
    for path in (ROOT / "iprof_kit").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and called(node) == "Environment":
                escapes = {word.arg: ast.unparse(word.value) for word in node.keywords}
                if escapes.get("autoescape") != "True":
                    unescaped.add(path.relative_to(ROOT).as_posix())
            assert called(node) not in {"from_string", "Template"}, f"{path}: a template of a text"
    templates = [
        *(ROOT / "voila_templates/iprof").rglob("*.j2"),
        *(ROOT / "iprof_kit").rglob("*.html"),
    ]
    for path in templates:
        if re.search(r"\|\s*safe\b|autoescape false", path.read_text("utf-8")):
            unescaped.add(path.relative_to(ROOT).as_posix())
    assert unescaped == set(UNESCAPED_TEMPLATES)


def test_what_is_made_as_html_beside_the_templates_is_listed_with_its_reason():
    making = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "iprof_kit").rglob("*.py")
        if re.search(r"^\s*(from|import) .*\bMarkup\b", path.read_text("utf-8"), re.MULTILINE)
    }
    assert making == set(MADE_AS_HTML)
    assert all(MADE_AS_HTML.values())


def called(node):
    """Return the last name of what a node calls, if it is a call."""
    return ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else None
