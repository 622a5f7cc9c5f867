"""The light front end: built from its lock, served for ever, compressed; nothing beside it."""

import gzip
import json
import os
import re
import shutil
import subprocess
from functools import partial

import pytest
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.testing import bind_unused_port
from tornado.web import Application

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.server.pages.assets import (
    STATIC,
    STATIC_URL,
    assets,
    find,
    front,
    look_url,
    look_version,
)
from iprof_kit.server.pages.static_files import PublicFile
from iprof_kit.server.settings import Settings
from iprof_kit.ui.components.guichet import HANDLE
from iprof_kit.ui.components.module import module_text, module_url
from iprof_kit.ui.components.screen import Screen

SOURCES = VOILA_TEMPLATES / "front"
BUILT = STATIC / "front"
FOR_EVER = "public, max-age=31536000, immutable"


def program(name):
    """Return a program that builds; without it, skip by name, never in CI."""
    found = shutil.which(name)
    if not found and os.environ.get("CI") == "true":
        pytest.fail(f"{name} is missing")
    if not found:
        pytest.skip(f"{name} is missing")
    return found


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_build_from_the_lock_gives_the_very_files_that_are_served(tmp_path):
    node, npm = program("node"), program("npm")
    source, out = tmp_path / "elsewhere", tmp_path / "out"
    shutil.copytree(SOURCES, source, ignore=shutil.ignore_patterns("node_modules"))
    run = partial(subprocess.run, cwd=source, check=True, capture_output=True)
    run([npm, "ci"])
    run([node, "build.mjs", str(out)])
    assert contents(out) == contents(BUILT)


def test_messages_are_framed_as_the_server_frames_them():
    node = program("node")
    message = {
        "header": {"msg_type": "comm_msg", "msg_id": "é"}, "parent_header": {},
        "metadata": {"a": [1]}, "content": {"data": {"html": "<p>1\u00a0€</p>"}},
    }  # fmt: skip
    parts = [json.dumps(part, ensure_ascii=False).encode() for part in message.values()]
    sent = serialize_msg_to_ws_v1([*parts, b"\x00\xff", b""], "iopub")
    script = f"""
        import {{ pack, unpack }} from {json.dumps((SOURCES / "src" / "wire.js").as_uri())};
        const read = unpack(Uint8Array.from({list(sent)}).buffer);
        const sizes = read.buffers.map((buffer) => buffer.byteLength);
        console.log(JSON.stringify({{ ...read, buffers: sizes }}));
        console.log(JSON.stringify([...new Uint8Array(pack(read))]));
    """
    command = [node, "--input-type=module", "-e", script]
    out = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    read, packed = (json.loads(line) for line in out.stdout.splitlines())
    assert read == {"channel": "iopub", "buffers": [2, 0]} | message
    channel, again = deserialize_msg_from_ws_v1(bytes(packed))
    assert channel == "iopub"
    assert [json.loads(part) for part in again[:4]] == list(message.values())
    assert again[4:] == [b"\x00\xff", b""]


def test_what_is_built_is_named_by_its_content_and_asks_nothing_outside():
    scripts = [path for path in BUILT.iterdir() if path.suffix in {".js", ".css"}]
    assert len(scripts) >= 3
    for path in scripts:
        assert re.fullmatch(r"\w+\.[0-9A-Z]{8}\.(js|css)", path.name)
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"""(?:fetch|import)\(["'`](?:https?:)?//|url\(["']?https?:""", text)


def test_a_page_without_ordinary_widgets_fetches_little():
    names = [front().script, front().screens]
    sizes = [len(find(name.removeprefix(STATIC_URL))[0].variant("br, gzip")[1]) for name in names]
    assert sum(sizes) < 32_200


def test_what_every_page_fetches_loads_no_library_by_itself():
    script = (BUILT / front().script.rpartition("/")[2]).read_text(encoding="utf-8")
    assert not re.search(r"""\bimport\s*[\w{*"']""", script)  # a library is imported when asked
    assert re.search(r"""import\("\./manager\.[0-9A-Z]{8}\.js"\)""", script)


