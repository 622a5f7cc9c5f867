"""A lesson written by hand, with the four forms of questions: what a test of live play needs."""

from datetime import date

from iprof_kit.calculate.lessons.played import LeconJouee

CHOICES = ("1 800 €", "8 400 €", "40 000 €", "rien du tout")
CRITERIA = ("ancienneté dans l’échelon", "ancienneté dans le corps", "échelon")
WORDS, ONE, SEVERAL, ESTIMATE, ORDER = range(5)
"""The places of the screens of `LESSON`."""


def _revealed(juste, valeur):
    return {
        "juste": juste, "valeur": valeur, "chapeau": "La réponse", "droit_du": date(2026, 11, 27),
        "texte": "L’écart s’arrête en 2027.", "sources": ("Décret 72-581",),
    }  # fmt: skip


def _asked(titre, question, juste, valeur):
    return {"titre": titre, "question": question, "revelation": _revealed(juste, valeur)}


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
               {"choix": (1, 0, 2)}, "le corps d’abord"),
    ],
})  # fmt: skip
"""A screen of words, then one question of each form."""
