"""Vos perspectives › Autres parcours: what is open, what would open more, a path whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.guides.law.facts import Standing
from iprof_kit.calculate.paths import facts as path_facts
from iprof_kit.calculate.paths.lines import Overview, Try
from iprof_kit.calculate.paths.question import EligibilityAnswer, EligibilityQuestion
from iprof_kit.services.contract.standing import current_echelon
from iprof_kit.ui.kit.fields import Read, read_fields
from iprof_kit.ui.kit.parts import Notice, Page, failed
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.wishes import (
    WishesCarnet,
    completed,
    own_alone,
    told_category,
    told_words,
)
from iprof_kit.ui.screens.autres_affectations.view import Turn
from iprof_kit.ui.screens.autres_parcours.fields import every_group, personal
from iprof_kit.ui.screens.autres_parcours.next_questions import (
    Answerable,
    answerables,
    questions_of,
)
from iprof_kit.ui.screens.autres_parcours.question import (
    PART,
    FromFile,
    described,
    from_file,
    merged,
    question_of,
)
from iprof_kit.ui.screens.autres_parcours.rows import FAMILIES, PathDetail, path_detail
from iprof_kit.ui.screens.autres_parcours.view import (
    TITLE,
    Filter,
    PathsView,
    Registration,
    paths_view,
    shown_codes,
)
from iprof_kit.ui.shared.messages import Intent, texts

Ask = Callable[[Mapping[str, Any]], EligibilityAnswer]
Look = Callable[[Mapping[str, Any], Sequence[Try]], Overview]
_NOTHING = "Aucun parcours calculé : ce qui l’empêche est dit ci-dessus."


def ask_paths(question: Mapping[str, Any]) -> EligibilityAnswer:
    """Return the answer of the kit; loaded at the first question, so that screens open at once."""
    from iprof_kit.calculate.interface.reading import question_of as asked
    from iprof_kit.calculate.paths.calculation import SUBJECT

    answer: EligibilityAnswer = SUBJECT.one(asked(SUBJECT.question, question))
    return answer


def look_over(question: Mapping[str, Any], tries: Sequence[Try]) -> Overview:
    """Return every path in one line; loaded at the first question too."""
    from iprof_kit.calculate.interface.reading import question_of as asked
    from iprof_kit.calculate.paths.overview import overview

    return overview(asked(EligibilityQuestion, question), tries)


@dataclass(frozen=True)
class Tried:
    """What is tried now: the filter, the answers typed, the personal ones among them."""

    filter: Filter = field(default_factory=Filter)
    answers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Passing(State):
    """How many questions were left for others."""

    passed: int = 0


class AutresParcours(KitScreen[Passing]):
    """Answers and filter are kept; personal situations live with the page alone."""

    def __init__(self, visit: Visit, ask: Ask = ask_paths, look: Look = look_over) -> None:
        super().__init__(visit)
        self._ask, self._look = ask, look
        self._carnet = WishesCarnet(visit, described)
        self._answered: tuple[dict[str, Any], tuple[Try, ...], Overview] | None = None
        self.carnets = (self._carnet,)

    def page(self) -> Shown:
        """Return the screen."""
        return "autres_parcours", self._view()

    def _view(self) -> Page:
        dossier, today = self._visit.dossier(), self._visit.who().aujourdhui
        tried = self._now()
        given = from_file(dossier, today, told_category(self._carnet.load()))
        read = read_fields(every_group(tried.answers), tried.answers, today)
        possible = answerables(every_group(tried.answers), tried.answers, today)
        asked, overview, notices = self._answer(given, read, possible)
        if overview is None:
            return PathsView(TITLE, lead_strong=_NOTHING, notices=notices, turn=self._turn())
        place, opened = current_echelon(dossier), self.state.opened
        standing = (
            Standing(place.corps, place.grade, place.echelon, place.chevron) if place else None
        )
        view = paths_view(
            overview,
            tried.filter,
            questions_of(
                overview,
                possible,
                shown_codes(overview, tried.filter),
                tried.answers,
                read.errors,
                turn=self.state.passed,
            ),
            carnet=self._carnet.view(),
            academie=self._visit.who().academie,
            whole=lambda code: _whole(
                self._ask({**asked, "parcours": code, "expliquer": code in opened}),
                standing,
            ),
            windows=self.windows(overview),
        )
        counted = (*given.counted, *told_words(self._carnet.load()))
        return replace(view, counted=counted, notices=notices, turn=self._turn())

    def windows(self, overview: Overview) -> dict[str, Registration]:
        """Return when one registers for the competitions whose conditions are met, by code."""
        del overview
        return {}

    def _answer(
        self, given: FromFile, read: Read, possible: Sequence[Answerable]
    ) -> tuple[dict[str, Any], Overview | None, tuple[Notice, ...]]:
        """Return the question asked and its answer: the whole one, else that of the file alone."""
        question = question_of(given, read)
        try:
            return question, self._asked(question, possible), ()
        except KitError as error:
            notice = failed(error)
        question = question_of(given, Read())
        try:
            return question, self._asked(question, possible), (notice,)
        except KitError:
            return question, None, (notice,)

    def _asked(self, question: dict[str, Any], possible: Sequence[Answerable]) -> Overview:
        """Ask once the same question: a filter changes nothing of the answer."""
        tries = tuple(one.adds for one in possible)
        if self._answered is None or self._answered[:2] != (question, tries):
            self._answered = (question, tries, self._look(question, tries))
        return self._answered[2]

    def _now(self) -> Tried:
        document = self._carnet.load()
        kept = document.get(PART)
        given = kept if isinstance(kept, Mapping) else {}
        sensitive = {n: v for n, v in self._visit.sensitive.typed().items() if personal(n)}
        answers = completed({**texts(given.get("reponses")), **sensitive}, document)
        return Tried(_filter(texts(given.get("filtre"))), answers)

    @intent("filtre")
    def narrow(self, asked: Intent) -> None:
        """Show the paths of one family."""
        self._keep(replace(self._now(), filter=_filter(texts(asked.values))))

    @intent("parcours_voir")
    def look(self, asked: Intent) -> None:
        """Open a path, or close it where it was open."""
        tried, code = self._now(), asked.values.get("of", "")
        if code in path_facts.every_path():
            path = "" if code == tried.filter.path else code
            self._keep(replace(tried, filter=replace(tried.filter, path=path)))

    @intent("parcours_reponses", "parcours_question")
    def take(self, asked: Intent) -> None:
        """Take the fields of the form that was sent; every other answer stays."""
        tried, self.state.passed = self._now(), 0
        self._keep(replace(tried, answers=merged(tried.answers, texts(asked.values))))
        if asked.name == "parcours_question":
            self.look_at("questions")

    @intent("autres_questions")
    def pass_on(self, _asked: Intent) -> None:
        """Leave these questions for others."""
        self.state.passed += 1
        self.look_at("questions")

    @intent("personnel")
    def hold(self, asked: Intent) -> None:
        """Hold what is personal while the page is open."""
        values = texts(asked.values)
        self._visit.sensitive.take({n: v for n, v in values.items() if personal(n)})

    @intent("tout_effacer")
    def erase(self, _asked: Intent) -> None:
        """Forget every answer, and the filter."""
        self._visit.sensitive.forget(*filter(personal, self._now().answers))
        self._keep(Tried())
        self.look_at("tout-effacer")

    def _keep(self, tried: Tried) -> None:
        answers = own_alone(tried.answers, self._carnet.load())
        wanted = tried.filter
        content: dict[str, Any] = {
            "filtre": {"famille": wanted.family, "voir": wanted.path},
            "reponses": {k: v for k, v in answers.items() if not personal(k)},
        }
        self._carnet.write({**self._carnet.load(), PART: content})

    def _turn(self) -> Turn:
        return Turn(self.state.turn, self.state.focus)


def _filter(values: Mapping[str, str]) -> Filter:
    family, path = values.get("famille", ""), values.get("voir", "")
    return Filter(
        family if family in FAMILIES else "", path if path in path_facts.every_path() else ""
    )


def _whole(answer: EligibilityAnswer, standing: Standing | None) -> PathDetail | None:
    return path_detail(answer.parcours[0], answer, standing) if answer.parcours else None
