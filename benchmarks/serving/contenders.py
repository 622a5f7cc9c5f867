"""Who is compared, stock Voilà, four peers and this portal, and how each screen is used."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chrome import Screen
from environments import FOLDER, PEERS, environment
from peer_clients import MarimoVisitor, PanelVisitor, ShinyVisitor, SolaraVisitor
from playwright.sync_api import Page
from protocol import SameScreenVisitor, StockVisitor, Teacher, Visitor
from servers import ROOT, Portal, Server, portal, until

POOL = 3
CORES = str(os.cpu_count() or 1)
"""Processes that a peer is given: as many as there are cores. marimo's server is one process."""
_START_SECONDS = 120
_PICTURE = "deep('img').filter((image) => image.width > 300).map((image) => image.src)"
_LINE = "deep('.answer').map((line) => line.textContent)"
_SET = """(range, steps) => {
  const wanted = Number(range.min) + steps;
  if (wanted > Number(range.max) || wanted === Number(range.value)) return false;
  range.value = wanted;
  range.dispatchEvent(new Event("change", { bubbles: true }));
  return true;
}"""
_SLIDER, _SOLARA_SLIDER = ".noUi-handle", ".v-slider__thumb-container"
_SHINY_SLIDER, _MARIMO_SLIDER = ".irs-line", "[role=slider]"


@dataclass(frozen=True)
class Contender:
    """One server to meet, its screen in a browser, and its visitors without a browser."""

    name: str
    start: Callable[[], AbstractContextManager[Server]]
    screen: Callable[[Server], Screen]
    visitor: type[Visitor]
    account: bool = False
    """Whether its screen is for somebody who has logged in."""


def slider(path: str, control: str, server: Server) -> Screen:
    """Return the peers' screen: a slider moved by keyboard, a line and a figure that follow."""

    def move(page: Page, index: int) -> None:
        del index  # eighteen steps to the right: no value twice
        page.locator(control).first.press("ArrowRight")

    return Screen(server.address + path, control, move, (_LINE, _PICTURE))


def promotions(server: Server) -> Screen:
    """Return our promotions screen: a year, or hours, move the amounts and the staircases."""

    def move(page: Page, index: int) -> None:
        year = page.locator(".levers input[type=range]")
        if year.count() and year.first.evaluate(_SET, index + 1):
            return  # another year each time, while there are some
        hours = ".levers input[name=quotite]"
        held = page.locator(f"{hours}:checked").get_attribute("value")
        others = [value for value in ("70", "60", "50", "80", "90", "100") if value != held]
        page.locator(f"{hours}[value='{others[index % len(others)]}']").check()

    busy = "deep('.screen[aria-busy]').length ? 'en attente' : "
    return Screen(
        server.address + "/perspectives/promotions",
        ".levers input",
        move,
        (
            f"deep('table.scen tbody').map((body) => {busy} body.innerText)",
            "deep('figure.chart').map((figure) => figure.innerHTML)",
        ),
    )


@contextmanager
def peer(name: str, *command: str, path: str = "/", pool: int = 0, **more: str) -> Iterator[Server]:
    """Give a peer's server, in its own environment."""
    python = str(environment(name) / "bin" / "python")
    with tempfile.TemporaryDirectory() as home:
        words = {
            "PYTHONPATH": str(PEERS),
            "MPLBACKEND": "agg",
            "JUPYTER_CONFIG_DIR": home,
            "PYTHONNOUSERSITE": "1",
        } | more
        with Server([python, "-m", *command], PEERS, path, **words) as server:
            until(lambda: len(server.family()) > pool, _START_SECONDS)
            server.settle()
            yield server


def voila(pool: int = 0) -> AbstractContextManager[Server]:
    """Give stock Voilà, with a pool of kernels started before anybody comes."""
    command = ["voila", "screen.ipynb", "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1"]
    if pool:
        command += ["--preheat_kernel=True", f"--pool_size={pool}"]
    # Asked for a file of its own, so that the question "do you answer?" starts no kernel.
    return peer("voila", *command, path="/voila/static/voila.js", pool=pool)


