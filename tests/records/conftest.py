"""Every test of this folder runs on SQLite and on PostgreSQL, each in a database of its own."""

import itertools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from argon2 import PasswordHasher
from compiled_once import compiled_once
from mail_server import mail_server
from record_pieces import TEAM_B
from spare_databases import SpareDatabases
from sqlalchemy import make_url, select

from iprof_kit.base.paths import SAMPLE
from iprof_kit.cv.model import Cible, Cv, Faits, Lettre
from iprof_kit.cv.person import Contact, Identite
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.references import Recommandation
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.services.access import passwords, signing
from iprof_kit.services.access.accounts import (
    NewAccount,
    NewPortfolio,
    create_account,
    open_session,
    session_of,
)
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import run

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
THROWN_AWAY = (
    "-c fsync=off -c full_page_writes=off -c autovacuum=off -c wal_level=minimal "
    "-c max_wal_senders=0"
)
"""A server that nobody will want back after a power cut."""
_number = itertools.count()


@pytest.fixture(scope="session")
def postgres():
    """A throw-away server on a private socket; initdb refuses root, so root lends it a user."""
    initdb = PROGRAMS[-1] if PROGRAMS else shutil.which("initdb")
    if initdb is None:
        if os.environ.get("CI") == "true":
            pytest.fail("PostgreSQL's programs are missing: in CI nothing may be skipped")
        pytest.skip("PostgreSQL's programs (initdb, pg_ctl) are missing")
    programs = Path(initdb).parent
    home = Path(tempfile.mkdtemp(prefix="iprof-pg-"))
    as_user = {}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        import pwd  # absent on Windows, where nobody is root

        names = [entry.pw_name for entry in pwd.getpwall()]
        user = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
        os.chown(home, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def run(program, *arguments):
        subprocess.run(
            [programs / program, "-D", home / "data", *arguments],
            check=True,
            cwd=home,
            stdout=subprocess.DEVNULL,
            timeout=120,
            **as_user,
        )

    try:
        run("initdb", "-U", "kit", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {home} -c listen_addresses= -c max_connections=50 {THROWN_AWAY}"
        run("pg_ctl", "-w", "-l", home / "log", "-o", options, "start")
        try:
            yield home
        finally:
            run("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def hang(postgres):
    """Return what stops the PostgreSQL server as long as a block lasts."""
    if sys.platform != "linux":
        pytest.skip("processes are hurt on Linux only")
    return lambda: hung(postgres)


def administer(home, *orders):
    with psycopg.connect(host=str(home), user="kit", dbname="postgres", autocommit=True) as link:
        for order in orders:
            link.execute(order)


@contextmanager
def hung(home):
    """Stop every process of the PostgreSQL server as a broken machine would: nothing answers."""
    main = int((home / "data" / "postmaster.pid").read_text().split()[0])
    ours = {main, *_children_of(main)}
    for pid in ours:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in {*ours, *_children_of(main)}:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def _children_of(main):
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == main:
                yield int(stat.parent.name)


BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=BOTH)
def empty_database(request, tmp_path):
    """The address of a database without tables; its name is what was asked for."""
    with placed(request, tmp_path / "var"):
        yield request.param


@pytest.fixture(params=BOTH)
def database(request, tmp_path):
    """The same with its tables: like one that was prepared once."""
    model = request.getfixturevalue(f"prepared_{request.param}")
    with placed(request, tmp_path / "var", model):
        yield request.param


@pytest.fixture(scope="session")
def prepared_sqlite(tmp_path_factory):
    var = tmp_path_factory.mktemp("prepared") / "var"
    with addressed(var):
        db.prepare_database()
    return var


@pytest.fixture(scope="session")
def prepared_postgres(postgres, tmp_path_factory):
    administer(postgres, "CREATE DATABASE prepared")
    with addressed(tmp_path_factory.mktemp("unused"), of(postgres, "prepared")):
        db.prepare_database()
    return SpareDatabases(postgres, "prepared")


@contextmanager
def placed(request, var, model=None):
    """Give a test a database of its own, empty or like `model`, and take it away."""
    if request.param == "sqlite":
        if model is not None:
            shutil.copytree(model, var)
        with addressed(var):
            yield
        return
    home, name = request.getfixturevalue("postgres"), f"base{next(_number)}"
    with empty(home, name) if model is None else model.one(name), addressed(var, of(home, name)):
        yield


@contextmanager
def empty(home, name):
    """Make a database without a table, and take it away."""
    administer(home, f"CREATE DATABASE {name} TEMPLATE template0")
    yield
    administer(home, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def elsewhere(request, tmp_path):
    """Return a function: the kit uses another place, empty, of the engine named."""

    def one(kind, name="ailleurs"):
        asked = SimpleNamespace(param=kind, getfixturevalue=request.getfixturevalue)
        return placed(asked, tmp_path / name)

    return one


@contextmanager
def addressed(var, url=None):
    """Let the kit use this folder and this address, by default a file of the folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPROF_VAR", str(var))
        if url is None:
            patch.delenv("IPROF_DATABASE_URL", raising=False)
        else:
            patch.setenv("IPROF_DATABASE_URL", url)
        yield
        db.engine().dispose()


def of(home, name):
    return f"postgresql://kit@/{name}?host={home}"


@pytest.fixture(autouse=True, scope="session")
def _compiled_once():
    with compiled_once():
        yield


@pytest.fixture(autouse=True)
def cheap_hashing(monkeypatch):
    monkeypatch.setattr(passwords, "hasher", PasswordHasher(1, 8, 1))


@pytest.fixture
def another_server(database, monkeypatch, tmp_path):
    """Return a function: from then on, this is a server that has signed nothing yet.

    It knows the database by another address, under which it keeps no key.
    """
    elsewhere = make_url(f"sqlite:///{tmp_path}/another-address")
    return lambda: monkeypatch.setattr(signing, "database_url", lambda: elsewhere)


@pytest.fixture
def now():
    return datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def dossiers():
    """The fictitious dossiers by number."""
    return {dossier.numero: dossier for dossier in sample_dossiers()}


@pytest.fixture
def teachers(database, dossiers, now):
    """Two teachers who know nothing of each other, as the server knows them."""
    found = {}
    for compte, numero in (("jdupont", "D0001"), ("jdupont2", "D0003")):
        save_dossier(dossiers[numero], "test", now)
        new = NewAccount(compte, ("enseignant",), numero, password="quatre mots sans lien")
        create_account(new, "test", now)
    with db.reading() as session:
        for account in session.scalars(select(Account)):
            found[account.compte] = identity_of(account, now.date())
    return found


@pytest.fixture
def jean(teachers, now):
    """Return a function: an operation asked by Jean Dupont."""
    return lambda op, when=now, **args: run(teachers["jdupont"], op, args, when)


@pytest.fixture
def manager(teachers, now):
    """Return a function that makes a case manager, and returns what she asks of the guichet."""

    def made(compte="gmorel", *portfolios, service=TEAM_B, roles=("gestionnaire",)):
        given = [NewPortfolio(*one, service=service) for one in portfolios or [("06",)]]
        new = NewAccount(compte, roles, password="quatre mots sans lien", portfolios=given)
        create_account(new, "test", now)
        identity = session_of(open_session(compte, now), now)
        return lambda op, when=now, **args: run(identity, op, args, when)

    return made


@pytest.fixture
def written(jean):
    """Return a function: a thread that Jean Dupont opens; its public name."""

    def one(cle="cle-premiere", when=None, **words):
        given = {"nature": "question", "objet": "Temps partiel", "texte": "Quand le demander ?"}
        moment = {} if when is None else {"when": when}
        return jean("courrier_ecrire", **moment, cle=cle, **(given | words)).lu.fil.id

    return one


@pytest.fixture
def cv():
    """A CV with two targets, ways to reach two people, and a letter."""
    return Cv(
        faits=Faits(
            identite=Identite(prenom="Jean", nom="Dupont", titre="Professeur des écoles"),
            contact=Contact(courriel="jean@example.org", telephone="06 12 34 56 78"),
            diplomes=(Diplome(id="d1", intitule="Licence de lettres", annee="1999"),),
            references=(Recommandation(id="r1", nom="Anne Roux", contact="anne@example.org"),),
        ),
        cibles=(
            Cible(
                id="c1",
                titre="Poste de maître formateur",
                lettre=Lettre(objet="Candidature", texte="Texte de la lettre"),
            ),
            Cible(id="c2", titre="Autre poste", coordonnees=False),
        ),
    )


@pytest.fixture
def draft(cv):
    """The same CV as it travels."""
    return cv.model_dump(mode="json")


@pytest.fixture
def configured(tmp_path, monkeypatch):
    """Return a function: the sample's configuration with these lines under « travaux »."""

    def one(*lines):
        file = tmp_path / f"academies-{next(_number)}.yml"
        text = (SAMPLE / "academies.yml").read_text("utf-8")
        file.write_text("travaux:\n" + "".join(f"  {line}\n" for line in lines) + text, "utf-8")
        monkeypatch.setenv("IPROF_ACADEMIES", str(file))

    return one


@pytest.fixture
def mail(monkeypatch):
    """A real SMTP server of this machine, and the kit that knows it."""
    with mail_server() as kept:
        monkeypatch.setenv("IPROF_SMTP", kept.address)
        yield kept
