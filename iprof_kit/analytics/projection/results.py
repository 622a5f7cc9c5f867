"""What a projection gives: tables by year and corps, each with what was supposed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from iprof_kit.analytics.population.laws import PER_CENT
from iprof_kit.analytics.projection import budget
from iprof_kit.analytics.projection.hypotheses import Hypothesis, hypotheses_table
from iprof_kit.analytics.projection.run import Sums
from iprof_kit.analytics.projection.scenario import Scenario
from iprof_kit.analytics.provenance import PROJET, caption_of_projection
from iprof_kit.base.calendar import rentree_day
from iprof_kit.base.errors import InputError
from iprof_kit.base.names import words_in
from iprof_kit.base.version import __version__
from iprof_kit.base.words import NBSP
from iprof_kit.law.tables.cells import CELLS

Keys = Sequence[str]
BY_CORPS = ("corps",)
_WHOLE = words_in("effectif femmes en_service temps_partiel promouvables contingent promus nombre")


@dataclass(frozen=True)
class ProjectionDePopulation:
    """A population projected; `projeter` makes it.

    Each method returns a DataFrame whose `attrs` hold its caption (`legende`, which begins with
    PROJET), `hypotheses`, `source` and `version`. `par` are its keys beside the year: « corps »,
    « grade », « echelon », « academie », « sexe », where the table knows them.

    Attributes
    ----------
    debut, fin : int
        First and last campaign (1 September).
    sommes : Sums
        What was counted.
    """

    debut: int
    fin: int
    graine: int
    scenario: Scenario
    sommes: Sums
    academies: tuple[str, ...]
    suppositions: tuple[Hypothesis, ...]
    source: str
    le: date

    def effectifs(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return who is there on each 1 September, after entries, exits and promotions."""
        stocks = self._sums(self._named(par), par)
        people = stocks["effectif"]
        stocks["part_femmes"] = stocks["femmes"] / people * PER_CENT
        stocks["age_moyen"] = stocks["age"] / people
        stocks["part_temps_partiel"] = stocks["temps_partiel"] / stocks["en_service"] * PER_CENT
        return self._marked(stocks.drop(columns=["age", "etp_paye"]), "Effectifs au 1er septembre")

    def structure(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return the share of each grade on each 1 September, after the promotions."""
        keys = [*par, *(["grade"] if "grade" not in par else [])]
        grades = self._sums(self._named(keys), keys)[["annee", *keys, "effectif", "femmes"]]
        whole = grades.groupby(["annee", *[key for key in keys if key != "grade"]])["effectif"]
        grades["part"] = grades["effectif"] / whole.transform("sum") * PER_CENT
        return self._marked(grades, "Structure après promotions, au 1er septembre")

    def campagnes(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return the campaigns: promouvables, contingent, promoted, women, age, bar.

        The bar is the lowest barème promoted in the hors classe by an authority; over several,
        their median. Promotions by viviers (until 2023) have no list here.
        """
        keys = ["annee", "grade", *(key for key in par if key != "grade")]
        frame = self.sommes.campaigns
        frame = frame.assign(academie=np.array(self.academies, object)[frame["authority"]])
        self._refuse_keys(frame, keys)
        sums = list(
            words_in("promouvables contingent promus femmes_promouvables femmes_promues age_promus")
        )
        grouped = frame.reindex(columns=[*keys, *sums, "barre"]).groupby(keys)
        campaigns = grouped[sums].sum(min_count=1).join(grouped["barre"].median()).reset_index()
        promoted = campaigns["promus"].where(campaigns["promus"] > 0)
        listed = campaigns["promouvables"].where(campaigns["promouvables"] > 0)
        campaigns["part_femmes_promouvables"] = campaigns["femmes_promouvables"] / listed * PER_CENT
        campaigns["part_femmes_promus"] = campaigns["femmes_promues"] / promoted * PER_CENT
        campaigns["age_moyen_promus"] = campaigns["age_promus"] / promoted
        gone = ["femmes_promouvables", "femmes_promues", "age_promus"]
        return self._marked(campaigns.drop(columns=gone), "Campagnes de promotion")

    def flux(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return entries and exits by reason between two 1 Septembers, with both stocks.

        A year is what follows the 1 September before, up to that of the year included; the first
        one begins on the day of the observation. An age limit ends a career on its day.
        """
        moves = self.sommes.flows
        moves = moves.assign(academie=np.array(self.academies, object)[moves["authority"]])
        keys = ["annee", *par]
        self._refuse_keys(moves, keys)
        flows = moves.pivot_table("nombre", keys, "motif", "sum", fill_value=0)
        stock = self._stock(par)
        later = stock["moment"] == 1
        end = stock[later].groupby(keys)["effectif"].sum()
        begin = stock.assign(annee=stock["annee"] + later).groupby(keys)["effectif"].sum()
        begin = begin[begin.index.get_level_values("annee") <= self.fin]
        flows = flows.reindex(end.index.union(begin.index).union(flows.index), fill_value=0)
        exits = flows.drop(columns="entree", errors="ignore")
        entries = flows.get("entree", 0)
        flows = pd.concat([exits.assign(entrees=entries)[["entrees"]], exits], axis=1)
        flows.insert(0, "debut", begin.reindex(flows.index, fill_value=0).astype("int64"))
        flows["fin"] = end.reindex(flows.index, fill_value=0).astype("int64")
        flows.columns.name = None
        return self._marked(flows.reset_index(), "Entrées et sorties")

    def retraites(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return the retirements: how many, mean age, mean pension between two bounds."""
        gone = self.sommes.retired
        frame = gone.assign(
            sexe=_sexes(gone["femme"]),
            academie=np.array(self.academies, object)[gone["authority"].astype(int)],
        )
        keys = ["annee", *par]
        self._refuse_keys(frame, keys)
        sums = ["nombre", "age", "pensions", "pension_basse", "pension_haute"]
        retirements = frame.groupby(keys)[sums].sum().reset_index()
        retirements["age_moyen"] = retirements["age"] / retirements["nombre"]
        for name in ("pension_basse", "pension_haute"):
            retirements[name] = retirements[name] / retirements["pensions"].where(
                retirements["pensions"] > 0
            )
        retirements = retirements.rename(columns={"pensions": "pensions_calculees"}).drop(
            columns="age"
        )
        return self._marked(retirements, "Départs à la retraite")

    def masse_indiciaire(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return the index points worked on each 1 September: sum of indice majoré × quotité."""
        stock = self._named(par).assign(points=0.0)
        for year, of_year in stock.groupby("annee"):
            day = rentree_day(int(str(year)))
            index = budget.indices(of_year["cell"].to_numpy(np.int64), day, self.scenario)
            stock.loc[of_year.index, "points"] = index * of_year["etp"]
        points = stock.groupby(["annee", *par])[["etp", "points"]].sum().reset_index()
        points["indice_moyen"] = points["points"] / points["etp"].where(points["etp"] > 0)
        return self._marked(points, "Masse indiciaire au 1er septembre")

    def budget(self, par: Keys = BY_CORPS) -> pd.DataFrame:
        """Return the gross pay and the employer's contributions of each civil year, in euros.

        Eight months of the situation before the rentrée, four of the one after; the first year's
        eight months are those of the situation observed.
        """
        stock = self._stock(par)
        keys = [*par]
        sums = stock.groupby([*keys, "annee", "moment", "cell"], as_index=False)["etp_paye"].sum()
        later = sums["moment"] == 1
        states = [sums[~later]]
        states += [sums[later & (sums["annee"] == year)] for year in self._years()]
        pay = pd.concat(
            [
                budget.civil_year(before, after, year, self.scenario, keys)
                for year, (before, after) in zip(self._years(), pairwise(states), strict=True)
            ],
            ignore_index=True,
        )
        return self._marked(pay, "Budget, euros")

    def hypotheses(self) -> pd.DataFrame:
        """Return everything supposed, with its confidence."""
        return self._marked(hypotheses_table(self.suppositions), "Hypothèses")

    def tableaux(self) -> dict[str, pd.DataFrame]:
        """Return every table, by corps, by its name."""
        return {
            name: getattr(self, name)()
            for name in (
                "effectifs",
                "structure",
                "campagnes",
                "flux",
                "retraites",
                "masse_indiciaire",
                "budget",
                "hypotheses",
            )
        }

    def _years(self) -> range:
        return range(self.debut, self.fin + 1)

    def _stock(self, par: Keys) -> pd.DataFrame:
        stock = self.sommes.stock
        cell = stock["cell"].to_numpy(np.int64)
        named = stock.assign(
            corps=CELLS.corps[cell],
            grade=CELLS.grade[cell],
            echelon=CELLS.echelon[cell],
            academie=np.array(self.academies, object)[stock["authority"]],
            sexe=_sexes(stock["femme"]),
            femmes=stock["effectif"] * stock["femme"],
        )
        self._refuse_keys(named, par)
        return named

    def _named(self, par: Keys) -> pd.DataFrame:
        """Return the stock of each 1 September, with names instead of codes."""
        stock = self._stock(par)
        return stock[stock["moment"] == 1]

    def _sums(self, stock: pd.DataFrame, par: Keys) -> pd.DataFrame:
        sums = ["effectif", "femmes", "en_service", "temps_partiel", "etp", "etp_paye", "age"]
        return stock.groupby(["annee", *par])[sums].sum().reset_index()

    def _refuse_keys(self, frame: pd.DataFrame, par: Keys) -> None:
        known = [key for key in ("corps", "grade", "echelon", "academie", "sexe") if key in frame]
        unknown = [key for key in par if key not in (*known, "annee")]
        if unknown:
            raise InputError(
                f"ce tableau ne se répartit pas par «{NBSP}{unknown[0]}{NBSP}».",
                where="par",
                remedy=f"Clés possibles{NBSP}: {', '.join(known)}.",
            )

    def _marked(self, table: pd.DataFrame, what: str) -> pd.DataFrame:
        for name in _WHOLE:
            if name in table and not table[name].isna().any():
                table[name] = table[name].astype("int64")
        attributes: dict[str, Any] = {
            "statut": PROJET,
            "tableau": what,
            "source": self.source,
            "version": __version__,
            "titre": f"projection de {self.debut} à {self.fin}, graine {self.graine}, scénario "
            f"«{NBSP}{self.scenario.nom or 'sans changement'}{NBSP}»",
            "hypotheses": [asdict(each) for each in self.suppositions],
            "date": self.le.isoformat(),
            "graine": self.graine,
        }
        table.attrs.clear()
        table.attrs.update(attributes, legende=caption_of_projection(attributes))
        return table


def _sexes(woman: pd.Series) -> np.ndarray:
    return np.where(woman.to_numpy() > 0, "F", "H")
