"""Draw one tree into a file: `python drawing.py TREE FILE SEED MODE ONLY`.

MODE is « whole », « quick », or « one »: one person alone.

It runs in the environment of the tree, whose own code answers; this file and its neighbours come
from the tree that compares, since one older than them has none. `doors.py` says what they rest on.
Each person has a process of her own, forked from one where nothing was asked yet: what one does
leaves nothing in the memory of the next, only in the database, as on the server.
"""

from __future__ import annotations

import base64
import gc
import json
import os
import socket
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TextIO

sys.path.insert(0, str(Path(__file__).parents[1]))

from drawn import doors
from drawn.door import Portal
from drawn.outside import choose_notices, helps, jobs, with_a_post
from drawn.person import Person, drawn, quiet
from drawn.workbooks import shown_by, workbooks

_ROLE_PATHS = {"portail.ipynb": "/accueil", "cv.ipynb": "/cv/diplomes", "gestion.ipynb": "/bureau",
               "evaluation.ipynb": "/evaluation", "atelier.ipynb": "/atelier",
               "galerie.ipynb": "/galerie"}  # fmt: skip
_SINGLE = {"tableau_promotions.ipynb": "/tableau-promotions", "scenarios.ipynb": "/scenarios",
           "ma_situation.ipynb": "/ma-situation"}  # fmt: skip
NOTEBOOKS = {
    "enseignant": ("portail.ipynb", "cv.ipynb"),
    "gestionnaire": ("portail.ipynb", "gestion.ipynb", "ma_situation.ipynb"),
    "evaluateur": ("portail.ipynb", "evaluation.ipynb"),
    "formateur": ("portail.ipynb", "atelier.ipynb"),
    "analyste": ("portail.ipynb", "tableau_promotions.ipynb", "scenarios.ipynb"),
    "administrateur": ("portail.ipynb",),
    "": ("portail.ipynb", "galerie.ipynb", "ma_situation.ipynb"),
}
"""Which notebooks somebody of each role opens; "" without account."""
_TEXTS = ("/guides", "/aide", "/accessibilite")
"""What is nearly the same for everybody: drawn whole for some, drawn at random for the others."""


@dataclass(frozen=True)
class Visitor:
    """Somebody who logs in: her name in the drawing, who she is for the server, her notebooks."""

    name: str
    identity: Any
    notebooks: tuple[str, ...]
    whole: bool
    acts: int


@dataclass(frozen=True)
class How:
    """What is drawn: with which seed, how much, which screens."""

    seed: int
    quick: bool
    only: str


def visitors(how: How) -> Iterator[Visitor]:
    """Yield those who are drawn: teachers first, whose threads then wait at the desks."""
    with doors.door("reading")() as session:
        account = doors.door("Account")
        accounts = session.query(account).order_by(account.compte).all()
        who = [doors.identity(one) for one in accounts]
    by_file = {one.numero_dossier: one for one in who if one.numero_dossier}
    model = next(iter(by_file.values()))
    files = [one.numero for one in doors.door("sample_dossiers")()]
    quick = {"D0001", "D0019", "D0042"}
    rank = {one: n for n, one in enumerate(sorted(files, key=lambda f: drawn(how.seed, f)))}
    for number in files:
        if how.quick and number not in quick:
            continue
        own = by_file.get(number)
        stands = own or replace(model, compte=f"z{number.lower()}", numero_dossier=number)
        books = NOTEBOOKS["enseignant"]
        few = own is None and rank[number] > 8
        whole = number == "D0001" or (number == "D0042" and not how.quick)
        yield Visitor(number, replace(stands, first_password=False), books[:1] if few else books,
                      whole, 3 if how.quick else 4 if few else 8)  # fmt: skip
    for one in who:
        if one.numero_dossier or (how.quick and one.compte.endswith(("2", "r"))
                                  and one.compte != "fformateur"):  # fmt: skip
            continue
        yield Visitor(one.compte, replace(one, first_password=False), NOTEBOOKS[one.roles[0]],
                      False, 4 if how.quick else 14)  # fmt: skip
    yield Visitor("sans compte", None, NOTEBOOKS[""], whole=False, acts=4 if how.quick else 14)


