"""PgBouncer between the kit and a PostgreSQL of this machine, in session mode."""

import os
import shutil
import signal
import subprocess

import pytest
from portal_server import listens, until

SETTINGS = """[databases]
* = host={host} port={behind} user=kit
[pgbouncer]
unix_socket_dir = {home}
listen_addr = 127.0.0.1
listen_port = {port}
auth_type = any
pool_mode = session
default_pool_size = 60
"""


class PgBouncer:
    """It runs in the server's folder, and refuses root as PostgreSQL does."""

    def __init__(self, home, port, *, host, behind):
        self.program = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
        if self.program is None:
            pytest.skip("pgbouncer is missing")
        self.home, self.port = home, port
        self.settings = home / "pgbouncer.ini"
        words = SETTINGS.format(host=host, behind=behind, home=home, port=port)
        self.settings.write_text(words, encoding="utf-8")
        self.settings.chmod(0o644)

    def start(self):
        owner = self.home.stat()
        lent = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
        as_user = lent if os.geteuid() == 0 else {}
        command = [self.program, "-q", str(self.settings)]
        self.process = subprocess.Popen(command, cwd=self.home, **as_user)
        until(lambda: listens(self.port))

    def stop(self):
        """End it at once: asked otherwise, it waits until its clients have left."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(timeout=30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()
