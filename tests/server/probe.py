# The cell of the probe notebook: what a kernel sees, and what it may ask of the guichet.
import json
import os
import socket

from IPython.display import JSON

lines = socket.socket(fileno=os.dup(int(os.environ["IPROF_GUICHET_FD"]))).makefile("rwb")


def ask(**line):
    lines.write(json.dumps(line).encode() + b"\n")
    lines.flush()
    return json.loads(lines.readline())


JSON(
    {
        "environment": dict(os.environ),
        "who": ask(id=1, op="session.qui"),
        "file": ask(id=2, op="dossier.lire"),
        "claims": [
            ask(id=3, op="dossier.lire", args={"numero": "D0001"}),
            ask(id=4, op="dossier.lire", identity={"compte": "jdupont"}),
            ask(id=5, op="dossier.lire", args={}, compte="jdupont", token="x"),
            ask(id=6, op="session.qui", args={"role": "administrateur"}),
        ],
        "unknown": ask(id=7, op="comptes.lister"),
        "too_long": ask(id=8, op="session.qui", args={"x": "y" * 300_000}),
        "afterwards": ask(id=9, op="session.qui"),
    }
)
