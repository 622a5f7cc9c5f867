"""A campaign of promotions in the analyst's words: its tables, its what-ifs, its reasons.

The authority decides: every table says PROJET, with its source, date, filters and version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.promotions import tables
from iprof_kit.analytics.promotions.aside import left_out
from iprof_kit.analytics.promotions.candidates import omitted_steps, positions, whole_numbers
from iprof_kit.analytics.promotions.compare import compared, summary
from iprof_kit.analytics.promotions.lists import Ranked, Settings, rank_lists
from iprof_kit.analytics.promotions.opening import (
    carried_units,
    checked_share,
    no_ratio,
    procedure_for,
    refuse_places,
    share_for,
    title,
)
from iprof_kit.analytics.promotions.placement import placement
from iprof_kit.analytics.promotions.rates import by_share
from iprof_kit.analytics.promotions.why import (
    Explication,
    Rules,
    explain_pair,
    explain_person,
    explain_rank,
)
from iprof_kit.analytics.promotions.writing import write_tables
from iprof_kit.analytics.provenance import PROJET, Provenance
from iprof_kit.analytics.standing import (
    ASIDE,
    TO_VERIFY,
    PositionEffect,
    decisions_about,
    shared,
    standing,
    warnings,
)
from iprof_kit.base.calendar import date_text, rentree
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.interface.explained import Explanation
from iprof_kit.careers.campaigns import Beyond
from iprof_kit.law.promotion.conditions import decider_text, references
from iprof_kit.law.promotion.procedures.model import GROUPS, Procedure
from iprof_kit.law.promotion.rankings import ACCELERATED
from iprof_kit.law.tables.verified import verified_until

ROUNDINGS = {
    "inferieur": "places arrondies à l’entier inférieur, décimale reportée",
    "superieur": "places arrondies à l’entier supérieur, rien n’est reporté",
    "proche": "places arrondies à l’entier le plus proche, rien n’est reporté",
}
Given = str | Path | Procedure
_LISTED = words_in(
    "numero academie departement sexe corps grade echelon chevron anciennete_jours condition "
    "position position_motif position_debut position_fin a_verifier"
)


@dataclass(frozen=True)
class Campagne:
    """A campaign; its methods give tables, that `et_si` gives again under other parameters."""

    gens: pd.DataFrame
    refusees: pd.DataFrame
    corps: str
    grade: str
    annee: int
    par: tuple[str, ...]
    reglages: Settings
    filtres: Mapping[str, str]
    hypotheses: tuple[str, ...]
    source: str
    le: date
    suppose: Beyond = "refuser"
    ecartees: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(ASIDE)))

    @property
    def procedure(self) -> Procedure:
        """The procedure of ranking."""
        return self.reglages.procedure

    @property
    def titre(self) -> str:
        """« hors classe 2026, professeurs des écoles »."""
        return title(self.corps, self.grade, self.annee)

    @property
    def decideur(self) -> str:
        """« recteur de l’académie, tableau arrêté par département »."""
        return decider_text(self.corps)

    def promouvables(self) -> pd.DataFrame:
        """Return who meets the conditions on 31 August."""
        shown = [name for name in _LISTED if name in self.gens]
        return self._marked(shared(self.gens[shown].copy()), "Promouvables")

    def non_lues(self) -> pd.DataFrame:
        """Return the lines of the table that say no situation, and why: `ligne`, `numero`."""
        return self._marked(self.refusees.copy(), "Lignes non lues")

    def positions(self) -> pd.DataFrame:
        """Return whom a position excludes, leaves to be asked, or keeps in doubt, and why.

        Those who would not be promouvables in any position are left out.
        """
        standings = standing(self.gens, rentree(self.annee) - 1)
        doubtful = self.gens["a_verifier"].to_numpy(bool)
        why = np.where(
            standings.why == "", "position sans fin connue, ou règle à vérifier", standings.why
        )
        kept = decisions_about(
            self.gens,
            PositionEffect(np.full_like(standings.kind, TO_VERIFY), standings.name, why),
            doubtful,
        )
        rows = pd.concat([self.ecartees, kept], ignore_index=True)
        return self._marked(rows, "Positions")

    def plage_appel(self) -> pd.DataFrame:
        """Return the promouvables by échelon and whole years, with the points of the range."""
        return self._marked(tables.range_of_call(self.gens, self.annee), "Plage d’appel")

    def bareme(self) -> pd.DataFrame:
        """Return the parts of each score, in the order of the people's numbers."""
        ranked = tables.ranking(self.gens, self.par, self._listes)
        parts = words_in(
            "bareme points_appreciation points_plage avis_tres_favorables avis_sans_defavorable"
        )
        shown = [
            n
            for n in ("numero", "echelon", "anciennete_jours", "appreciation", *parts, "erreur")
            if n in ranked
        ]
        scores = ranked[shown].sort_values("numero", ignore_index=True)
        return self._marked(scores, "Barème")

    def classement(self, procedure: Given | None = None) -> pd.DataFrame:
        """Return everybody, list by list and rank by rank; see `tables.ranking`."""
        if procedure is not None:
            return self.et_si(procedure=procedure).classement()
        ranking = tables.ranking(self.gens, self.par, self._listes)
        return self._marked(ranking, "Classement")

    def contingent(self) -> pd.DataFrame:
        """Return the places of each list: ratio, carried decimals, bar, ties at the bar."""
        places = tables.contingents(self._listes, self.reglages.share)
        return self._marked(places, "Contingent")

    def selon_taux(self, taux: Sequence[float | str]) -> pd.DataFrame:
        """Return the places, the bar and the last proposed of each list, at several ratios."""
        shares = [checked_share(one) for one in taux]
        tried = by_share(self.gens["numero"], self._listes, self.reglages, shares)
        return self._marked(tried, "Selon le taux")

    def mis_a_part(self) -> pd.DataFrame:
        """Return who is left out whatever her rank, or kept in doubt, and why, line by line."""
        ranking = tables.ranking(self.gens, self.par, self._listes)
        table = left_out(self.positions(), ranking, self.refusees)
        return self._marked(table, "Mis à part")

    def etapes(self) -> pd.DataFrame:
        """Return what each step of the procedure changed."""
        return self._marked(tables.steps(self._listes), "Étapes")

    def tableau(self) -> pd.DataFrame:
        """Return those who are proposed, rank by rank, and where the promotion would place them."""
        ranked = self._with_placement()
        proposed = ranked[ranked["propose"]].drop(columns=["propose", "erreur"])
        proposed.insert(0, "statut", PROJET)
        return self._marked(proposed.reset_index(drop=True), "Tableau proposé")

    def liste_complementaire(self, taille: int | None = None) -> pd.DataFrame:
        """Return those who follow, rank by rank, opposed and set aside left out.

        Parameters
        ----------
        taille : int, optional
            How many by list; by default everybody.
        """
        ranked = self._with_placement()
        out = ranked["motif"].isin(["opposition motivée", "à l’écart selon la procédure"])
        followers = ranked[~ranked["propose"] & ~out & (ranked["erreur"] == "")]
        if taille is not None:
            size = (
                followers.groupby(list(self.par)).cumcount() if self.par else range(len(followers))
            )
            followers = followers[pd.Series(size, index=followers.index) < taille]
        followers = followers.drop(columns=["propose", "erreur"]).reset_index(drop=True)
        return self._marked(followers, "Liste complémentaire")

    def reclassement(self) -> pd.DataFrame:
        """Return where the promotion would place each promouvable: échelon, index, gain."""
        cell, _ = positions(self.gens)
        shown = [
            n
            for n in ("numero", "sexe", "echelon", "chevron", "anciennete_jours")
            if n in self.gens
        ]
        after = self._placement.set_index(self.gens.index)
        placed = pd.concat([self.gens[shown], after], axis=1)[cell >= 0]
        return self._marked(placed.reset_index(drop=True), "Reclassement")

    def equilibre(self) -> pd.DataFrame:
        """Return women and men: promouvables, proposed before and after the balance steps."""
        self._need("sexe", "l’équilibre (analyse 6)")
        return self._marked(tables.balance(self.gens, self._listes), "Équilibre")

    def pyramide(self) -> pd.DataFrame:
        """Return the promouvables and the proposed by age and sex (counts, not secret)."""
        self._need("sexe", "la pyramide des âges (analyse 16)")
        self._need("date_naissance", "la pyramide des âges (analyse 16)")
        return self._marked(tables.ages(self.gens, self._listes, self.annee), "Pyramide des âges")

    def pourquoi(self, numero: str, autre: str | None = None) -> Explication:
        """Say why a person is at her rank: criteria, neighbours, steps, sources.

        Parameters
        ----------
        autre : str, optional
            Another person of her list: what parts the two is said, criterion by criterion.
        """
        caption = str(self.provenance.attrs("Explication")["legende"])
        numbers, sources = self.gens["numero"], self.textes
        if autre is None:
            explained = explain_person(numbers, self._listes, numero, sources, caption)
            return replace(explained, raison=self.raison(numero))
        return explain_pair(numbers, self._listes, (numero, autre), sources, caption)

    def criteres(self, numero: str) -> pd.DataFrame:
        """Return the criteria of a person beside her neighbours'; see `Explication.criteres`."""
        return explain_person(self.gens["numero"], self._listes, numero, (), "").criteres

    def raison(self, numero: str, *, voisins: bool = True) -> Explanation:
        """Return the ranking of a person done again under the trace, her rank last.

        Parameters
        ----------
        voisins : bool
            Whether what parts her from the people before and after is told.
        """
        rules = Rules(
            self.corps, self.grade, self.annee, self.reglages, self.hypotheses, self.suppose
        )
        return explain_rank(self.gens["numero"], self._listes, numero, rules, neighbours=voisins)

    def et_si(
        self,
        *,
        taux: float | str | None = None,
        procedure: Given | None = None,
        contingent: int | Mapping[str, int] | None = None,
        report: float | str | Mapping[str, float] | None = None,
    ) -> Campagne:
        """Return the same campaign under other parameters; those left out do not change."""
        refuse_places(contingent)
        settings, hypotheses = self.reglages, list(self.hypotheses)
        if procedure is not None:
            chosen, supposed = procedure_for(procedure, self.corps, self.grade, self.annee)
            settings = replace(settings, procedure=chosen)
            hypotheses = [*_but_of(hypotheses, "procédure"), *supposed]
        if taux is not None:
            share, supposed = share_for(taux, self.corps, self.grade, self.annee, self.suppose)
            settings = replace(settings, share=share, places=None)
            hypotheses = [*_but_of(hypotheses, "taux", "contingent"), *supposed]
        if contingent is not None:
            settings = replace(settings, share=None, places=contingent)
            hypotheses = [*_but_of(hypotheses, "taux", "contingent"), "contingent donné"]
        if report is not None:
            settings = replace(settings, carried=carried_units(report))
        return replace(self, reglages=settings, hypotheses=tuple(hypotheses))

    def ecrire(self, vers: str | Path, *, motif: str) -> list[Path]:
        """Write the tableau by name, with what goes with it; return the files.

        Parameters
        ----------
        vers : path
            `.xlsx`, or `.csv` (the tableau alone, its provenance beside).
        motif : str
            Why, for whom: kept in the log of exports (`iprof_kit.exports`).

        Raises
        ------
        InputError
            A motive that says nothing, another format.
        Unavailable
            The log or a file cannot be written.
        """
        return write_tables(self.tables(), Path(vers), motif=motif, what=self.exported)

    @property
    def exported(self) -> dict[str, Any]:
        """What the log of exports says of a file of this campaign."""
        what = f"tableau nominatif{NBSP}: {self.titre}"
        return {"quoi": what, "source": self.source, "filtres": dict(self.filtres)}

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return what is written, by the name of its sheet; the tableau comes first."""
        return {
            "Tableau proposé": self.tableau(),
            "Contingent": self.contingent(),
            "Liste complémentaire": self.liste_complementaire(),
            "Étapes": self.etapes(),
            "Positions": self.positions(),
            "Non classés": self._unranked(),
        }

    def comparer(self, autre: Given | Campagne) -> pd.DataFrame:
        """Return who enters and who leaves with another procedure, or in another campaign."""
        other = autre if isinstance(autre, Campagne) else self.et_si(procedure=autre)
        moves = compared(self.classement(), other.classement())
        return self._marked(moves, f"De {self.procedure.id} à {other.procedure.id}")

    def bilan(self, autre: Given | Campagne) -> pd.DataFrame:
        """Return how many enter and leave, by sex; see `comparer`."""
        moves = self.comparer(autre)
        return self._marked(summary(moves), str(moves.attrs["tableau"]))

    @cached_property
    def provenance(self) -> Provenance:
        """What every table of this campaign carries."""
        one = self.procedure
        return Provenance(
            self.titre,
            self.source,
            self.le,
            dict(self.filtres),
            one.id,
            one.authority,
            f"{one.order_text} ; {one.steps_text}",
            one.source.text,
            one.source.confidence,
            self.hypotheses,
            tuple(self._warnings()),
            self.decideur,
            f"situations au 31 août {self.annee}",
            ROUNDINGS[one.contingent.rounding],
            f"règles vérifiées jusqu’au {date_text(verified_until())}",
        )

    @cached_property
    def _listes(self) -> tuple[Ranked, ...]:
        if self.reglages.share is None and self.reglages.places is None:
            raise no_ratio(self.corps, self.grade, self.annee, self.hypotheses)
        return rank_lists(self.gens, self.par, self.grade, self.annee, self.reglages)

    @cached_property
    def _placement(self) -> pd.DataFrame:
        cell, _ = positions(self.gens)
        days = self.gens["anciennete_jours"].to_numpy("int64")
        if self.grade == ACCELERATED:
            raise InputError(
                f"un avancement accéléré ne reclasse personne{NBSP}: l’échelon vient plus tôt.",
                where="reclassement",
                remedy="Lisez plutôt le tableau de cette campagne.",
            )
        return placement(cell, days, self.grade, self.annee)

    def _with_placement(self) -> pd.DataFrame:
        ranked = tables.ranking(self.gens, self.par, self._listes)
        if self.grade == ACCELERATED:
            return ranked
        rows = pd.Index(self.gens["numero"]).get_indexer(pd.Index(ranked["numero"]))
        after = self._placement.iloc[rows].set_index(ranked.index)
        placed: pd.DataFrame = pd.concat([ranked, after], axis=1)
        return placed

    def _warnings(self) -> list[str]:
        texts = [
            f"étape laissée de côté, la colonne {name} manque"
            for name in omitted_steps(self.gens, self.procedure)
        ]
        texts += [
            f"groupe vide : {GROUPS[name]}, ses places reviennent au rang"
            for name in self.procedure.groups
            if name in self.gens and not (whole_numbers(self.gens[name]) > 0).any()
        ]
        if len(self.refusees):
            texts.append(f"lignes non lues : {len(self.refusees)} (non_lues() dit pourquoi)")
        texts += warnings(self.gens, self.ecartees)
        if self.gens.empty:
            texts.append("personne n’est promouvable")
        return texts

    @property
    def textes(self) -> tuple[str, ...]:
        """The texts of its procedure and of its conditions."""
        texts = [self.procedure.source.text]
        if self.grade != ACCELERATED:
            texts += [one.text for one in references(self.corps, self.grade, self.annee)]
        return tuple(dict.fromkeys(texts))

    def _unranked(self) -> pd.DataFrame:
        ranked = self.classement()
        errors = ranked.loc[ranked["erreur"] != "", ["numero", "erreur"]]
        return self._marked(pd.concat([self.refusees, errors], ignore_index=True), "Non classés")

    def _need(self, column: str, analysis: str) -> None:
        if column not in self.gens:
            raise InputError(
                f"colonne absente{NBSP}: {column}.",
                where="table",
                remedy=f"Elle est nécessaire pour {analysis}.",
            )

    def _marked(self, table: pd.DataFrame, what: str) -> pd.DataFrame:
        return self.provenance.mark(table, what)


def _but_of(hypotheses: list[str], *subjects: str) -> list[str]:
    """Return hypotheses without those of some subjects, which each begins with."""
    return [text for text in hypotheses if not text.startswith(subjects)]
