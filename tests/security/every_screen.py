"""All that a session does, in this process: every screen, every file, behind the real walls.

`python every_screen.py FOLDER` prints what was shown. `tools/trace_calls.py` runs it with
`--traced`: then no call is refused, and a mark tells where the walls would have gone up.
"""

from __future__ import annotations

import ctypes
import gc
import io
import json
import os
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path

MARK = "/here-the-walls-go-up"
NOTEBOOKS = (
    "ma_situation.ipynb", "scenarios.ipynb", "tableau_promotions.ipynb", "atelier.ipynb",
    "galerie.ipynb",
)  # fmt: skip
RESUME = {"basics": {"name": "Jean Dupont"},
          "education": [{"institution": "Université", "studyType": "Licence"}]}  # fmt: skip


def main(own: Path, *, traced: bool) -> None:
    """Get ready as a warm process does, put up the walls, then do everything."""
    sys.modules["pyarrow"] = None  # type: ignore[assignment]
    from iprof_kit.base.paths import NOTEBOOKS as FOLDER
    from iprof_kit.kernel import ahead, walls
    from iprof_kit.ui.rehearsal import rehearse

    for name in ("portail.ipynb", "cv.ipynb"):
        rehearse(name)
    for name in NOTEBOOKS:
        ahead.execute(FOLDER / name)
    walls.prepare(walls.SESSION)
    os.chdir(own)
    if traced:
        os.access(MARK, os.F_OK)
    else:
        walls.confine(own, Path(os.environ["MPLCONFIGDIR"]))
        walls.close_calls(walls.SESSION)
    print(json.dumps(show_everything(own)))


def show_everything(own: Path) -> dict[str, object]:
    """Do all that a person may do, and return what was shown or made."""
    from iprof_kit.ui.rehearsal import rehearse

    return {
        "screens": rehearse("portail.ipynb") + rehearse("cv.ipynb"),
        "alone": [_alone(name) for name in NOTEBOOKS],
        "cv": _cv(),
        "guichet": _guichet(),
        "pictures": _picture(),
        "process": _process(own),
    }


def _alone(name: str) -> bool:
    """Move a control of a screen without account."""
    from iprof_kit.ui.kit.guarded import UNAVAILABLE
    from iprof_kit.ui.screens.atelier_rooms.screen import open_atelier
    from iprof_kit.ui.screens.desk.screen import open_scenarios
    from iprof_kit.ui.screens.galerie.screen import open_gallery
    from iprof_kit.ui.screens.ma_situation.screen import open_my_situation
    from iprof_kit.ui.screens.tableau.screen import open_tableau

    opened = {
        "ma": open_my_situation, "scenarios": open_scenarios, "tableau": open_tableau,
        "atelier": open_atelier, "galerie": open_gallery,
    }  # fmt: skip
    screen = opened[name.partition("_")[0].partition(".")[0]]()
    intents = (
        ("situation", {"corps": "certifie", "echelon": "7", "date_effet": "01/09/2024"}),
        ("scenarios", {"quotite-B": "80"}), ("reglage", {"taux": "25"}),
        ("es_idee", {"of": "partiel"}), ("at_enregistrer", {}),
        ("at_persona", {"of": "lina_morel"}),
    )  # fmt: skip
    shown = []
    for intent, values in intents:
        screen.receive({"kind": "intent", "name": intent, "values": values, "path": ""})
        shown.append(screen.html)
    return not any(UNAVAILABLE in html for html in shown)


def _cv() -> dict[str, object]:
    """Open every page of the CV with its preview, bring files, take all files away."""
    from PIL import Image

    from iprof_kit.base.clock import paris_today
    from iprof_kit.ui.rehearsal import Understudy
    from iprof_kit.ui.screens.cv.files import FILES
    from iprof_kit.ui.screens.cv.screen import CvEditor
    from iprof_kit.ui.screens.desk.screen import sample_people
    from iprof_kit.ui.shared.menu import CV, routes

    person = next(iter(sample_people().values()))
    editor = CvEditor(lambda: Understudy(person, paris_today()))
    pictures = [
        len(editor.handle({"kind": "route", "path": path}).pictures or ()) for path in routes(CV)
    ]
    photo = io.BytesIO()
    Image.new("RGB", (40, 50), "teal").save(photo, "PNG")

    def intent(name: str, path: str = "/cv/edition/fichiers", **more: object):
        return editor.handle({"kind": "intent", "name": name, "path": path, "values": {}, **more})

    for name, content in (
        ("cv_photo", photo.getvalue()),
        ("cv_fichier", json.dumps(RESUME).encode()),
    ):
        intent(name, content=content, size=len(content))
    intent("cv_importer")
    letter = {"of": "lettre", "texte": "Madame,", "objet": "Candidature"}
    intent("cv_brouillon", "/cv/edition/lettre", values=letter)
    files = {of: intent("cv_telecharger", values={"of": of}).download for of in FILES}
    return {"pages": sum(pictures) > 0, "files": sorted(of for of, made in files.items() if made)}


def _guichet() -> str:
    """Ask the server something, as its answer waits."""
    from iprof_kit.ui.components.guichet import Guichet

    end = socket.socket(fileno=PAIR[0].detach())
    PAIR[1].send(b'{"id": 1, "result": {"precedente": null}}\n')
    return type(Guichet(end).ask("visite")).__name__


def _picture() -> list[int]:
    """Draw a figure in each format, as notebooks do."""
    from matplotlib.figure import Figure

    sizes = []
    for form in ("svg", "png", "pdf"):
        figure, out = Figure(), io.BytesIO()
        figure.subplots().plot([1, 2, 3])
        figure.savefig(out, format=form)
        sizes.append(len(out.getvalue()))
    return sizes


def _process(own: Path) -> list[object]:
    """Use time, threads, memory and files as any library may."""
    done: list[int] = []
    threads = [threading.Thread(target=done.append, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    time.sleep(0.001)
    with tempfile.TemporaryDirectory(dir=own) as folder, tempfile.TemporaryFile(dir=folder) as file:
        file.write(b"x" * 100_000)
        file.flush()
        (Path(folder) / "one").write_text("x")
        (Path(folder) / "one").rename(Path(folder) / "two")
        names = [one.name for one in Path(folder).iterdir()]
    memory = len(bytearray(100 << 20))
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    return [sorted(done), names, memory, os.urandom(1) != b""]


PAIR = socket.socketpair()

if __name__ == "__main__":
    main(Path(sys.argv[1]), traced="--traced" in sys.argv)
