"""A lesson written by hand, with the four forms of questions, and a trainer who leads it."""

import os
from datetime import date

from iprof_kit.base.clock import utc_now
from iprof_kit.calculate.played_lesson import LeconJouee
from iprof_kit.records import database as db
from iprof_kit.services.access.accounts import authenticate
from iprof_kit.services.guichet.operations import run

KEPT_NAMES = ("IPROF_VAR", "IPROF_DATABASE_URL")
PASSWORD = "demonstration-libre"

CHOICES = ("1 800 €", "8 400 €", "40 000 €", "rien du tout")
CRITERIA = ("ancienneté dans l’échelon", "ancienneté dans le corps", "échelon")
WORDS, ONE, SEVERAL, ESTIMATE, ORDER, KEEP = range(6)
"""The places of the screens of `LESSON`."""


def _revealed(juste, valeur):
    return {
        "juste": juste, "valeur": valeur, "chapeau": "La réponse", "droit_du": date(2026, 11, 27),
        "texte": "L’écart s’arrête en 2027.", "sources": ("décret 72-581",),
    }  # fmt: skip


UNSOURCED = {"sources": ("à vérifier",), "a_verifier": True}


def _asked(titre, question, juste, valeur, **more):
    return {"titre": titre, "question": question, "revelation": _revealed(juste, valeur) | more}


LESSON = LeconJouee.model_validate({
    "id": "essai",
    "titre": "Une leçon d’essai",
    "jour": date(2026, 11, 27),
    "ecrans": [
        {"titre": "Ce que l’on va voir", "texte": "Une promotion, sa paie, sa pension."},
        _asked("Promotion", {"forme": "choix", "texte": "Promue un an plus tôt, que gagne Claire ?",
                             "precision": "En euros nets de 2026.", "choix": CHOICES},
               {"choix": (1,)}, "8 405 € nets"),
        _asked("Primes", {"forme": "plusieurs", "texte": "Quelles primes suivent la quotité ?",
                          "choix": ("ISAE", "ISOE", "prime d’équipement")},
               {"choix": (0, 1)}, "ISAE et ISOE"),
        _asked("Quotité", {"forme": "estimation", "texte": "À 80 %, quelle part est payée ?",
                           "minimum": 50, "maximum": 100, "pas": 1, "unite": "%"},
               {"valeur": 86}, "85,7 %"),
        _asked("Départage", {"forme": "ordre", "texte": "Qui passe d’abord, à points égaux ?",
                             "choix": CRITERIA},
               {"choix": (1, 0, 2)}, "le corps d’abord", **UNSOURCED),
        {"titre": "À retenir", "retenir": (("8 405 €", "Un an d’avance."),)},
    ],
})  # fmt: skip
"""A screen of words, one question of each form, what to keep in mind."""


class Trainer:
    """A trainer at the guichet of a running portal: the same database, another process.

    Parameters
    ----------
    environment : mapping
        Where that portal keeps its data.
    """

    def __init__(self, environment):
        self._environment = {name: environment[name] for name in KEPT_NAMES if name in environment}
        found_who = self._in_its_place(authenticate, "fformateur", PASSWORD, "192.0.2.9", utc_now())
        self.who, self.code = found_who.identity, ""

    def ask(self, op, **args):
        return self._in_its_place(run, self.who, op, args, utc_now())

    def open(self):
        self.code = self.ask("lecon.ouvrir", lecon=LESSON.model_dump(mode="json")).code
        return self

    def go(self, screen, **words):
        return self.ask("lecon.aller", code=self.code, ecran=screen, **words)

    def _in_its_place(self, work, *args):
        kept = {name: os.environ.get(name) for name in KEPT_NAMES}
        os.environ.update(self._environment)
        try:
            return work(*args)
        finally:
            db.engine().dispose()
            for name, value in kept.items():
                os.environ.pop(name, None) if value is None else os.environ.update({name: value})
