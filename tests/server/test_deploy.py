"""The files of `deploy/`, as the programs that read them judge them (they run in test_proxies)."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).parents[2] / "deploy"
SERVICE = DEPLOY / "systemd" / "iprof@.service"
pytestmark = pytest.mark.soak


def done(*command):
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)


def test_the_service_is_exposed_less_than_three_of_ten():
    options = ("--offline=yes", "--no-pager", "--json=short", "--threshold=30")
    rows = json.loads(done("systemd-analyze", "security", *options, SERVICE).stdout)
    open_yet = {row["name"] for row in rows if row["set"] is False}
    assert "PrivateNetwork=" in open_yet  # it serves
    assert "NoNewPrivileges=" not in open_yet


def test_haproxy_and_nginx_take_their_files_with_a_certificate(tmp_path):
    key, chain, site = (tmp_path / name for name in ("cle.pem", "chaine.pem", "site.pem"))
    done(
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
        "-subj", "/CN=carriere.example.fr", "-keyout", key, "-out", chain,
    )  # fmt: skip
    site.write_bytes(chain.read_bytes() + key.read_bytes())
    ours = {"/etc/ssl/iprof": str(tmp_path), "/var/log/nginx": str(tmp_path)}
    files = {}
    for name in ("nginx/iprof.conf", "haproxy/haproxy.cfg"):
        words = (DEPLOY / name).read_text(encoding="utf-8")
        for there, here in ours.items():
            words = words.replace(there, here)
        files[name] = tmp_path / Path(name).name
        files[name].write_text(words, encoding="utf-8")
    whole = tmp_path / "nginx.conf"
    inside = f"include {files['nginx/iprof.conf']};"
    whole.write_text(f"pid {tmp_path}/pid; events {{}} http {{ {inside} }}", encoding="utf-8")
    assert "test is successful" in done("nginx", "-t", "-c", str(whole)).stderr
    done("haproxy", "-c", "-f", files["haproxy/haproxy.cfg"])


def test_caddy_takes_its_file():
    file = DEPLOY / "caddy" / "Caddyfile"
    done("caddy", "validate", "--adapter", "caddyfile", "--config", file)
    assert done("caddy", "fmt", "--diff", file).stdout.count("\n+") == 0
