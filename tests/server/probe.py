# The cell of the probe notebook: what a kernel sees, and what it may ask of the guichet.
import json
import os
import socket

from IPython.display import JSON

lines = socket.socket(fileno=os.dup(int(os.environ["IPROF_GUICHET_FD"]))).makefile("rwb")


def request(**line):
    lines.write(json.dumps(line).encode() + b"\n")
    lines.flush()
    return json.loads(lines.readline())


# Nothing of this writes: it is about what does not exist or is no CV.
LINK = {"version_id": "inconnue", "cible_id": "c1", "coordonnees": True}
CV = {
    "cv": {},
    "cv_enregistrer": {"cv": {"inconnu": 1}, "revision": 5000, "cle": "sonde-brouillon"},
    "cv_version_creer": {"nom": "Sonde", "revision": 5000, "cle": "sonde-version"},
    "cv_version_lire": {"id": "inconnue"},
    "cv_lien_creer": LINK | {"jours": 3, "cle": "sonde-lien"},
    "cv_lien_revoquer": {"id": "inconnue"},
    "cv_lien_apercu": LINK,
}

LETTERS = {"lettres": "2.abc.def"}
SEANCE = {"seance.signer": LETTERS, "seance.verifier": LETTERS | {"signature": "x"}}

JSON(
    {
        "environment": dict(os.environ),
        "who": request(id=1, op="session.qui"),
        "file": request(id=2, op="dossier.lire"),
        "claims": [
            request(id=3, op="dossier.lire", args={"numero": "D0001"}),
            request(id=4, op="dossier.lire", identity={"compte": "jdupont"}),
            request(id=5, op="dossier.lire", args={}, compte="jdupont", token="x"),
            request(id=6, op="session.qui", args={"role": "administrateur"}),
        ],
        "unknown": request(id=7, op="comptes.lister"),
        "too_long": request(id=8, op="session.qui", args={"x": "y" * 1_500_000}),
        "afterwards": request(id=9, op="session.qui"),
        "cv": {op: request(id=10, op=op, args=args) for op, args in CV.items()},
        "seance": {op: request(id=11, op=op, args=args) for op, args in SEANCE.items()},
    }
)