def write(out: TextIO, name: str, lines: list[str]) -> None:
    """Add a page to the file of a drawing."""
    packed = base64.b64encode(zlib.compress("\n".join(lines).encode(), 1)).decode()
    out.write(json.dumps({"name": name, "text": packed}) + "\n")


def draw(visitor: Visitor, notebook: str, how: How, file: Path) -> None:
    """Draw the screens of one notebook for one person; runs in her own process."""
    with file.open("a", encoding="utf-8") as out:

        def record(name: str, lines: list[str]) -> None:
            write(out, f"{notebook[:-6]} {name}", lines)

        if notebook not in _shows(how.only):
            return
        screen = doors.open_notebook(notebook)
        doors.frozen_everywhere()
        person = Person(visitor.name, screen, record, how.seed, visitor.acts)
        alone = notebook in _SINGLE
        paths = [""] if alone else sorted(person.routes(_ROLE_PATHS[notebook]))
        for path in paths:
            shown = path or _SINGLE[notebook]
            if how.only and not shown.startswith(how.only):
                continue
            if shown.startswith(_TEXTS) and not _reads(visitor, shown, how):
                continue
            begun = time.monotonic()
            person.visit(path)
            if os.environ.get("DRAWN_TIMES"):
                print(f"{time.monotonic() - begun:6.2f} {visitor.name} {shown}", file=sys.stderr)
        for name in person.broken:
            record(f"{name} ✗", ["cet écran n’a pas pu être préparé"])


def _reads(visitor: Visitor, text: str, how: How) -> bool:
    """Tell whether somebody is drawn to open a text that is nearly the same for everybody."""
    if visitor.whole or how.only:
        return True
    own = visitor.identity is not None and visitor.identity.numero_dossier
    share = 0 if how.quick else 100 if own else 30
    return drawn(how.seed, visitor.name, text) % 1000 < share


def _shows(address: str) -> set[str]:
    """Return the notebooks that may show an address: that of the menu, else all of them."""
    if not address:
        return {one for books in NOTEBOOKS.values() for one in books}
    for item in doors.menu():
        if address.startswith(item["chemin"]):
            alone = {path: book for book, path in _SINGLE.items()}
            return {alone.get(item["chemin"], item.get("notebook", "portail.ipynb"))}
    return {"portail.ipynb", "galerie.ipynb"}


def serve(end: socket.socket, visitor: Visitor, seed: int) -> None:
    """Answer the lines of one kernel, as the guichet of the server does, until it ends."""
    codes = [("NotLoggedIn", "non_connecte"), ("InputError", "arguments_invalides"),
             ("Refused", "refuse"), ("Unavailable", "indisponible")]  # fmt: skip
    with end, end.makefile("rwb") as lines:
        for number, line in enumerate(lines):
            asked = json.loads(line)
            doors.begin_again(seed, visitor.name, number, asked["op"])
            answer: dict[str, Any] = {"id": asked["id"]}
            try:
                made = doors.door("run")(
                    visitor.identity, asked["op"], asked.get("args", {}), doors.MOMENT
                )
                answer["result"] = made.model_dump(mode="json")
            except doors.door("KitError") as error:
                code = next((c for name, c in codes if isinstance(error, doors.door(name))),
                            "refuse")  # fmt: skip
                answer["error"] = {"code": code, "message": error.message, "remede": error.remedy}
            except Exception as error:
                print(f"{asked['op']} : {error!r}", file=sys.stderr)
                answer["error"] = {"code": "erreur_interne", "remede": "Réessayez.",
                                   "message": "une erreur est survenue de notre côté."}  # fmt: skip
            lines.write(json.dumps(answer, default=str).encode() + b"\n")
            lines.flush()


