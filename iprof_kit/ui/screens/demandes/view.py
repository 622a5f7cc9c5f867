"""What the screens of the requests say: final French text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from iprof_kit.calculate.interface.official_texts import official_texts
from iprof_kit.calculate.paths.question import PathAnswer
from iprof_kit.calculate.requests.catalogue import ANSWER, MARK, SILENCE, START
from iprof_kit.calculate.requests.question import DemandeAnswer, EtapeDemande
from iprof_kit.calculate.requests.why import explain_path, explain_step
from iprof_kit.calculate.requests.words import replaced
from iprof_kit.ui.kit.carnet import CarnetView
from iprof_kit.ui.kit.fields import shown
from iprof_kit.ui.kit.parts import Field, Page, Reason, Result, Step, Why, failed, why_of
from iprof_kit.ui.screens.autres_parcours.rows import path_sentence
from iprof_kit.ui.screens.demandes import notes
from iprof_kit.ui.screens.demandes.asking import Asked
from iprof_kit.ui.screens.demandes.letters import Writing
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.worded import figure, kept_of, worded

TITLE = "Demandes"
LEAD = "Le kit prépare, compte les délais et garde vos dates. L’acte se fait au lieu officiel."
_PATHS = {"ouvert": "oui", "a_partir_du": "plus tard", "depend": "à préciser", "jamais": "non"}
_CLASSES = {
    "fait": "done", "en_cours": "cur", "a_venir": "next", "passe": "late", "sans_objet": "aside",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class DemandesView(Page):
    """The list of the requests."""

    every: tuple[Asked, ...]


@dataclass(frozen=True)
class Condition:
    """One way to what is asked, in words: whether it is open; `why` once it was opened."""

    path: PathAnswer
    answer: str
    sentence: str
    lines: tuple[str, ...]
    asks: str
    why: Why | None


@dataclass(frozen=True, kw_only=True)
class DemandeView(Page):
    """One request: its answer, the stair, what was done, the letters, what is to understand."""

    asked: Asked
    fields: tuple[Field, ...]
    form_key: str
    carnet: CarnetView
    results: tuple[Result, ...] = ()
    stair: tuple[Step, ...] = ()
    letters: tuple[Writing, ...] = ()
    conditions: tuple[Condition, ...] = ()
    folds: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    counted: tuple[Reason, ...] = ()
    sources: tuple[str, ...] = ()
    whose: str = ""
    """Who asks, for the print: a page on paper says whose it is."""

    @property
    def detail(self) -> str:
        """Return what completes the answer."""
        answer = self.asked.answer
        return self.asked.with_figures(answer.precision) if answer else ""

    @property
    def printed(self) -> Writing | None:
        """The letter of the present step, which goes with the page on paper; else the first."""
        steps = self.asked.answer.etapes if self.asked.answer else ()
        now = {one.cle for one in steps if one.etat == "en_cours"}
        present = (one for one in self.letters if one.letter.step in now)
        return next(present, next(iter(self.letters), None))


def demande(
    asked: Asked,
    letters: Iterable[Writing],
    typed: dict[str, str],
    form_key: str,
    carnet: CarnetView,
    today: date,
    opened: Collection[str],
    whose: str = "",
) -> DemandeView:
    """Return the screen of one request; `opened` are the steps whose reason is."""
    answer = asked.answer
    view = DemandeView(
        title=asked.request.title,
        notices=() if asked.trouble is None else (failed(asked.trouble),),
        asked=asked,
        fields=_fields(asked, typed),
        form_key=form_key,
        carnet=carnet,
    )
    if answer is None:
        return view
    return replace(
        view,
        lead=view.detail if answer.etat == "ferme" else "",
        lead_strong=asked.says,
        results=_results(asked, answer, today),
        stair=stair_of(asked, answer),
        letters=tuple(letters),
        conditions=tuple(_condition(asked, one, opened) for one in answer.parcours),
        folds=tuple(_folds(asked, today)),
        counted=tuple(_counted(asked, answer.etapes, opened)),
        sources=_sources(answer),
        whose=whose,
    )


def _folds(asked: Asked, today: date) -> Iterable[tuple[str, str, tuple[str, ...]]]:
    """Yield what is there to understand, its delays named."""
    steps = asked.answer.etapes if asked.answer else ()
    days = {one.cle: one.avant_le or one.le for one in steps}
    known = {key: text.day(day) for key, day in days.items() if day}
    for one in asked.request.folds:
        yield (
            one.question,
            one.answer,
            tuple(asked.with_figures(replaced(words, known, today)) for words in one.sentences),
        )


def _results(asked: Asked, answer: DemandeAnswer, today: date) -> tuple[Result, ...]:
    coming = answer.prochaine
    last_day = coming.avant_le if coming else None
    results = []
    if coming is not None and last_day is not None:
        head, year = text.short_day(last_day)
        quantity = asked.about(coming.cle)
        doubt = coming.a_verifier and not coming.doute  # its name says it
        day = figure(f"{head} {year}", quantity, last_day)
        results.append(Result(_named(coming), day, kind="b", verify=doubt))
        left = kept_of(day, text.delay(today, last_day).removeprefix("dans "))
        results.append(
            Result("Il reste, au plus" if coming.plus_tot else "Il reste", left, kind="none")
        )
    results.append(Result("Où en est-on", asked.state, kind="none"))
    return tuple(results)


def _named(step: EtapeDemande) -> str:
    if step.doute:
        return step.titre
    if step.genre == SILENCE:
        return "Silence : refus le" if step.vaut == "refus" else "Silence : acceptation le"
    if step.plus_tot:
        return f"{step.titre}, au plus tard ; {step.plus_tot}"
    return f"{step.titre}, au plus tard" if step.genre != MARK else step.titre


def stair_of(asked: Asked, answer: DemandeAnswer) -> tuple[Step, ...]:
    """Return the steps to draw: an answer takes the place of the silence that it ended."""
    answered = any(one.genre == ANSWER and one.etat == "fait" for one in answer.etapes)
    hidden = {START, SILENCE if answered else ANSWER}
    born = next((one for one in answer.etapes if one.genre == SILENCE and one.le), None)
    if answered and born is not None:
        hidden.discard(SILENCE)
    return tuple(
        _stair(asked, one) for one in answer.etapes if one.genre not in hidden and _is_dated(one)
    )


def _is_dated(step: EtapeDemande) -> bool:
    """Tell whether a step has its place in the stair: a day that nothing gives has none."""
    return step.genre != MARK or step.avant_le is not None


def _stair(asked: Asked, step: EtapeDemande) -> Step:
    quantity = asked.about(step.cle)
    note = {"passe": "délai passé", "sans_objet": "sans objet"}.get(step.etat, "")
    if step.le is not None and step.genre != MARK:
        words = "né du silence" if step.genre == SILENCE else "fait"
        words = "sans réponse" if step.doute else words
        noted = figure(_short(step.le), f"{quantity}.noted", step.le)
        return Step(step.titre, noted, _CLASSES[step.etat], note or words)
    if step.interrompu:
        return Step(step.titre, "délai interrompu", "next", "médiation en cours")
    day = step.avant_le
    when = figure(_short(day), quantity, day) if day else "pas encore datée"
    if not note and day:
        note = "sans réponse" if step.genre == SILENCE else "au plus tard"
        note = f"{note} ; {step.plus_tot}" if step.plus_tot else note
    return Step(step.titre, when, _CLASSES[step.etat], note)


def _short(day: date) -> str:
    return " ".join(text.short_day(day))


def _fields(asked: Asked, typed: dict[str, str]) -> tuple[Field, ...]:
    fields = []
    for step in asked.request.steps:
        if not step.asks:
            continue
        name, error = notes.name_of(asked.request, step.key), asked.entry.errors.get(step.key)
        fields.append(
            shown(
                Field(name, step.asks, "number", _supposed(asked.answer, step.key), needed=True),
                typed.get(name, ""),
                error,
            )
        )
        if step.kind == ANSWER:
            fields.append(_answer_field(asked))
    return tuple(fields)


def _supposed(answer: DemandeAnswer | None, key: str) -> str:
    steps = answer.etapes if answer else ()
    day = next((one.le for one in steps if one.cle == key and one.suppose), None)
    return f"Sans réponse : {text.day(day)}." if day else ""


def _answer_field(asked: Asked) -> Field:
    return Field(
        notes.name_of(asked.request, notes.ANSWER),
        "La réponse est",
        choices=(("", "pas dit"), ("accord", "accord"), ("refus", "refus")),
        value=asked.entry.answer,
    )


def _condition(asked: Asked, path: PathAnswer, opened: Collection[str]) -> Condition:
    unmet = path.manque or path.a_verifier_par_vous
    lines = [path_sentence(text.sentence(words), path) for words in unmet]
    asks = f"{asked.request.id}.{path.code}"
    reason = explain_path(asked.question, path) if asks in opened and asked.question else None
    why = why_of(reason) if reason else None
    sentence = path_sentence(path.phrase, path)
    return Condition(path, _PATHS[path.etat], sentence, tuple(lines), asks, why)


def _counted(
    asked: Asked, steps: Iterable[EtapeDemande], opened: Collection[str]
) -> Iterator[Reason]:
    """Yield each step that has a last day, with the reasons that are open."""
    for one in steps:
        if not one.delai or one.avant_le is None:
            continue
        why, asks = None, f"{asked.request.id}.{one.cle}"
        if asks in opened and asked.question is not None:
            why = why_of(explain_step(asked.question, one))
        day = figure(text.day(one.avant_le), asked.about(one.cle), one.avant_le)
        label = worded("{} : {}", one.titre, day)
        yield Reason(label, asks, why)


def _sources(answer: DemandeAnswer) -> tuple[str, ...]:
    named = (official for one in answer.sources for official in official_texts(one.texte))
    return tuple(dict.fromkeys(text.sentence(one) for one in named))
