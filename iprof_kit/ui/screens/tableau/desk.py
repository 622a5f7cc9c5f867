"""One campaign on the page: what is asked of it, and what the page then shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

import pandas as pd

from iprof_kit.analytics.promotions.campaign import Campagne
from iprof_kit.analytics.promotions.catalogue import procedures
from iprof_kit.analytics.promotions.opening import share_for
from iprof_kit.analytics.promotions.receipt import keep_receipt, receipt_file
from iprof_kit.analytics.promotions.writing import one_file
from iprof_kit.base.asked import Choices, Kind
from iprof_kit.base.clock import paris, utc_now
from iprof_kit.base.errors import KitError
from iprof_kit.base.words import folded
from iprof_kit.ui.components.screen import Answered, Download, Message
from iprof_kit.ui.kit import fields
from iprof_kit.ui.kit.fields import Supposed
from iprof_kit.ui.kit.guarded import guarded
from iprof_kit.ui.kit.parts import Field, Option
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.screens.tableau.comparison import (
    FIRST,
    SECOND,
    Comparison,
    Pair,
    RateLever,
    at_the_bar,
    comparison,
    number,
    person,
    rate_lever,
)
from iprof_kit.ui.screens.tableau.rows import Asked, shown
from iprof_kit.ui.screens.tableau.view import Export, Levers, TableauView, tableau
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import texts, word

NOTEBOOK = "tableau_promotions.ipynb"
Hide = Callable[[pd.DataFrame], pd.DataFrame]
_MOST_OPEN = 50
"""Reasons that stand open together: as many as the rows of a page."""
_FIELD_OF = {"taux": "taux", "report": "report", "procedure": "procedure"}
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_PAGE = "text/html; charset=utf-8"
NAMED, NAMELESS = "nominatif", "bilan"
_WHAT = {NAMED: "classeur nominatif", NAMELESS: "bilan sans nom, secret appliqué"}
_FORMATS = {"xlsx": ("classeur XLSX", _WORKBOOK), "csv": ("CSV", "text/csv")}
_FICTITIOUS = "Personnes fictives : aucun motif n’est demandé."
_BY_NAME = "Le journal des exports garde ce motif, la date et qui l’a donné."


@dataclass(frozen=True)
class Reading:
    """A campaign as it is shown, calculated once."""

    campaign: Campagne
    hide: Hide
    ranking: pd.DataFrame
    """Everybody, rank by rank; its provenance, copied at each step of pandas, is left out."""

    @classmethod
    def of(cls, campaign: Campagne, hide: Hide) -> Reading:
        """Return a campaign that is ranked; what cannot be is refused here."""
        ranking = campaign.classement()
        ranking.attrs = {}
        return cls(campaign, hide, ranking)

    @cached_property
    def places(self) -> Mapping[Any, Any]:
        """The contingent of the list."""
        (places,) = self.campaign.contingent().to_dict("records")
        return places

    @cached_property
    def page(self) -> TableauView:
        """The page, before what is asked of it."""
        return tableau(self.campaign, self.ranking, self.hide(self.campaign.pyramide()))

    @cached_property
    def lever(self) -> RateLever | None:
        """The slider of the rate, around that of the tables."""
        one = self.campaign
        law, supposed = share_for(None, one.corps, one.grade, one.annee, "dernier_connu")
        return rate_lever(one, law or None, " ".join(supposed))


class PromotionDesk:
    """A list of promouvables of one corps and one year, ranked as the person asks.

    Parameters
    ----------
    campaign : Campagne
        Of one list, at the rate that the tables give, or as it was opened.
    hide : callable
        Puts statistical secrecy on the counts by age (`Campagne.pyramide`): a count made missing
        shows « secret ».
    fictitious : bool
        Whether its people are invented: an export of them has nothing to account for, and nothing
        of them is kept.
    clock : callable
        The moment at which a campaign is recorded.
    """

    def __init__(
        self,
        campaign: Campagne,
        hide: Hide = lambda ages: ages,
        *,
        fictitious: bool = False,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._hide, self._fictitious, self._clock = hide, fictitious, clock
        self._values = {"procedure": "", "taux": "", "report": ""}
        self._errors: dict[str, KitError] = {}
        self._asked = Asked()
        self._pair: Pair | None = None
        self._typed: dict[str, str] = {}
        self._turn = 0
        self._export = {"quoi": NAMED, "format": "xlsx", "motif": ""}
        self._done = self._kept = ""
        self._campaign = self._shown = campaign
        self._reading: Reading | None = None
        known = procedures()
        self._names = dict(zip(known["id"], known["titre"], strict=True))
        self._operations = dict(zip(known["id"], known["operation"], strict=True))
        self._intents: dict[str, Callable[[dict[str, str]], Download | None]] = {
            "perimetre": self._change_perimeter,
            "taux": self._move_rate,
            "lignes": self._choose_rows,
            "page": self._turn_page,
            "pourquoi": self._open_reason,
            "comparer": self._compare,
            "comparer_avec": self._compare_with,
            "barre": self._compare_at_the_bar,
            "exporter": self._make_file,
            "enregistrer": self._keep,
        }

    def handle(self, message: Message) -> str | Answered:
        """Return the HTML that answers a message, and the file made; never raises."""
        made: list[Download] = []
        html = guarded(lambda: self._handle(message, made))
        return Answered(html, download=made[0]) if made else html

    def _handle(self, message: Message, made: list[Download]) -> str:
        self._done = self._kept = ""
        act = self._intents.get(word(message.get("name"))) if message["kind"] == "intent" else None
        if act is not None and (download := act(texts(message.get("values")))) is not None:
            made.append(download)
        return render("tableau", self._view(), notebook=NOTEBOOK)

    def _change_perimeter(self, values: dict[str, str]) -> None:
        self._values |= {name: values[name] for name in self._values if name in values}
        self._calculate()

    def _move_rate(self, values: dict[str, str]) -> None:
        """Take the rate where the slider was let go: a place among the stops in the page."""
        lever, place = self._read().lever, values.get("cran", "")
        if lever is None or not place.isdecimal() or int(place) >= len(lever.stops):
            return
        self._values["taux"] = number(lever.stops[int(place)].share / 100)
        if int(place) == lever.law:
            self._values["taux"] = ""
        self._calculate()

    def _calculate(self) -> None:
        """Take the perimeter as it was asked; what is wrong is told, the last tables stay."""
        self._errors = {}
        asked = self._campaign
        try:
            if self._values["procedure"]:
                asked = asked.et_si(procedure=self._values["procedure"])
            if self._values["taux"].strip():
                asked = asked.et_si(taux=self._values["taux"])
            if self._values["report"].strip():
                asked = asked.et_si(report=self._values["report"])
            reading = Reading.of(asked, self._hide)
        except KitError as error:
            self._errors[_FIELD_OF.get(error.where, "procedure")] = error
            return
        self._shown, self._reading = asked, reading

    def _choose_rows(self, values: dict[str, str]) -> None:
        self._asked = Asked(values.get("lignes", ""), opened=self._asked.opened)

    def _open_reason(self, values: dict[str, str]) -> None:
        """Have the ranking of one person done again; whoever is not in the list opens nothing."""
        number = values.get("of", "")
        if number in set(self._read().ranking["numero"].astype(str)):
            last = sorted(self._asked.opened)[-_MOST_OPEN + 1 :]
            self._asked = replace(self._asked, opened=frozenset({*last, number}))

    def _turn_page(self, values: dict[str, str]) -> None:
        step = {"avant": -1, "apres": 1}.get(values.get("of", ""), 0)
        self._asked = replace(self._asked, page=max(self._asked.page + step, 0))

    def _compare(self, values: dict[str, str]) -> None:
        ranking, numbers = self._read().ranking, []
        self._typed = {}
        for name in (FIRST, SECOND):
            try:
                numbers.append(person(values.get(name, ""), ranking))
            except KitError as error:
                self._errors[name], self._typed = error, values
            else:
                self._errors.pop(name, None)
        if len(set(numbers)) == len((FIRST, SECOND)):
            self._pair = numbers[0], numbers[1]

    def _compare_with(self, values: dict[str, str]) -> None:
        """Put a person of the table beside the one who is shown."""
        ranking = self._read().ranking
        pair, other = self._pair or at_the_bar(ranking), person(values.get("of", ""), ranking)
        if pair is None:
            return
        self._pair = (pair[0] if pair[0] != other else pair[1], other)
        self._turn += 1

    def _compare_at_the_bar(self, _values: dict[str, str]) -> None:
        self._pair, self._typed = None, {}
        for name in (FIRST, SECOND):
            self._errors.pop(name, None)

    def _make_file(self, values: dict[str, str]) -> Download | None:
        self._export |= {name: values[name] for name in self._export if name in values}
        self._errors.pop("motif", None)
        try:
            made = self._balance() if self._export["quoi"] == NAMELESS else self._by_name()
        except KitError as error:
            self._errors["motif"] = error
            return None
        self._done = f"PROJET prêt : {made.name}, taux {self._rate_words()}."
        return made

    @property
    def _motive(self) -> str | None:
        return None if self._fictitious else self._export["motif"]

    def _file_name(self, end: str) -> str:
        return f"PROJET-{'-'.join(folded(self._shown.titre).replace(',', '').split())}{end}"

    def _by_name(self) -> Download:
        kind = self._export["format"] if self._export["format"] in _FORMATS else "xlsx"
        content = one_file(
            self._shown.tables(), f".{kind}", motif=self._motive, what=self._shown.exported
        )
        return Download(self._file_name(f".{kind}"), _FORMATS[kind][1], content)

    def _balance(self) -> Download:
        """Return the balance without names; its drawing is loaded when it is first asked for."""
        from iprof_kit.analytics.reports.balance import SUFFIX, balance_without_names

        content = balance_without_names(self._shown, motif=self._motive)
        return Download(self._file_name(f"-bilan-sans-nom{SUFFIX}"), _PAGE, content)

    def _keep(self, _values: dict[str, str]) -> Download | None:
        """Give the dated receipt of the campaign shown; one's own is kept in the workshop too."""
        now = paris(self._clock())
        name, content = receipt_file(self._shown, now)
        where = "Reçu téléchargé, rien n’est gardé : personnes fictives."
        if not self._fictitious:
            try:
                kept = keep_receipt(self._shown, now)
            except KitError as error:
                self._kept = f"{text.sentence(error.message)} {error.remedy}"
                return None
            where = f"Gardée dans {kept.parent.name}/{kept.name}."
        moment = f"{text.day(now.date())} à {now:%H h %M}"
        self._kept = f"Campagne enregistrée le {moment}, taux {self._rate_words()}. {where}"
        return Download(name, "application/json", content)

    def _rate_words(self) -> str:
        share = self._shown.reglages.share
        return "sans objet" if share is None else f"{number(share / 100)} %"

    def _view(self) -> TableauView:
        read = self._read()
        return replace(
            read.page,
            levers=Levers(read.lever, self._supposed()),
            shown=shown(self._shown, read.ranking, read.places, self._asked),
            compared=self._compared(read.ranking),
            turn=self._turn,
            export=self._exporting(),
            kept=self._kept,
        )

    def _read(self) -> Reading:
        """Return what is read of the campaign shown, once for all that is asked of it."""
        if self._reading is None or self._reading.campaign is not self._shown:
            self._reading = Reading.of(self._shown, self._hide)
        return self._reading

    def _compared(self, ranking: pd.DataFrame) -> Comparison | None:
        ranked = set(ranking["numero"][ranking["erreur"] == ""].astype(str))
        kept = self._pair if self._pair and ranked.issuperset(self._pair) else None
        pair = kept or at_the_bar(ranking)
        if pair is None:
            return None
        compared = comparison(self._shown, ranking, pair)
        names = zip((FIRST, SECOND), ("Rang ou dossier", "Comparé à"), compared.ranks, strict=True)
        fields = tuple(
            self._field(name, label, self._typed.get(name, rank)) for name, label, rank in names
        )
        return replace(compared, fields=fields, chosen=kept is not None)

    def _supposed(self) -> tuple[Supposed, ...]:
        chosen = self._values["procedure"] or self._shown.procedure.id
        values = self._values | {"procedure": chosen}
        possible = tuple(
            (name, label)
            for name, label in self._names.items()
            if self._operations[name] == self._campaign.grade
        )
        carried = float(self._read().places["report"])
        lines = (
            (
                "Procédure",
                self._names.get(chosen, self._shown.procedure.title),
                "procedure",
                possible,
            ),
            ("Taux exact, en %", self._rate_words(), "taux", ()),
            ("Décimale reportée de l’an passé", number(carried), "report", ()),
        )
        return tuple(
            Supposed(
                what,
                ("à reprendre" if name in self._errors else value),
                self._field(name, what, values[name], choices),
            )
            for what, value, name, choices in lines
        )

    def _exporting(self) -> Export:
        options = tuple(
            Option(name, label, name == self._export["format"])
            for name, (label, _) in _FORMATS.items()
        )
        what = tuple(
            Option(name, label, name == self._export["quoi"]) for name, label in _WHAT.items()
        )
        motive = None if self._fictitious else self._field("motif", "Motif", self._export["motif"])
        note = _FICTITIOUS if self._fictitious else _BY_NAME
        wrong = self._errors.get("motif") if self._fictitious else None
        words = f"{text.sentence(wrong.message)} {wrong.remedy}" if wrong else ""
        return Export(options, motive, note, self._done, words, what)

    def _field(self, name: str, label: str, value: str, choices: Choices = ()) -> Field:
        kind: Kind = "decimal" if name in ("taux", "report") else "text"
        field = Field(name, label, kind, needed=True, choices=choices)
        return fields.shown(field, value, self._errors.get(name))
