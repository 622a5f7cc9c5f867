"""The one « Pourquoi ? »: a result calculated again under `explain()`, told from its trace alone.

Nothing is written here of any subject: what a person reads comes from the rules that were applied,
the values that they read, the data of the file, the hypotheses and the refusals, in that order.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import TypeVar

from iprof_kit.base.calendar import date_text
from iprof_kit.base.errors import LawError
from iprof_kit.base.explanation import AppliedRule, Parameter, Trace, explain, hypothesis
from iprof_kit.base.sources import to_verify
from iprof_kit.base.words import number_text
from iprof_kit.calculate.interface.explained import Explanation, Line, Reference, RowRead
from iprof_kit.calculate.interface.papers import DOUBT, citation
from iprof_kit.law.tables.rows import RowPlace, row_at, row_read
from iprof_kit.law.tables.rules import RULES
from iprof_kit.law.tables.verified import verified_until

R = TypeVar("R")
AND = " ; "
"""Between two papers of one source."""


def explain_result(
    question: str, calculation: Callable[[], R], result: Callable[[R], Line] | None = None
) -> Explanation:
    """Calculate a result again, and tell why it is what it is.

    Parameters
    ----------
    question : str
        « Pourquoi le 1er mars 2030 ? »
    calculation : callable
        The very calculation that gave the result.
    result : callable, optional
        Writes the result as the last line; without it, the last line of the trace is the result.

    Raises
    ------
    LawError
        A rule was applied that the registry does not hold: its reason cannot be told.

    Examples
    --------
    >>> from iprof_kit.law.career.traitement import point_value
    >>> reason = explain_result("Pourquoi ?", lambda: point_value(725760))
    >>> reason.lignes[0].libelle, reason.lignes[0].nature
    ('Valeur annuelle du point', 'loi')
    """
    with explain() as trace:
        value = calculation()
    return from_trace(question, trace, None if result is None else result(value))


def from_trace(question: str, trace: Trace, result: Line | None = None) -> Explanation:
    """Return the reason that a trace holds, `result` as its last line where one is given.

    Raises
    ------
    LawError
        As `why`.
    """
    lines = list(dict.fromkeys(lines_of(trace)))
    if result is not None:
        lines = [line for line in lines if line.libelle != result.libelle]
        lines.append(result)
    return Explanation(
        question=question,
        regle=said_by(trace),
        lignes=tuple(lines),
        sources=texts_of(trace),
        regles=tuple(
            dict.fromkeys(step.rule for step in trace.steps if step.kind in ("loi", "refus"))
        ),
        lignes_lues=rows_of(trace),
    )


def explain_or_refusal(
    question: str, calculation: Callable[[], R], result: Callable[[R], Line] | None = None
) -> Explanation:
    """Tell why a result is what it is, as `why`, or that it cannot be told: never an error.

    Examples
    --------
    >>> explain_or_refusal("Pourquoi 2 ?", lambda: refuse_another(1, 2)).lignes[0].libelle
    'Raison non donnée'
    """
    return or_refusal(lambda: explain_result(question, calculation, result), question)


def or_refusal(reason: Callable[[], Explanation], question: str) -> Explanation:
    """Return a reason, or that it cannot be given and why: it never stops the result itself."""
    try:
        return reason()
    except LawError as error:
        refused = Line(
            libelle="Raison non donnée",
            valeur=error.message,
            nature="refus",
            a_verifier=True,
        )
        return Explanation(question=question, regle="", lignes=(refused,))


def refuse_another(again: object, shown: object) -> None:
    """Refuse a reason that does not find the result again: it would be that of another one.

    Raises
    ------
    LawError
        The two differ.

    Examples
    --------
    >>> refuse_another(2, 2)
    """
    if again != shown:
        raise LawError(
            "calculé de nouveau, ce résultat est différent : sa raison n’est pas donnée."
        )


def suppose_last_known(day: date) -> None:
    """Record that the last known values are read, where a day is after what was verified.

    Examples
    --------
    >>> with explain() as trace:
    ...     suppose_last_known(date(2099, 1, 1))
    >>> trace.steps[0].kind
    'hypothese'
    """
    last = verified_until()
    if day > last:
        words = f"dernières connues, vérifiées jusqu’au {date_text(last)}"
        hypothesis("Valeurs lues", words, doubtful=False)


def lines_of(trace: Trace) -> Iterator[Line]:
    """Yield the lines of a trace, in the order in which the rules were applied."""
    for step in trace.steps:
        _refuse_unregistered(step)
        for value in step.parameters:
            label, words = _words_of(value)
            if label:
                yield _line(label, words, step, doubtful=to_verify(value.confidence))
        doubt_is_read = any(
            to_verify(value.confidence) and _words_of(value)[0] for value in step.parameters
        )
        for label, words in step.words:
            doubtful = to_verify(step.confidence) and not doubt_is_read
            yield _line(label, words, step, doubtful=doubtful)


def texts_of(trace: Trace) -> tuple[Reference, ...]:
    """Return the papers of what was read; the article of a rule that read nothing; each once."""
    texts: dict[str, Reference] = {}
    for step in trace.steps:
        if step.kind == "refus":
            continue
        for value in step.parameters:
            paper = Reference(
                texte=citation(value.source),
                valide_du=value.since,
                valide_au=value.until,
                confiance=value.confidence,
            )
            texts.setdefault(paper.texte, paper)
        if not step.parameters:
            article = Reference(texte=citation(step.source), confiance=step.confidence)
            texts.setdefault(article.texte, article)
    texts.pop("", None)
    return tuple(_each_paper_once(list(texts.values())))


def _each_paper_once(texts: list[Reference]) -> Iterator[Reference]:
    """Yield the texts; one without days says no paper again that another says with its days."""
    dated = {text.texte for text in texts if text.valide_du or text.valide_au}
    for text in texts:
        papers = text.texte.split(AND)
        if text.texte in dated or not dated.intersection(papers):
            yield text
            continue
        left = AND.join(paper for paper in papers if paper not in dated)
        if left:
            yield text.model_copy(update={"texte": left})


def said_by(trace: Trace) -> str:
    """Return what the rules of a trace say, then the rows that they applied, each once."""
    return " ".join(dict.fromkeys(_sentences(trace)))


def doubts(trace: Trace) -> tuple[str, ...]:
    """Return why a result must be verified: each value that rests on one source, or on none."""
    reasons = [
        citation(f"{_subject_of(value)} : {DOUBT[value.confidence]}")
        for step in trace.steps
        if step.kind != "refus"
        for value in step.parameters
        if to_verify(value.confidence)
    ]
    return tuple(dict.fromkeys(reasons))


def rows_of(trace: Trace) -> tuple[RowRead, ...]:
    """Return the rows that the rules read, each once, under the name of the first value of it."""
    rows: dict[RowPlace, RowRead] = {}
    for step in trace.steps:
        tables = [name for one in RULES.get(step.rule, ()) for name in one.tables]
        for value in step.parameters:
            row = row_read(value, tables)
            if row is not None:
                read = RowRead(libelle=_title_of(value, row), table=row.table, ligne=row.line)
                rows.setdefault(row, read)
    return tuple(rows.values())


def _title_of(value: Parameter, row: RowPlace) -> str:
    """Return what a row is called: as its value is read, or by its own label."""
    own = (row_at(row) or {}).get("libelle")
    title = (value.words or ("",))[0] or (own if isinstance(own, str) else "") or value.name
    return f"{title[:1].upper()}{title[1:]}"


def _refuse_unregistered(step: AppliedRule) -> None:
    if step.kind in ("loi", "refus") and step.rule not in RULES:
        raise LawError(
            f"la règle « {step.rule} » n’est plus dans le registre : la raison de "
            "ce résultat ne peut pas être donnée.",
            where="registre des règles",
        )


def _sentences(trace: Trace) -> Iterator[str]:
    """Yield what the rules say, then what each row that they applied adds in its own words."""
    for step in trace.steps:
        if step.sentence and not _silent(step):
            yield step.sentence
        for value in step.parameters:
            if value.words and not value.words[0] and value.words[1]:
                yield value.words[1]


def _silent(step: AppliedRule) -> bool:
    """Tell whether the values read say all that the rule says."""
    variants = RULES.get(step.rule, ())
    return bool(variants) and all(one.silent for one in variants)


def _words_of(value: Parameter) -> tuple[str, str]:
    """Return a value as a person reads it; by default its name, and its number in French."""
    if value.words is not None:
        return value.words
    plain = value.value
    written = number_text(float(plain)) if isinstance(plain, int | float) else str(plain)
    return f"{value.name[:1].upper()}{value.name[1:]}", written


def _subject_of(value: Parameter) -> str:
    """Return what a doubt is about: the label of a value, else what its row says, else its name."""
    return next(filter(None, value.words or ()), value.name).rstrip(".")


def _line(label: str, words: str, step: AppliedRule, *, doubtful: bool) -> Line:
    return Line(libelle=label, valeur=words, a_verifier=doubtful, nature=step.kind)
