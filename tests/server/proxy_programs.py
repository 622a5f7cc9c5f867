"""The files of `deploy/` run by the real programs, in front of ports of this machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from portal_server import free_port, listens, until

DEPLOY = Path(__file__).parents[2] / "deploy"
WHOLE = """
pid {folder}/pid; error_log {folder}/error;
events {}
http {
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/kept;
  fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  {site}
}
"""
"""What Debian's own file says around ours."""


class Proxy:
    """One program before copies of the kit, which a test may stop and start again.

    What changes in its file is where it listens, where the copies are, and TLS, tried apart.
    """

    program, file = "", ""
    before, after = (), ()
    """Words of its command around the name of the file."""

    def __init__(self, folder, *copies):
        if shutil.which(self.program) is None:
            pytest.skip(f"{self.program} is not installed")
        self.folder, self.port = folder, free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.said = folder / f"{self.program}-said"
        ours = enumerate(copies, 8866)
        self.copies = [(f"127.0.0.1:{theirs}", f"127.0.0.1:{port}") for theirs, port in ours]
        self.written = folder / f"{self.program}-configuration"
        self.written.write_text(self.site(), encoding="utf-8")

    def site(self):
        raise NotImplementedError

    def here(self, *others, without=()):
        """Return its file of `deploy/` but for addresses of this machine."""
        words = (DEPLOY / self.file).read_text(encoding="utf-8")
        for line in without:
            assert line in words
            words = words.replace(line, "")
        for there, instead in (*others, *self.copies):
            assert there in words
            words = words.replace(there, instead)
        return words

    def start(self):
        command = [self.program, *self.before, str(self.written), *self.after]
        with self.said.open("a") as said:
            self.process = subprocess.Popen(command, stdout=said, stderr=said)
        until(lambda: listens(self.port))

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_error):
        self.stop()


class Nginx(Proxy):
    program, file = "nginx", "nginx/iprof.conf"
    after = ("-g", "daemon off;")

    @property
    def before(self):
        return "-e", str(self.folder / "error"), "-c"

    def site(self):
        words = self.here(
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.port};"),
            ("listen 80;", f"listen unix:{self.folder}/80;"),
            ("/var/log/nginx/iprof.log", f"{self.folder}/log"),
            without=[
                "ssl_certificate     /etc/ssl/iprof/chaine.pem;",
                "ssl_certificate_key /etc/ssl/iprof/cle.pem;",
                "ssl_protocols       TLSv1.2 TLSv1.3;",
            ],
        )
        return WHOLE.replace("{site}", words).replace("{folder}", str(self.folder))


class Haproxy(Proxy):
    program, file = "haproxy", "haproxy/haproxy.cfg"
    before = ("-db", "-f")

    def site(self):
        return self.here(
            ("bind :443 ssl crt /etc/ssl/iprof/site.pem", f"bind 127.0.0.1:{self.port}"),
            without=[
                "bind :80",
                "http-request redirect scheme https code 301 unless { ssl_fc }",
                "log /dev/log local0 notice",
                *(f"{who} haproxy" for who in ("user", "group") if os.getuid()),
            ],
        )


class Caddy(Proxy):
    program, file = "caddy", "caddy/Caddyfile"
    before = ("run", "--adapter", "caddyfile", "--config")

    def site(self):
        alone = "{\n\tadmin off\n}\n"
        return alone + self.here(("carriere.example.fr {", f"http://127.0.0.1:{self.port} {{"))
