"""The container of `deploy/`, built without a registry of images, serves with nothing to lose."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import httpx
import pytest
from portal_server import free_port, until

BUILD = Path(__file__).parents[2] / "deploy" / "container" / "build.sh"
PODMAN = ["podman", "--runtime", "runc", "--cgroup-manager", "cgroupfs"]
CLOSED = ["--read-only", "--tmpfs=/tmp", "--cap-drop=all", "--security-opt=no-new-privileges"]
NAME = f"iprof-kit-test-{os.getpid()}"
VOLUME, IMAGE = f"{NAME}-data", f"localhost/{NAME}:1"
pytestmark = pytest.mark.soak


def podman(*words):
    done = subprocess.run([*PODMAN, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def served():
    """The container that serves the fictitious people, and its port."""
    for program in ("podman", "runc", "mmdebstrap"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    if os.getuid():
        pytest.skip("a root of Debian is made by root")
    subprocess.run(
        [str(BUILD), IMAGE], env=os.environ | {"PODMAN": " ".join(PODMAN)}, check=True, timeout=900
    )
    port = free_port()
    try:
        podman(
            "run", "--detach", "--name", NAME, *CLOSED, "--network", "host",
            "--volume", f"{VOLUME}:/var/lib/iprof", IMAGE, "serve", "--sample", "--port", str(port),
        )  # fmt: skip
        yield port
    finally:
        subprocess.run([*PODMAN, "rm", "--force", "--time", "30", NAME], check=False)
        subprocess.run([*PODMAN, "volume", "rm", "--force", VOLUME], check=False)
        subprocess.run([*PODMAN, "rmi", "--force", IMAGE], check=False)


def test_the_container_is_ready_as_an_ordinary_account_without_any_privilege(served):
    def ready():
        assert podman("inspect", "--format", "{{.State.Running}}", NAME).strip() == "true"
        try:
            return httpx.get(f"http://127.0.0.1:{served}/readyz", trust_env=False)
        except httpx.TransportError:
            return None

    answer = until(ready, 120)
    assert answer.status_code == 200
    assert answer.json()["pret"] is True
    said = podman("exec", NAME, "cat", "/proc/1/status")
    status = dict(line.split(":\t", 1) for line in said.splitlines() if ":\t" in line)
    assert status["Uid"].split() == ["1000"] * 4
    assert {int(status[kind], 16) for kind in ("CapPrm", "CapEff", "CapBnd")} == {0}
    assert status["NoNewPrivs"] == "1"
    mounts = podman("exec", NAME, "cat", "/proc/1/mounts").splitlines()
    root = next(line.split()[3] for line in mounts if line.split()[1] == "/")
    assert "ro" in root.split(",")
    assert json.loads(podman("inspect", NAME))[0]["HostConfig"]["ReadonlyRootfs"] is True
