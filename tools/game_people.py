"""Draw the fictitious department of the campaign game: `python tools/game_people.py`.

The careers are those of the kit's generator (calibrated on what is published); first names and the
opinion of the inspector are drawn apart, for the game alone.
"""

from __future__ import annotations

import csv

import numpy as np

import iprof_kit
from iprof_kit.base.paths import GAME

YEAR, SEED, DRAWN, KEPT = 2025, 18, 2600, 250
WOMEN = """
Agathe Aline Amina Anaïs Anne Audrey Aurélie Béatrice Camille Carole Caroline Catherine Cécile
Céline Chantal Charlotte Christelle Christine Claire Clémence Colette Corinne Delphine Diane
Elena Élise Élodie Émilie Emma Estelle Eugénie Fabienne Fanny Farida Fatou Florence Françoise
Gaëlle Geneviève Hélène Inès Irène Isabelle Jeanne Joëlle Judith Julie Karine Laëtitia Laura
Laurence Léa Leïla Lise Lucie Magali Maïté Marianne Marie Marion Martine Maud Mélanie Mireille
Monique Muriel Myriam Nadège Nadia Nathalie Nicole Noémie Odile Pascale Patricia Pauline Rachel
Régine Rose Sabrina Samia Sandra Sarah Séverine Sofia Solène Sonia Sophie Stéphanie Sylvie
Thérèse Valérie Vanessa Véronique Viviane Yasmine Yvette Zoé
"""
MEN = """
Adrien Ahmed Alain Antoine Arnaud Bastien Benoît Bruno Cédric Christophe Cyril Damien David
Denis Didier Éric Fabrice Florent Franck Gilles Grégory Guillaume Hervé Hugo Jérôme Julien Karim
Laurent Loïc Marc Mathieu Mehdi Nicolas Olivier Pascal Patrick Paul Philippe Pierre Rachid
Romain Samuel Sébastien Simon Thierry Thomas Vincent Xavier Yann Yves
"""
INITIALS = "ABCDEFGHJKLMNPRSTV"
FAVOURABLE = {
    "excellent": 0.8,
    "tres_satisfaisant": 0.35,
    "satisfaisant": 0.08,
    "a_consolider": 0.0,
}
"""How often an opinion drawn for the game is « très favorable »: a hypothesis, no statistics."""
COLUMNS = (
    "numero", "prenom", "sexe", "date_naissance", "echelon", "anciennete_jours", "entree_corps",
    "entree_grade", "debut_services", "quotite", "education_prioritaire", "fonction",
    "appreciation", "avis",
)  # fmt: skip


def main() -> None:
    """Write the list of the game: the same seed gives the same people."""
    drawn = iprof_kit.generate(DRAWN, seed=SEED, annee=YEAR)
    listed = iprof_kit.campagne(drawn, "pe", "hors_classe", YEAR).promouvables()["numero"]
    people = drawn[drawn["numero"].isin(listed) & (drawn["quotite"] > 0)]
    chance = np.random.default_rng(SEED)
    people = people.iloc[np.sort(chance.choice(len(people), KEPT, replace=False))]
    names = {sex: iter(_names(pool.split(), chance)) for sex, pool in (("F", WOMEN), ("H", MEN))}
    with (GAME / f"promouvables_{YEAR}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for number, row in enumerate(people.to_dict("records"), start=1):
            favourable = chance.random() < FAVOURABLE[row["appreciation"]]
            row |= {
                "numero": number,
                "prenom": next(names[row["sexe"]]),
                "avis": "tres_favorable" if favourable else "favorable",
            }
            writer.writerow([_text(row[name]) for name in COLUMNS])


def _names(pool: list[str], chance: np.random.Generator) -> list[str]:
    """Return first names with an initial, none twice, in an order drawn."""
    pairs = [f"{name} {initial}." for name in pool for initial in INITIALS]
    return [pairs[place] for place in chance.permutation(len(pairs))]


def _text(value: object) -> str:
    return value.date().isoformat() if hasattr(value, "date") else str(value)


if __name__ == "__main__":
    main()
