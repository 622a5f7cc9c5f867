"""Notebooks opened and run in JupyterLab itself: nothing fails in the page, every cell answers."""

import os
import shutil
import subprocess
import sys
import urllib.request

import pytest
from playwright.sync_api import expect
from portal_server import free_port, listens, until

from iprof_kit.base.paths import NOTEBOOKS

pytestmark = pytest.mark.browser

OPENED = ("tableau_promotions.ipynb", "analyses_structure.ipynb")
"""One that shows a screen of ours, one that shows controls, a figure and tables."""
NOT_OURS = ("favicon", "/api/translation/", "/lab/extensions")
SECRET = "essai"
RUN = """async () => {
  await jupyterapp.shell.currentWidget.sessionContext.ready;
  await jupyterapp.commands.execute("notebook:run-all-cells");
}"""


@pytest.fixture(scope="module")
def laboratory(tmp_path_factory):
    """JupyterLab on a copy of the notebooks; yields what makes the address of one."""
    folder = tmp_path_factory.mktemp("laboratory")
    shutil.copytree(NOTEBOOKS, folder / "notebooks")
    port = free_port()
    options = [
        "--no-browser", "--expose-app-in-browser", "--ip=127.0.0.1",
        f"--port={port}", "--allow-root",
        f"--notebook-dir={folder / 'notebooks'}", f"--IdentityProvider.token={SECRET}",
        "--LabApp.news_url=None",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]  # fmt: skip
    homes = {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_RUNTIME_DIR": str(folder / "run"),
        "IPROF_VAR": str(folder / "var"),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", *options],
        env=os.environ | homes,
        stderr=subprocess.PIPE,
        text=True,
    )
    said = []
    for line in process.stderr:
        said.append(line)
        if f":{port}/lab" in line:
            break
    else:
        pytest.fail("".join(said))
    until(lambda: listens(port))  # it says its address, then binds it
    yield lambda name: f"http://127.0.0.1:{port}/lab/tree/{name}?token={SECRET}&reset"
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/api/shutdown?token={SECRET}", method="POST"
    )
    urllib.request.urlopen(request).close()
    process.communicate(timeout=30)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", OPENED)
def test_a_notebook_runs_without_a_fault_of_the_page(chromium, laboratory, name):
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(60_000)
    page, faults = context.new_page(), []
    page.on("pageerror", lambda error: faults.append(f"script: {error}"))
    page.on("console", lambda said: faults.append(said.text) if is_ours(said) else None)
    page.goto(laboratory(name))
    page.locator(".jp-CodeCell").first.wait_for()
    page.evaluate(RUN)
    cells = page.locator(".jp-CodeCell")
    expect(cells.last.locator(".jp-InputPrompt")).to_have_text(f"[{cells.count()}]:")
    expect(cells.last.locator(".jp-OutputArea-output").first).to_be_visible()
    assert page.locator("[data-mime-type*=stderr]").count() == 0
    context.close()
    assert not faults


def is_ours(said):
    place = f"{said.text} {said.location.get('url', '')}"
    return said.type == "error" and not any(known in place for known in NOT_OURS)
