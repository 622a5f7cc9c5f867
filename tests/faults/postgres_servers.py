"""PostgreSQL servers of one's own on this machine: one that acts, and one that follows it."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest
from portal_server import free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
QUICK = (
    "-c fsync=off -c full_page_writes=off -c listen_addresses=127.0.0.1 -c max_connections=90 "
    "-c wal_retrieve_retry_interval=200ms"
)


class PostgresServer:
    """One server in a folder of its own. PostgreSQL refuses root, who lends it a user."""

    def __init__(self, port=None):
        if not PROGRAMS:
            pytest.skip("PostgreSQL's programs are missing")
        self.home, self.port = Path(tempfile.mkdtemp(prefix="iprof-pg-")), port or free_port()
        self.as_user = {}
        if os.geteuid() == 0:
            import pwd  # absent on Windows, where nobody is root

            user = pwd.getpwnam("postgres")
            os.chown(self.home, user.pw_uid, user.pw_gid)
            self.as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    @classmethod
    def made(cls):
        """Return a new server, started, with an ordinary account that owns a database."""
        one = cls()
        one.run("initdb", "-D", one.data, "-U", "chef", "-A", "trust", "-E", "UTF8", "--no-sync")
        one.start()
        one.say("CREATE ROLE kit LOGIN", "CREATE DATABASE kit OWNER kit")
        return one

    @classmethod
    def following(cls, first, port=None):
        """Return a server that follows another; what it has not written is not acknowledged."""
        one = cls(port)
        from_first = ("-h", "127.0.0.1", "-p", str(first.port), "-U", "chef")
        one.run("pg_basebackup", *from_first, "-D", one.data, "-R", "-c", "fast", "--no-sync")
        one.start()
        first.say("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")
        return one

    @property
    def data(self):
        return self.home / "data"

    def run(self, program, *arguments):
        subprocess.run(
            [PROGRAMS[-1] / program, *arguments],
            check=True, cwd=self.home, stdout=subprocess.DEVNULL, timeout=120, **self.as_user,
        )  # fmt: skip

    def control(self, *words):
        self.run("pg_ctl", "-D", self.data, "-w", "-l", self.home / "log", *words)

    def start(self, more=""):
        self.control("-o", f"-p {self.port} -k {self.home} {QUICK} {more}", "start")

    def stop(self, how="immediate"):
        """Stop: « immediate » is what a broken machine does."""
        self.control("-m", how, "stop")

    def say(self, *orders, dbname="postgres"):
        """Return the rows of the last order."""
        link = {"host": "127.0.0.1", "port": self.port, "user": "chef", "dbname": dbname}
        with psycopg.connect(**link, autocommit=True) as session:
            for order in orders:
                answer = session.execute(order)
            return answer.fetchall() if answer.description else []

    def remove(self):
        if (self.data / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class Pair:
    """A server that acts and one that follows it, and takes its place."""

    def __init__(self):
        self.acting = PostgresServer.made()
        self.standby = PostgresServer.following(self.acting)

    def restart(self):
        self.acting.stop()
        self.acting.start()

    def fail_over(self):
        """The one that acts breaks down; the other takes its place, and it will follow that."""
        broken, self.acting = self.acting, self.standby
        broken.stop()
        self.acting.say("SELECT pg_promote()")
        broken.remove()
        self.standby = PostgresServer.following(self.acting, broken.port)

    def remove(self):
        for one in (self.standby, self.acting):
            one.remove()


def address_of(*servers):
    """Return the address that a copy of the kit is given: the one that can be written is taken."""
    hosts = "&".join(f"host=127.0.0.1:{one.port}" for one in servers)
    return f"postgresql://kit@/kit?{hosts}&target_session_attrs=read-write"
