"""A place full of data, an empty one of the same engine, and what each holds."""

import errno
import os
import signal

from record_pieces import image, slices
from sqlalchemy import MetaData, event, select

from iprof_kit.base.configuration.data_folder import keys_dir, var_dir
from iprof_kit.records import database as db
from iprof_kit.records.journal.verify import verify
from iprof_kit.services.access.sessions import open_session
from iprof_kit.services.backup import restoring, saving
from iprof_kit.services.backup.secrecy import Closing, Opening

BY = "iprof essai"
KEPT = {
    "cles/rectorat.cle": b"cle" * 20,
    "exports.jsonl": b'{"export": "1"}\n',
    "publications/rectorat/0001.json": b"{}",
    "publications/rectorat/0001.npz": bytes(range(256)) * 40,
    "sources/rectorat.yml": "colonnes: à lire\n".encode(),
    "de-demain/inconnu.bin": b"un fichier que personne n'a encore",
}
"""Files beside the database, one of a kind that the kit does not know."""
NOT_KEPT = {
    "matplotlib/fontlist.json": b"{}", "publications/rectorat/verrou": b"",
    "a-moitie.part": b"x", "autre.lock": b"", ".travail-ancien/base.sqlite": b"en clair",
}  # fmt: skip


def write_files(files):
    for name, content in files.items():
        path = var_dir() / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o600)


def fill(jean, draft, now):
    """A row in nearly every table, and files beside."""
    open_session("jdupont", now)
    jean("contact_enregistrer", valeurs={"portable": "06 39 98 12 34"}, revision=0, cle="contact-1")
    piece = jean(
        "piece_deposer",
        nom="scan.png",
        part=0,
        parts=1,
        contenu=slices(image("PNG"))[0],
        cle="piece-premiere",
    ).piece
    jean("signaler", donnee="identite.nom", indique="Dupond", cle="signaler-1", pieces=[piece.id])
    jean("cv_enregistrer", cv=draft, revision=0, cle="brouillon-un")
    version = jean("cv_version_creer", nom="Essai", revision=1, cle="version-un")
    jean("carnet_enregistrer", sujet="voeux", contenu={"essai": 1}, revision=0, cle="carnet-un")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    jean("cv_lien_creer", **shown, jours=3, cle="lien-premier")
    write_files(KEPT)
    write_files(NOT_KEPT)


def rows():
    """Return every row of every table, found in the database itself."""
    metadata = MetaData()
    with db.engine().connect() as link:
        metadata.reflect(link)
        return {
            table.name: sorted(
                (dict(row) for row in link.execute(select(table)).mappings()), key=repr
            )
            for table in metadata.sorted_tables
        }


def files():
    """Return what is under the folder of data, but the database, locks and fonts."""
    found = {}
    for home in {var_dir(), keys_dir()}:
        for path in home.rglob("*"):
            aside = path.suffix == ".lock" or path.name.startswith("iprof.sqlite")
            if path.is_file() and not aside:
                found[str(path.relative_to(var_dir()))] = path.read_bytes()
                assert path.stat().st_mode & 0o077 == 0
    return found


def came_back():
    """Return what is there beside the key and the seal of the journal, which verifies."""
    found = files()
    journal = {name for name in found if name.startswith("journal/")}
    assert {name.partition("-")[0] for name in journal} == {"journal/cle", "journal/scelle"}
    assert (len(journal), verify().faults) == (2, [])
    return {name: content for name, content in found.items() if name not in journal}


def save(path, now, how=Closing()):  # noqa: B008  # frozen
    return saving.save(path, how, BY, now)


def restore(path, now, key=Opening(), **more):  # noqa: B008  # frozen
    return restoring.restore(path, key, BY, now, **more)


def killed(act):
    """Do something in a process of its own, that must die of SIGKILL on the way."""
    pid = os.fork()
    if pid == 0:
        try:
            db.engine().dispose(close=False)
            act()
        finally:
            os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == -signal.SIGKILL


def die(*_words, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


def dies_before_it_is_kept(step):
    """Return a step whose process dies once all was sent to the database but its commit."""

    def act():
        event.listen(db.engine(), "commit", die)
        step()

    return act


def dies_before_it_answers(step):
    """Return a step whose process dies once it is kept, before anybody is told."""

    def act():
        step()
        die()

    return act


def disk_full(*_words, **_more):
    raise OSError(errno.ENOSPC, "No space left on device")