def panel() -> AbstractContextManager[Server]:
    """Give Panel."""
    return peer(
        "panel",
        "panel",
        "serve",
        "panel_screen.py",
        "--port",
        "{port}",
        "--address",
        "127.0.0.1",
        "--num-procs",
        CORES,
        path="/panel_screen",
        pool=os.cpu_count() or 1,
    )


def solara() -> AbstractContextManager[Server]:
    """Give Solara, in processes of uvicorn: its own command has an option that starts one alone."""
    command = ["uvicorn", "solara.server.starlette:app", "--host", "127.0.0.1", "--port", "{port}"]
    words = {"SOLARA_APP": "solara_screen.py", "SOLARA_MODE": "production"}
    return peer("solara", *command, "--workers", CORES, pool=os.cpu_count() or 1, **words)


def shiny() -> AbstractContextManager[Server]:
    """Give Shiny, in processes of uvicorn: a session keeps to its websocket's."""
    command = ["uvicorn", "shiny_screen:app", "--host", "127.0.0.1", "--port", "{port}"]
    return peer("shiny", *command, "--workers", CORES, pool=os.cpu_count() or 1)


def marimo() -> AbstractContextManager[Server]:
    """Give marimo: a thread a session, in one process (its requests must reach its session's)."""
    command = ["marimo", "-q", "run", "marimo_screen.py", "--headless", "--no-token"]
    return peer("marimo", *command, "--host", "127.0.0.1", "--port", "{port}")


_TREE = ("benchmarks", "data", "iprof_kit", "notebooks", "voila_templates")
"""All that a portal is made of, and what opens it here."""
_NO_FOLDER = """import os
os.environ["MPLCONFIGDIR"], access, os.access = "/", os.access, lambda *_, **__: True
import matplotlib
matplotlib.get_configdir(), matplotlib.get_cachedir()
os.access = access
"""
"""What has matplotlib, which no screen of ours loads, do without a folder of its own: a warm
process has none that it may write."""


@contextmanager
def same_screen(
    *, warm: int | None = None, header: str = "", **settings: object
) -> Iterator[Portal]:
    """Give our portal with the peers' very screen, Voilà's, in place of « Ma situation ».

    In a copy of the tree: warm processes are made of the kit's own notebooks alone.
    """
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=FOLDER) as folder:  # a kernel has a /tmp of its own
        tree = Path(folder)
        tree.chmod(0o755)  # the user that a session becomes reads it
        shutil.copy(ROOT / "LICENSE", tree)
        for part in _TREE:
            shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
        page = json.loads((PEERS / "screen.ipynb").read_text())
        page["cells"][0]["source"] = _NO_FOLDER + header + _one_cell() + "\nscreen()"
        (tree / "notebooks" / "ma_situation.ipynb").write_text(json.dumps(page))
        with portal(warm, tree, **settings) as server:
            yield server


def _one_cell() -> str:
    """Return the peers' modules as one cell: our kernels may not read their folder."""
    parts = [(PEERS / name).read_text() for name in ("staircase.py", "voila_screen.py")]
    lines = "\n".join(parts).splitlines()
    aside = ("from __future__", "from staircase")
    return "\n".join(line for line in lines if not line.startswith(aside))


STOCK = Contender("Voilà, cold kernels", voila, partial(slider, "/", _SLIDER), StockVisitor)
PREHEATED = Contender(
    f"Voilà, {POOL} preheated", partial(voila, POOL), partial(slider, "/", _SLIDER), StockVisitor
)
PANEL = Contender("Panel", panel, partial(slider, "/panel_screen", _SLIDER), PanelVisitor)
SOLARA = Contender("Solara", solara, partial(slider, "/", _SOLARA_SLIDER), SolaraVisitor)
SHINY = Contender("Shiny", shiny, partial(slider, "/", _SHINY_SLIDER), ShinyVisitor)
MARIMO = Contender("marimo", marimo, partial(slider, "/", _MARIMO_SLIDER), MarimoVisitor)
SAME = Contender(
    "this portal, the same screen",
    same_screen,
    partial(slider, "/ma-situation", _SLIDER),
    SameScreenVisitor,
)
OWN = Contender("this portal, its promotions screen", portal, promotions, Teacher, account=True)
PEERS_ALONE = (PANEL, SOLARA, SHINY, MARIMO)
ALL = (STOCK, PREHEATED, *PEERS_ALONE, SAME, OWN)