def lone_screen(script):
    """Return what a script prints, with `made(state)` → a screen alone, and what was sent."""
    head = f"""
        import {{ LoneScreen, loneScreen }} from
          {json.dumps((SOURCES / "src" / "lone_screen.js").as_uri())};
        import {{ Comms }} from {json.dumps((SOURCES / "src" / "comms.js").as_uri())};
        globalThis.document = {{ createElement: () => ({{}}) }};
        globalThis.told = [];
        const sent = [];
        const kernel = {{ send: (kind, content, {{ buffers }}) =>
          sent.push([kind, content, buffers]) }};
        const MODULE = "data:text/javascript," + encodeURIComponent(`export default {{
          render({{ model }}) {{
            told.push(["rendered", model.get("html")]);
            model.on("change:html", () => told.push([model.get("html"), model.get("pictures")]));
            model.on("msg:custom", (content, buffers) => told.push([content.kind, buffers.length]));
          }} }};`);
        const comms = new Comms(kernel);
        const made = (state) => new LoneScreen(comms,
          ["m1", {{ append() {{}} }}, {{ _esm: MODULE, ...state }}]);
        const message = (data, id = "m1") => ({{ header: {{ msg_type: "comm_msg" }},
          content: {{ comm_id: id, data }}, buffers: [new DataView(new ArrayBuffer(1))] }});
    """
    command = [program("node"), "--input-type=module", "-e", head + script]
    out = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8")
    return json.loads(out.stdout)


def test_a_screen_alone_is_told_in_order_all_that_came_before_it_was_shown():
    shown = lone_screen("""
        const screen = made({ html: "a", pictures: [] });
        screen.receive(message({ method: "update", state: { html: "b", pictures: ["p"] } }));
        screen.receive(message({ method: "custom", content: { kind: "done" } }));
        await screen.show();
        screen.receive(message({ method: "update", state: { html: "b" } }));
        screen.receive(message({ method: "update", state: { html: "of another" } }, "m2"));
        console.log(JSON.stringify(told));
    """)
    assert shown == [["rendered", "a"], ["b", ["p"]], ["done", 1]]


def test_a_screen_alone_sends_as_widgets_do():
    sent = lone_screen("""
        const screen = made({ html: "" });
        await screen.show();
        screen.send({ kind: "ping" }, {}, ["buffer"]);
        console.log(JSON.stringify(sent));
    """)
    data = {"method": "custom", "content": {"kind": "ping"}}
    assert sent == [["comm_msg", {"comm_id": "m1", "data": data}, ["buffer"]]]


def test_a_screen_alone_that_comes_back_takes_what_its_kernel_shows_now():
    shown = lone_screen("""
        const screen = made({ html: "a" });
        await screen.show();
        const back = screen.load();
        const control = sent[0][1].comm_id;
        const states = { m1: { state: { html: "z" } }, m2: { state: { html: "no" } } };
        screen.receive(message({ states, buffer_paths: [] }, control));
        await back;
        console.log(JSON.stringify([told, sent.map(([kind]) => kind)]));
    """)
    assert shown == [
        [["rendered", "a"], ["z", None]],
        ["comm_open", "comm_msg", "comm_close"],
    ]


@pytest.mark.parametrize(
    ("views", "module", "esm", "alone"),
    [
        (["m1"], "anywidget", "/statique/front/screen.js", True),
        (["m1", "m2"], "anywidget", "/statique/front/screen.js", False),
        (["m1"], "@jupyter-widgets/controls", None, False),
        (["m1"], "anywidget", "export default {}", False),
        (["m3"], "anywidget", "/statique/front/screen.js", False),
        ([], "anywidget", "/statique/front/screen.js", False),
    ],
)
def test_the_libraries_are_left_out_where_there_is_one_screen_and_nothing_else(
    views, module, esm, alone
):
    states = {"state": {"m1": {"model_module": module, "state": {"_esm": esm} if esm else {}}}}
    places = [[view, "place"] for view in views]
    call = f"loneScreen({json.dumps(places)}, [{json.dumps(states)}]) !== null"
    assert lone_screen(f"console.log(JSON.stringify({call}));") is alone


def test_every_package_in_the_built_files_has_its_licence():
    said = (BUILT / "LICENCES.txt").read_text(encoding="utf-8")
    for name in ("@jupyter-widgets/base", "@lumino/widgets", "anywidget", "backbone", "jquery"):
        assert re.search(rf"(?m)^## {re.escape(name)} [\d.]+, [A-Z]", said)
    assert all("opyright" in part for part in said.split("\n## ")[1:] if "ISC" not in part)


