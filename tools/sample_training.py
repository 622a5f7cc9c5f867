"""The fictitious plan of training: `python tools/sample_training.py` writes its 300 sessions anew.

The same file comes each time: nothing is drawn. Titles are ordinary, codes begin with the letter Z,
which no academy has, and every place says that it is fictitious.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, timedelta
from pathlib import Path

SESSIONS = 300
_HEAD = ("dispositif", "parcours", "module", "intitule", "groupe", "session", "theme", "niveau",
         "degre", "nature", "debut", "fin", "heure_debut", "heure_fin", "heures", "lieu",
         "modalite", "public", "inscription_du", "inscription_au")  # fmt: skip
_THEMES = (
    ("Français", ("Lire et comprendre un texte long", "Écrire chaque jour", "Dire un poème")),
    ("Mathématiques", ("Résoudre des problèmes", "La géométrie par le jeu", "Calcul mental")),
    ("École inclusive", ("Adapter ses supports", "Accueillir un élève autiste", "Coopérer")),
    ("Numérique", ("Classe et tablettes", "Données personnelles des élèves", "Cartes mentales")),
    ("Sciences", ("Expériences sans laboratoire", "Le ciel et les saisons", "Jardin d’école")),
    ("Langues vivantes", ("Parler dès le premier cours", "Albums en anglais", "Correspondre")),
    ("Climat scolaire", ("Prévenir le harcèlement", "Conseils d’élèves", "Conflits et médiation")),
    ("Arts et culture", ("Chanter en chœur", "Regarder un film", "Visiter un musée")),
    ("Voix et corps", ("Poser sa voix", "Gestes de secours", "Sport et mixité")),
    ("Évaluation", ("Évaluer sans noter", "Lire des résultats nationaux", "Oraux d’examen")),
)  # fmt: skip
_LEVELS = (("Cycle 1", "1d"), ("Cycle 2", "1d"), ("Cycle 3", "1d"), ("Collège", "2d"),
           ("Lycée", "2d"), ("Lycée professionnel", "2d"), ("Tous niveaux", ""))  # fmt: skip
_PLACES = ("Clermont-Ferrand", "Moulins", "Aurillac", "Le Puy-en-Velay", "Vichy", "Riom")
_FIRST = date(2026, 12, 1)
_OPENS, _CLOSES = date(2026, 11, 16), date(2026, 12, 11)
_HOURS = (("09:00", "12:00", 3), ("09:00", "16:30", 6), ("13:30", "16:30", 3),
          ("17:00", "19:00", 2))  # fmt: skip


def rows() -> list[tuple[object, ...]]:
    """Return the sessions, one after the other."""
    return [_row(number) for number in range(SESSIONS)]


def _row(number: int) -> tuple[object, ...]:
    theme, titles = _THEMES[number % len(_THEMES)]
    title = titles[(number // len(_THEMES)) % len(titles)]
    level, degree = _LEVELS[number % len(_LEVELS)]
    animation = degree == "1d" and number % 4 == 1
    begins, ends, hours = _HOURS[3 if animation else number % 3]
    remote = ("presentiel", "presentiel", "distance", "hybride")[number % 4]
    place = "" if remote == "distance" else f"{_PLACES[number % len(_PLACES)]} (site fictif)"
    day = _school_day(_FIRST + timedelta(days=(number * 7) % 196))
    return (
        f"26Z06{number % 70:05d}", f"{theme}, {level.lower()}", 40_000 + number, title, "01",
        f"S{number % 3 + 1}", theme, level, degree, "animation" if animation else "formation",
        day.isoformat(), day.isoformat(), begins, ends, hours, place, remote,
        "designe" if number % 9 == 4 else "individuelle", _OPENS.isoformat(), _CLOSES.isoformat(),
    )  # fmt: skip


def _school_day(day: date) -> date:
    """Return the day, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7) if day.weekday() > 4 else day


def main() -> int:
    """Write the plan."""
    target = Path(__file__).parent.parent / "data" / "sample" / "formation.csv"
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([_HEAD, *rows()])
    return 0


if __name__ == "__main__":
    sys.exit(main())
