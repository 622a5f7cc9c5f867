"""Everything that a projection supposes, with how sure it is."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import pandas as pd

from iprof_kit.analytics.population.laws import corps_codes
from iprof_kit.analytics.projection.people import People
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.base.sources import to_verify, worst
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.careers.lists import list_names
from iprof_kit.law.payroll.contributions import NOT_KNOWN
from iprof_kit.law.promotion.ratios import promotion_ratio
from iprof_kit.law.tables.loading import table

SCENARIO, TABLE, KIT = "scénario", "table fournie", "choix du kit"
_LAWS = {
    "sorties avant la retraite : taux par ancienneté, une fois par personne": (
        "sortie_stagiaires",
        "sortie_debut",
        "sortie_ensuite",
        "motif_sortie_stagiaires",
        "motif_sortie_debut",
        "motif_sortie_ensuite",
    ),
    "âge de départ à la retraite : loi du générateur, ramenée entre l’ouverture du droit et la "
    "limite d’âge de la génération ; départ un 1er septembre, ou à la limite": ("age_retraite",),
    "entrées : chronique des recrutements, à l’échelle des dernières entrées de la table ; après "
    "la dernière année connue, la même": ("recrutements", "projection_recul"),
    "âge, sexe, reprise de services des entrants : lois du générateur": (
        "femmes_logit_1970",
        "part_etudiants",
        "reclassement_annees",
    ),
    "académie des entrants : poids du générateur parmi les académies de la table": ("academie",),
    "temps partiel retiré chaque année, par corps, sexe et âge": (
        "temps_partiel",
        "temps_partiel_age",
        "quotite",
    ),
    "absents, disponibles et détachés : part constante, non payés ici ; une position de la table "
    "ferme les listes comme dans une campagne, tant qu’elle n’a pas de fin": ("position",),
    "bonifications d’échelon : même part et même ordre partout": ("acceleration_part",),
}
_CHOICES = (
    "pas de mobilité entre académies, pas de changement de corps",
    (
        "services à temps plein avant le départ ; trimestres des autres régimes, enfants et "
        "bonifications inconnus : pension entre deux bornes"
    ),
    (
        "grilles, durées d’échelon, valeur du point, taux de cotisation et règles de retraite : "
        "les derniers connus, hors scénario"
    ),
    "les points et la valeur du point d’un scénario n’entrent pas dans les pensions",
    (
        "budget : traitement de la situation du 1er septembre précédent sur huit mois et de celle "
        "de l’année sur quatre, sans arrondi par personne ; primes, indemnité de résidence et SFT "
        "non comptés, donc pas de retraite additionnelle"
    ),
    NOT_KNOWN,
)


@dataclass(frozen=True)
class Hypothesis:
    """One thing supposed."""

    hypothese: str
    confiance: str
    source: str


def supposed(
    people: People, jusqua: int, scenario: Scenario, suppose: Beyond
) -> tuple[Hypothesis, ...]:
    """Return everything supposed, the scenario first."""
    hypotheses = [Hypothesis(text, "D", SCENARIO) for text in scenario.sentences()]
    hypotheses += [Hypothesis(text, "D", TABLE) for text in people.supposed]
    last = _last_ratios(jusqua)
    if last:
        hypotheses.append(
            Hypothesis(
                f"taux de promotion, {last} : hypothèse « {suppose} », hors scénario",
                "D",
                "ratios_promotion.csv",
            )
        )
    laws = table("generateur")
    for text, names in _LAWS.items():
        parameters = laws[laws["parametre"].isin(names)]
        hypotheses.append(Hypothesis(text, worst(parameters["confiance"]), "generateur.csv"))
    return (*hypotheses, *(Hypothesis(text, "D", KIT) for text in _CHOICES))


def hypotheses_table(hypotheses: tuple[Hypothesis, ...]) -> pd.DataFrame:
    """Return the hypotheses as a table, with « à vérifier » where it is due."""
    rows = pd.DataFrame([asdict(each) for each in hypotheses])
    doubt = rows["confiance"].map(to_verify)
    return rows.assign(a_verifier=doubt.map({True: "à vérifier", False: ""}))


def _last_ratios(last: int) -> str:
    """Say from which year the ratios of each grade are no longer known."""
    limits = []
    lists = [name for name in list_names() if name.corps in corps_codes()]
    for grade in sorted({name.object for name in lists if not name.object.isdigit()}):
        ratios = [
            promotion_ratio(each.corps, grade, last) for each in lists if each.object == grade
        ]
        known = [ratio.last_year for ratio in ratios if not ratio.known and ratio.last_year]
        if known:
            limits.append(f"{grade} après {max(known)}")
    return ", ".join(limits)