def prepare(how: How) -> None:
    """Make the database of the sample; have in memory what every kernel needs."""
    gc.disable()  # a fifth of the imports went there
    doors.freeze()
    doors.begin_again("sample")
    doors.cheap_passwords()
    doors.door("use_sample")()
    doors.door("prepare_database")()
    doors.door("load_sample")(doors.MOMENT)
    doors.door("load_sample_plan")(doors.MOMENT)
    doors.door("run")
    for notebook in _shows(how.only):
        doors.open_notebook(notebook, only_import=True)
    for notebook in ("portail.ipynb", "cv.ipynb", "gestion.ipynb") if not how.only else ():
        doors.door("rehearse")(notebook)
    doors.frozen_everywhere()
    gc.freeze()
    gc.enable()


def outside(how: How, var: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield what is drawn outside the screens, by its name: all of it, or the kind that is asked.

    Jobs come last: they do what they say.
    """
    if how.only in ("", "commande"):
        yield from helps()
    if how.only in ("", "porte"):
        with Portal(var / "porte") as portal:
            yield from portal.pages()
    if how.only in ("", "travail", "courriel"):
        yield from jobs()


def draw_workbooks(how: How, file: Path) -> None:
    """Draw the analysts' notebooks, one of them where little is drawn; runs in its own process."""
    names = workbooks()
    if how.quick and not how.only:
        names = [names[drawn(how.seed, "notebook") % len(names)]]
    with file.open("a", encoding="utf-8") as out:
        for name, lines in shown_by(names):
            write(out, name, lines)


def main() -> int:
    """Draw the tree; return the exit code."""
    tree, file, seed, mode, only = sys.argv[1:]
    how = How(int(seed), mode != "whole", only)
    if doors.tree() != Path(tree).resolve():
        print(f"{tree} : le code lu est celui de {doors.tree()}", file=sys.stderr)
        return 2
    quiet()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["IPROF_VAR"] = folder
        os.environ.pop("IPROF_DATABASE_URL", None)
        with_a_post(Path(folder) / "academies")
        prepare(how)
        who = list(visitors(how))
        hers = [one.identity for one in who if one.identity and one.identity.numero_dossier]
        lend_accounts(hers)
        choose_notices(hers)
        for visitor in _who_opens(who, mode, only):
            for notebook in visitor.notebooks:
                if not drawn_apart(visitor, notebook, how, Path(file)):
                    print(f"{visitor.name} {notebook} : arrêté en chemin", file=sys.stderr)
                    return 2
        with Path(file).open("a", encoding="utf-8") as out:
            for name, lines in outside(how, Path(folder)):
                write(out, name, lines)
        if only in ("", "notebook") and not in_a_fork(lambda: draw_workbooks(how, Path(file))):
            print("notebooks des analystes : arrêtés en chemin", file=sys.stderr)
            return 2
        doors.door("engine")().dispose()
    return 0


def lend_accounts(identities: list[Any]) -> None:
    """Let each file that is drawn have an account, as on the server."""
    account, agent = doors.door("Account"), doors.door("Agent")
    with doors.door("writing")() as session:
        known = {one.compte for one in session.query(account)}
        files = {one.numero: one.id for one in session.query(agent)}
        for one in identities:
            if one.compte not in known:
                lent = account(compte=one.compte, first_password=False, demo=True)
                lent.agent_id = files[one.numero_dossier]
                session.add(lent)


def _who_opens(who: list[Visitor], mode: str, only: str) -> list[Visitor]:
    """Return who opens screens: nobody where what is drawn is outside them."""
    if only and not only.startswith("/"):
        return []
    return who[:1] if mode == "one" else who


def in_a_fork(work: Callable[[], None], answer: Callable[[], None] = lambda: None) -> bool:
    """Do something in a process forked here, while this one answers it; tell whether it ended."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except BaseException:
            import traceback

            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(code)
    answer()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def drawn_apart(visitor: Visitor, notebook: str, how: How, file: Path) -> bool:
    """Draw one notebook in a process forked here, and answer it; tell whether it ended well."""
    ours, theirs = socket.socketpair()

    def work() -> None:
        ours.close()
        os.environ["IPROF_GUICHET_FD"] = str(theirs.detach())
        draw(visitor, notebook, how, file)

    def answer() -> None:
        theirs.close()
        serve(ours, visitor, how.seed)

    return in_a_fork(work, answer)


if __name__ == "__main__":
    sys.exit(main())
