"""What a bounded process is asked in tests: it runs there, by the name of a function."""

import json
import os
import sys
import time
from pathlib import Path


def environment(_said):
    return dict(os.environ)


def descriptors(_said):
    """Return what each open descriptor is, but for the one that lists them."""
    found = {}
    for link in Path("/proc/self/fd").iterdir():
        try:
            found[link.name] = str(link.readlink())
        except FileNotFoundError:
            continue
    return found


def memory(_said):
    bytearray(2**30)


def file(said):
    return Path(said).write_bytes(b"x" * 10)


def never(_said):
    while True:
        pass


def asleep(_said):
    time.sleep(60)


def echo(said):
    return said


def fault(_said):
    raise KeyError("secret")


def printing(_said):
    print("anything")
    sys.stdout.flush()
    return "said"


def answer(message):
    name, said = json.loads(message)
    return json.dumps(globals()[name](said)).encode()
