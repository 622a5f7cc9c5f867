"""Vos perspectives › Autres parcours: what is open, from when, never, and what it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.guides.law_facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.question import EligibilityAnswer
from iprof_kit.ui.fields.asked import Read, read_fields
from iprof_kit.ui.fields.carnet import Carnet
from iprof_kit.ui.screens.autres_affectations.view import Turn
from iprof_kit.ui.screens.autres_parcours.fields import every_group, groups, personal
from iprof_kit.ui.screens.autres_parcours.question import FromFile, from_file, question_of
from iprof_kit.ui.screens.autres_parcours.rows import FAMILIES, STATES
from iprof_kit.ui.screens.autres_parcours.view import Filter, PathsView, paths_view, shown_codes
from iprof_kit.ui.shared.held import current_echelon
from iprof_kit.ui.shared.messages import Intent, texts
from iprof_kit.ui.shared.parts import Notice, failed
from iprof_kit.ui.visit.visiting import Shown, Visit

Ask = Callable[[Mapping[str, Any]], EligibilityAnswer]
PART = "parcours"
"""The part of the document « voeux » that belongs to this screen."""


def ask_paths(question: Mapping[str, Any]) -> EligibilityAnswer:
    """Return the answer of the kit; loaded at the first question, so that screens open at once."""
    from iprof_kit.calculate.interface.reading import question_of as asked
    from iprof_kit.calculate.paths.calculation import SUBJECT

    answer: EligibilityAnswer = SUBJECT.one(asked(SUBJECT.question, question))
    return answer


@dataclass(frozen=True)
class Tried:
    """What is tried now: the filter, the answers typed, whether the personal ones are kept."""

    filter: Filter = field(default_factory=Filter)
    answers: Mapping[str, str] = field(default_factory=dict)
    keep: bool = False


class AutresParcours:
    """Answers and filter are kept; personal situations only where the person says so."""

    def __init__(self, visit: Visit, ask: Ask = ask_paths) -> None:
        self._visit, self._ask = visit, ask
        self._carnet = Carnet(visit, "voeux", _described)
        self._unkept: dict[str, str] = {}
        self._answered: tuple[dict[str, Any], EligibilityAnswer] | None = None
        self._turn = Turn()

    def show(self, path: str) -> Shown:
        """Return the screen."""
        del path
        return "autres_parcours", self._view()

    def _view(self) -> PathsView:
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        tried, given = self._now(), from_file(dossier, today)
        read = read_fields(every_group(tried.answers), tried.answers, today)
        answer, notices = self._answer(given, read)
        held = current_echelon(dossier)
        return paths_view(
            answer,
            Standing(held.corps, held.grade, held.echelon, held.chevron) if held else None,
            tried.filter,
            tried.answers,
            errors=read.errors,
            counted=given.counted,
            carnet=self._carnet.view(),
            keep_sensitive=tried.keep,
            academie=self._visit.who().academie,
            notices=notices,
            turn=self._turn,
        )

    def _answer(
        self, given: FromFile, read: Read
    ) -> tuple[EligibilityAnswer | None, tuple[Notice, ...]]:
        """Return the answer to the whole question, else to the file alone, with what is wrong."""
        try:
            return self._asked(question_of(given, read)), ()
        except KitError as error:
            notice = failed(error)
        try:
            return self._asked(question_of(given, Read())), (notice,)
        except KitError:
            return None, (notice,)

    def _asked(self, question: dict[str, Any]) -> EligibilityAnswer:
        """Ask once the same question: a filter changes nothing of the answer."""
        if self._answered is None or self._answered[0] != question:
            self._answered = (question, self._ask(question))
        return self._answered[1]

    def _now(self) -> Tried:
        kept = self._carnet.load().get(PART)
        given = kept if isinstance(kept, Mapping) else {}
        keep = isinstance(given.get("personnel"), Mapping)
        own = texts(given.get("personnel")) if keep else self._unkept
        return Tried(
            _filter(texts(given.get("filtre"))), {**texts(given.get("reponses")), **own}, keep
        )

    def receive(self, intent: Intent) -> None:
        """Take a filter or answers, and keep them."""
        if self._carnet.receive(intent):
            return
        values, tried = texts(intent.values), self._now()
        if intent.name == "filtre":
            self._keep(replace(tried, filter=_filter(values)))
        elif intent.name == "tout_voir":
            self._back(tried)
        elif intent.name == "parcours_voir":
            self._open(values.get("of", ""), tried)
        elif intent.name == "parcours_reponses":
            self._take(values, tried)
        elif intent.name == "personnel":
            self._take_personal(values, tried)
        elif intent.name == "tout_effacer":
            self._keep(Tried())
            self._focus("tout-effacer")

    def _open(self, code: str, tried: Tried) -> None:
        if code in path_facts.every_path():
            self._keep(replace(tried, filter=replace(tried.filter, path=code)))
            self._focus("detail")

    def _back(self, tried: Tried) -> None:
        """Come back from a path to the list, or from a filter to everything."""
        shown = tried.filter.path
        self._keep(replace(tried, filter=replace(tried.filter, path="") if shown else Filter()))
        self._focus(f"voir-{shown.lower()}" if shown else "famille")

    def _take(self, values: Mapping[str, str], tried: Tried) -> None:
        """Take the fields shown; what is answered for other paths stays."""
        codes = shown_codes(self._answered[1], tried.filter) if self._answered else ()
        shown = {f.name for group in groups(values, codes) for f in group.fields}
        kept = {name: typed for name, typed in tried.answers.items() if name not in shown}
        typed = {name: values[name].strip() for name in shown if values.get(name, "").strip()}
        self._keep(replace(tried, answers={**kept, **typed}))

    def _take_personal(self, values: Mapping[str, str], tried: Tried) -> None:
        said = {name: typed for name, typed in values.items() if personal(name)}
        others = {name: typed for name, typed in tried.answers.items() if name not in said}
        given = {name: typed for name, typed in said.items() if typed}
        self._keep(Tried(tried.filter, {**others, **given}, values.get("garder") == "oui"))

    def _keep(self, tried: Tried) -> None:
        own = {name: typed for name, typed in tried.answers.items() if personal(name)}
        wanted = tried.filter
        content: dict[str, Any] = {
            "filtre": {"famille": wanted.family, "etat": wanted.state, "voir": wanted.path},
            "reponses": {k: v for k, v in tried.answers.items() if not personal(k)},
        }
        if tried.keep:
            content["personnel"] = own
        self._unkept = {} if tried.keep else own
        self._carnet.write({**self._carnet.load(), PART: content})

    def _focus(self, ids: str) -> None:
        self._turn = Turn(self._turn.number + 1, ids)


def _filter(values: Mapping[str, str]) -> Filter:
    family, state = values.get("famille", ""), values.get("etat", "")
    path = values.get("voir", "")
    return Filter(
        family if family in FAMILIES else "",
        state if state in STATES else "",
        path if path in path_facts.every_path() else "",
    )


def _described(document: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the document in short sentences: the answers are counted, never told."""
    part = document.get(PART)
    count = len(texts(part.get("reponses"))) if isinstance(part, Mapping) else 0
    return (f"Autres parcours : {count} réponse{'s' if count > 1 else ''}",)
