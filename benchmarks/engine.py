"""What the engine costs another program: import, first answer, answers by each way, memory.

python benchmarks/engine.py [--seed N]

Questions are those of people drawn at random (`iprof_kit.generate`), so that no answer is asked
twice. Each way answers the same ones, in a process of its own: Python (`ask`), the command
(`iprof calculate`, one file of JSON Lines, its start included), HTTP (`iprof api`, lists of 100,
one connection). The machine and other programs' work are printed below the tables.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import iprof_kit

MANY, SLICE = 1000, 100
TODAY = "2026-11-25"
Question = dict[str, object]
ONE: Question = {
    "corps": "pe", "grade": "classe_normale", "echelon": "7", "date": "2026-11-01", "zone": 2,
}  # fmt: skip


def main() -> None:
    """Print the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 20))
    seed = parser.parse_args().seed
    with tempfile.TemporaryDirectory() as folder:
        one = Path(folder) / "question.json"
        one.write_text(json.dumps(ONE), encoding="utf-8")
        print("| in a new process | wall | processor | memory |")
        print("| --- | ---: | ---: | ---: |")
        for name, code in STARTS.items():
            print(f"| {name} | {started([sys.executable, '-c', code], one)} |")
        print(f"| `iprof calculate pay`, one question | {started(command('pay'), one)} |")
        print()
        asked = questions(seed)  # after the starts: a child counts what its parent held
        print("| subject | by | answers a second | processor an answer |")
        print("| --- | --- | ---: | ---: |")
        for subject, some in asked.items():
            lines = Path(folder) / "questions.jsonl"
            lines.write_text("\n".join(map(json.dumps, some)), encoding="utf-8")
            for way, timed in WAYS.items():
                wall, work = timed(subject, lines)
                rate, each = len(some) / wall, 1000 * work / len(some)
                print(f"| {subject} | {way} | {rate:.0f} | {each:.2f} ms |")
    print(f"\nSeed {seed}, load average {os.getloadavg()[0]:.1f}, Python {sys.version.split()[0]}.")


STARTS = {
    "`import iprof_kit`": "import iprof_kit",
    "`import pandas`, which it needs": "import pandas",
    "first answer (`ask`, pay)": (
        "import json, sys, iprof_kit; iprof_kit.ask('pay', json.load(open(sys.argv[1])))"
    ),
}


def questions(seed: int) -> dict[str, list[Question]]:
    """Return the questions of each subject, about people drawn at random."""
    people = iprof_kit.generate(20 * MANY, seed).query("statut == 'titulaire' and corps == 'pe'")
    some = people.sample(MANY, random_state=seed)
    situations: list[Question] = [
        {"corps": one.corps, "grade": one.grade, "echelon": one.echelon}
        | ({"chevron": one.chevron} if one.chevron else {})
        for one in some.itertuples()
    ]
    dated: list[Question] = [
        each | {"date_effet": f"{one.date_effet:%Y-%m-%d}"}
        for each, one in zip(situations, some.itertuples(), strict=True)
    ]
    births = [f"{one.date_naissance:%Y-%m-%d}" for one in some.itertuples()]
    return {
        "echelon": [each | {"aujourdhui": TODAY} for each in dated],
        "pay": [
            each | {"date": "2026-11-01", "zone": 2, "quotite": 80, "taux_pas": number % 90 / 10}
            for number, each in enumerate(situations)
        ],
        "career": [
            {
                "situation": each | {"date_naissance": born},
                "scenarios": [{"nom": "A"}],
                "aujourdhui": TODAY,
            }
            for each, born in zip(dated, births, strict=True)
        ],
    }


def started(words: list[str], one: Path) -> str:
    """Return the least wall and processor time of five runs, and the memory of the last."""
    walls, works, most = [], [], 0
    for _ in range(5):
        begin = time.perf_counter()
        process = subprocess.Popen([*words, str(one)], stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        assert status == 0, words
        walls.append(time.perf_counter() - begin)
        works.append(used.ru_utime + used.ru_stime)
        most = used.ru_maxrss
    return f"{min(walls):.2f} s | {min(works):.2f} s | {most / 1000:.0f} MB"


def command(subject: str) -> list[str]:
    """Return the command that answers the file whose name follows."""
    return [str(Path(sys.executable).with_name("iprof")), "calculate", subject, "--input"]


def by_python(subject: str, lines: Path) -> tuple[float, float]:
    """Ask each question in this process, one after the other."""
    asked = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    iprof_kit.ask(subject, asked[0])  # the tables are read once
    begin, work = time.perf_counter(), time.process_time()
    for one in asked:
        iprof_kit.ask(subject, one)
    return time.perf_counter() - begin, time.process_time() - work


def by_command(subject: str, lines: Path) -> tuple[float, float]:
    """Give the file to the command."""
    begin, work = time.perf_counter(), children()
    subprocess.run([*command(subject), lines], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin, children() - work


def by_http(subject: str, lines: Path) -> tuple[float, float]:
    """Send lists to the engine that is served, over one connection."""
    asked = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    with served() as (port, worked):
        link = http.client.HTTPConnection("127.0.0.1", port)
        post(link, subject, asked[:1])
        begin, work = time.perf_counter(), worked()
        for start in range(0, len(asked), SLICE):
            post(link, subject, asked[start : start + SLICE])
        return time.perf_counter() - begin, worked() - work


def post(link: http.client.HTTPConnection, subject: str, some: list[Question]) -> None:
    """Send one list, and read its answers."""
    link.request("POST", f"/{subject}", json.dumps(some))
    answer = link.getresponse()
    told = json.loads(answer.read())
    assert answer.status == 200, told
    assert "erreur" not in told[0], told[0]


@contextmanager
def served() -> Iterator[tuple[int, Callable[[], float]]]:
    """Serve the engine; give its port, and what tells its processor time."""
    words = [str(Path(sys.executable).with_name("iprof")), "api", "--port", "0"]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(re.findall(r":(\d+)", process.stdout.readline())[0])
        yield port, lambda: ticks(process.pid)
        memory = re.findall(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
        print(f"<!-- iprof api : {int(memory[0]) / 1000:.0f} MB -->", file=sys.stderr)
    finally:
        process.terminate()
        process.wait()


def ticks(pid: int) -> float:
    """Return the processor time of a process, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def children() -> float:
    """Return the processor time of the processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


WAYS = {"`ask`": by_python, "`iprof calculate`": by_command, "`iprof api`": by_http}

if __name__ == "__main__":
    main()
