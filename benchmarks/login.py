"""How long a legitimate login takes while eight guessers try passwords.

python benchmarks/login.py [--seconds N]

Guessers try one account after the other without a pause, from eight addresses, then all from one.
The person enters from an address of her own. Processor times are the server's own and those of
everything else on the machine: where others take it, the wall time says little.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import psutil
from internals import line

GUESSERS, LOGINS = 8, 15
PASSWORD, PERSON = "demonstration-libre", "127.0.0.100"
SERVE = f"""
import sys
{line("serve")}
{line("Settings")}
{line("WarmProcesses")}
WarmProcesses.start = lambda _self: None  # the login alone is measured
serve(Settings(sample=True, port=int(sys.argv[1])))
"""


class Visitor:
    """Somebody at the login form, from one address of this machine."""

    def __init__(self, port: int, address: str) -> None:
        self._port, self._from = port, (address, 0)
        page = self._ask("GET", "/connexion", "", "")
        self._token = re.search(r"_xsrf=([^;]+)", page.getheader("Set-Cookie", ""))[1]

    def enter(self, compte: str, password: str) -> int:
        """Return the status of an attempt."""
        form = urlencode({"_xsrf": self._token, "compte": compte, "mdp": password})
        return self._ask("POST", "/connexion", form, f"_xsrf={self._token}").status

    def _ask(self, method: str, path: str, body: str, cookie: str) -> http.client.HTTPResponse:
        link = http.client.HTTPConnection("127.0.0.1", self._port, 30, source_address=self._from)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        link.request(method, path, body, headers)
        answer = link.getresponse()
        answer.read()
        link.close()
        return answer


def guess(port: int, address: str, numbers: count[int], end: threading.Event) -> None:
    """Try accounts until the end."""
    visitor = Visitor(port, address)
    while not end.is_set():
        visitor.enter(f"compte{next(numbers)}", "un mot de passe au hasard")


def logins(port: int, seconds: float) -> list[float]:
    """Return how long the person waits, several times."""
    waits, person = [], Visitor(port, PERSON)
    for _ in range(LOGINS):
        begun = time.perf_counter()
        status = person.enter("jdupont", PASSWORD)
        waits.append(time.perf_counter() - begun)
        if status != 303:
            raise SystemExit(f"the person was refused: {status}")
        time.sleep(seconds / LOGINS)
    return waits


def measured(server: psutil.Process, port: int, seconds: float, addresses: list[str]) -> str:
    """Return one line of the table."""
    end, numbers = threading.Event(), count()
    guessers = [threading.Thread(target=guess, args=(port, one, numbers, end)) for one in addresses]
    for one in guessers:
        one.start()
    before, all_before, begun = sum(server.cpu_times()[:2]), busy(), time.perf_counter()
    waits = sorted(logins(port, seconds))
    wall = time.perf_counter() - begun
    used, others = sum(server.cpu_times()[:2]) - before, busy() - all_before
    end.set()
    for one in guessers:
        one.join()
    slowest = waits[int(0.95 * (len(waits) - 1))]
    median = 1000 * statistics.median(waits)
    return (
        f"| {len(set(addresses))} | {median:.0f} ms | {1000 * slowest:.0f} ms"
        f" | {next(numbers) / wall:.1f} | {used / wall:.2f} | {(others - used) / wall:.2f} |"
    )


def busy() -> float:
    """Return the seconds of processor that the machine has used."""
    times = psutil.cpu_times()
    return times.user + times.system + times.nice


def main() -> None:
    """Measure on a server of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    seconds = parser.parse_args().seconds
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "IPROF_VAR": folder,
            "IPROF_DATABASE_URL": f"sqlite:///{Path(folder, 'base.sqlite')}",
        }
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, str(port)],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            assert process.stdout is not None
            while "Ctrl-C" not in process.stdout.readline():
                pass
            server = psutil.Process(process.pid)
            print(json.dumps({"cores": psutil.cpu_count(), "load": os.getloadavg()[0]}))
            print("| addresses of guessers | median | 95th | guesses/s | server, cores | others |")
            print("| ---: | ---: | ---: | ---: | ---: | ---: |")
            eight = [f"127.0.0.{number}" for number in range(2, 2 + GUESSERS)]
            for addresses in ([], eight, eight[:1] * GUESSERS):
                print(measured(server, port, seconds, addresses), flush=True)
        finally:
            process.terminate()
            process.wait()


if __name__ == "__main__":
    main()
