"""The real portal as a program of its own, on the sample and on the notebooks of the tests."""

import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import nbformat

HERE = Path(__file__).parent


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def until(condition, seconds=60.0):
    """Return the first true value of a condition; give up after a while."""
    end = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < end, "what was awaited did not come"
        time.sleep(0.05)
    return value


def write_notebook(folder, name, *cells):
    notebook = nbformat.v4.new_notebook()
    notebook.metadata["kernelspec"] = {
        "name": "python3", "display_name": "Python 3", "language": "python",
    }  # fmt: skip
    notebook.metadata["title"] = "Essai"
    notebook.cells = [nbformat.v4.new_code_cell(cell) for cell in cells]
    nbformat.write(notebook, folder / name)


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def family(pid):
    """Return every living process that descends from one."""
    found, parents = set(), {pid}
    while parents:
        parents = {child for parent in parents for child in children(parent)} - found
        found |= parents
    return found


def children(pid):
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def notebooks_of(folder, my_situation=None):
    """Write the notebooks that a portal of the tests shows, and return where they are."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    probe = (HERE / "probe.py").read_text()
    for name in ("portail", "cv", "galerie", "tableau_promotions", "atelier", "rh"):
        write_notebook(notebooks, f"{name}.ipynb", probe)
    write_notebook(notebooks, "ma_situation.ipynb", my_situation or probe)
    write_notebook(notebooks, "scenarios.ipynb", "1 / 0  # secret-de-la-cellule")
    return notebooks


class Server:
    """A portal in a process of its own; `beside` is another copy, whose data it shares."""

    def __init__(self, folder, my_situation=None, academies=None, beside=None, **settings):
        self.port = free_port()
        if sign_on := settings.get("sign_on"):
            sign_on.setdefault("site", f"http://127.0.0.1:{self.port}")
        self.log = folder / "server.log"
        self.people = beside.people if beside else folder / "people.sqlite"
        self.notebooks = beside.notebooks if beside else notebooks_of(folder, my_situation)
        self.environment = os.environ | {
            "IPROF_VAR": str(self.people.parent / "var"),
            "IPROF_DATABASE_URL": f"sqlite:///{self.people}",
            "SECRET_OF_THE_SERVER": "ne-pas-lire",
        }
        if academies is not None:
            self.environment["IPROF_ACADEMIES"] = str(academies)
        settings |= {"port": self.port, "notebooks": str(self.notebooks)}
        command = [sys.executable, str(HERE / "open_portal.py"), json.dumps(settings)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)

    def wait(self):
        def open_or_dead():
            assert self.process.poll() is None, self.log.read_text()
            return listens(self.port)

        until(open_or_dead, 180)

    def command(self, *words):
        """Run `iprof …` on the data of this portal."""
        command = [sys.executable, "-m", "iprof_kit", *words]
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)