@pytest.fixture
def get():
    """Return a function that asks a server with nothing but these files."""
    loop = IOLoop(make_current=False)
    kit = Settings()
    link, port = bind_unused_port()

    async def serve():
        routes = [(STATIC_URL + "(.*)", PublicFile)]
        server = HTTPServer(Application(routes, kit=kit))
        server.add_socket(link)
        return server

    async def fetch(path, method, headers):
        request = HTTPRequest(
            f"http://127.0.0.1:{port}{path}", method, headers, decompress_response=False
        )
        return await AsyncHTTPClient().fetch(request, raise_error=False)

    server = loop.run_sync(serve)
    yield lambda path, method="GET", **headers: loop.run_sync(
        lambda: fetch(path, method, {k.replace("_", "-"): v for k, v in headers.items()})
    )
    server.stop()
    loop.close()


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [("gzip, deflate, br, zstd", "br"), ("gzip", "gzip"), ("br;q=0, gzip;q=0.5", "gzip"),
     ("identity", None), ("gzip;q=0.0", None), ("", None)],
)  # fmt: skip
def test_the_script_comes_in_the_shortest_form_that_is_read(get, accepted, coding):
    answer = get(front().script, Accept_Encoding=accepted)
    assert answer.code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == FOR_EVER
    assert answer.headers["Vary"] == "Accept-Encoding"
    assert answer.headers.get("Content-Encoding") == coding
    whole = (BUILT / front().script.rpartition("/")[2]).read_bytes()
    if coding == "gzip":
        assert gzip.decompress(answer.body) == whole
    elif coding is None:
        assert answer.body == whole
    else:
        assert len(answer.body) < len(whole) / 2


def test_what_a_page_names_is_kept_for_ever(get):
    for path in (
        front().script,
        front().screens,
        look_url("kit.css"),
        look_url("fonts/atkinson-hyperlegible-latin-400-normal.woff2"),
    ):
        answer = get(path)
        assert (answer.code, answer.headers["Cache-Control"]) == (200, FOR_EVER)


@pytest.mark.parametrize("path", ["kit.css", "0123456789ab/kit.css", "front/front.json", "nimp.js"])
def test_another_address_is_asked_again_or_unknown(get, path):
    answer = get(STATIC_URL + path)
    if path in {"front/front.json", "nimp.js"}:
        assert answer.code == 404
    else:
        assert answer.headers["Cache-Control"] == "public, no-cache"


def test_what_has_not_changed_is_not_sent_again(get):
    mark = get(STATIC_URL + "kit.css", Accept_Encoding="gzip").headers["Etag"]
    again = get(STATIC_URL + "kit.css", Accept_Encoding="gzip", If_None_Match=mark)
    assert (again.code, again.body) == (304, b"")
    assert again.headers["Etag"] == mark
    other_form = get(STATIC_URL + "kit.css", If_None_Match=mark)
    assert other_form.code == 200


def test_head_gives_the_size_and_no_body(get):
    answer = get(front().script, "HEAD", Accept_Encoding="br")
    assert (answer.code, answer.body) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000


@pytest.mark.parametrize(
    "path",
    ["../index.html.j2", "..%2findex.html.j2", "%2e%2e/index.html.j2", "/etc/passwd",
     "front/../../index.html.j2", "front/%00", "", "front", "front/", "kit.css/", "KIT.CSS",
     f"{'0' * 12}/../kit.css"],
)  # fmt: skip
def test_only_names_that_are_known_exist(get, path):
    answer = get(STATIC_URL + path)
    assert answer.code == 404
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "Page introuvable" in answer.body.decode()


def test_another_look_has_another_address(monkeypatch):
    before = look_version()
    names = dict(assets())
    changed = names["kit.css"]
    monkeypatch.setitem(assets(), "kit.css", type(changed)(changed.kind, "x", changed.variants))
    look_version.cache_clear()
    try:
        assert look_version() != before
    finally:
        monkeypatch.undo()
        look_version.cache_clear()


def module_of(widget):
    """Return what a widget tells the page of its module."""
    return widget.get_state("_esm")["_esm"]


def test_in_the_portal_the_module_of_a_screen_is_an_address(monkeypatch):
    assert module_of(Screen(str)) == module_text()
    monkeypatch.setenv(HANDLE, "3")
    address = module_of(Screen(str))
    assert address == module_url()
    asset, immutable = find(address.removeprefix(STATIC_URL))
    assert immutable
    assert asset.variants["identity"].decode() == module_text()
