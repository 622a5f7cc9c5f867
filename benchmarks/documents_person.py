"""A fictitious teacher's CV of two pages, for the measures of documents.py."""

from __future__ import annotations

from datetime import date

from internals import Document, cv_model, layout

CV = cv_model.Cv(
    faits=cv_model.Faits(
        identite=cv_model.Identite(
            prenom="Claire",
            nom="Vasseur",
            titre="Professeure certifiée d’anglais",
            resume="Quinze ans d’enseignement en collège et en lycée, dont huit en éducation "
            "prioritaire ; formatrice académique, l’oral et l’évaluation par compétences.",
        ),
        contact=cv_model.Contact(courriel="claire.vasseur@exemple.fr", telephone="06 39 98 12 34"),
        situation=cv_model.Situation(
            libelle_corps="Professeurs certifiés",
            grade="hors classe",
            echelon="3",
            date_echelon="2024-09-01",
            discipline="Anglais",
            academie="Clermont-Ferrand",
            etablissement="Lycée Blaise-Pascal",
            commune="Clermont-Ferrand",
        ),
        fonctions=tuple(
            cv_model.Fonction(
                intitule="Professeure d’anglais",
                etablissement=f"Collège n° {year}",
                lieu="Clermont-Ferrand",
                discipline="Anglais",
                debut=f"{year}-09",
                fin=f"{year + 1}-08",
                description="Projet avec deux établissements irlandais.\n- Ateliers d’oral.",
            )
            for year in range(2011, 2021)
        ),
        diplomes=tuple(
            cv_model.Diplome(
                intitule=f"Diplôme n° {n}", etablissement="Université", annee=str(2004 + n)
            )
            for n in range(4)
        ),
        formations=tuple(
            cv_model.Formation(
                intitule=f"Évaluer l’oral, module {n}", debut=f"202{n}-02", heures="18"
            )
            for n in range(6)
        ),
        competences=(
            cv_model.Competence(nature="langue", intitule="anglais", niveau="C2"),
            cv_model.Competence(nature="langue", intitule="espagnol", niveau="B2"),
        ),
    )
)


def document() -> Document:
    """Return the CV as the document that the peers print too."""
    return layout.document(CV, cv_model.Cible(), date(2026, 11, 25))
