"""`iprof calculate SUBJECT`: a question in JSON, or a table of questions, and its answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np
import pandas as pd

from iprof_kit.analytics.storage import read_parquet
from iprof_kit.base.calendar import date_of
from iprof_kit.base.errors import InputError, KitError, Unavailable, unreadable
from iprof_kit.base.explanation import AppliedRule, Parameter, explain
from iprof_kit.base.plain import Plain
from iprof_kit.base.sources import to_verify
from iprof_kit.base.spreadsheets import inert_table
from iprof_kit.base.words import counted, hard_spaces
from iprof_kit.calculate.interface.batch import answered
from iprof_kit.calculate.interface.columns import ERROR, chunks, rows_of_csv
from iprof_kit.calculate.interface.reading import question_of, question_of_value
from iprof_kit.calculate.interface.schemas import schema_of
from iprof_kit.calculate.interface.subject import Subject
from iprof_kit.calculate.subjects import HOMES, subject
from iprof_kit.commands.saying import say
from iprof_kit.law.tables.cells import CELLS

_REFUSED, _INTERRUPTED = 3, 130
"""How the command ends where a question of many was refused, and where somebody stopped it."""
_TABLES, _TEXTS = (".csv", ".parquet"), (".json", ".jsonl", ".txt")
_WORDS = {"day": lambda axis: date_of(axis).isoformat(), "cell": CELLS.name}


@click.command(epilog=f"Sujets : {', '.join(HOMES)}.")
@click.argument("sujet", metavar="SUJET", type=click.Choice(list(HOMES)))
@click.option(
    "--input",
    "source",
    metavar="FICHIER",
    help="Question, liste ou lignes de questions en JSON (« - » : sur l’entrée), ou table (CSV, "
    "Parquet).",
)
@click.option(
    "--output",
    metavar="FICHIER",
    type=click.Path(path_type=Path),
    help="Fichier de sortie : JSON d’un JSON, CSV ou Parquet d’une table.",
)
@click.option("--schema", is_flag=True, help="Montrer le schéma JSON de la question.")
@click.option(
    "--explain",
    "why",
    type=click.Choice(["text", "json"]),
    help="Ajouter chaque règle appliquée et chaque valeur lue.",
)
@click.option(
    "--errors",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Écrire une erreur en une phrase, ou en JSON (code, champ, valeur, remède).",
)
def calculate(**asked: Any) -> None:
    """Calculer un sujet du droit des carrières. Le kit simule ; l’administration décide.

    Finit par 0, par 2 si rien n’est calculé, par 3 si une question parmi plusieurs est refusée.
    """  # noqa: D401
    errors = asked.pop("errors")
    try:
        wrong = _calculated(**asked)
    except KitError as error:
        if errors == "text":
            raise
        click.echo(_json({ERROR: error.as_json()}), err=True)
        sys.exit(2)
    if wrong:
        sys.exit(_REFUSED)


def _calculated(
    sujet: str, source: str | None, output: Path | None, why: str | None, *, schema: bool
) -> int:
    """Write what is asked, and return how many questions were refused."""
    chosen = subject(sujet)
    if not schema and source is None:
        raise InputError(
            "il manque la question.",
            where="--input",
            remedy="Donnez un fichier JSON, CSV ou Parquet, ou « - » pour l’entrée "
            "standard. "
            f"« iprof calculate {sujet} --schema » montre ce qu’il doit contenir.",
        )
    if not schema and source is not None and source.endswith(_TABLES):
        _refuse_other_output(output, _TABLES)
        return _table(chosen, Path(source), output, why)
    _refuse_other_output(output, _TEXTS)
    wrong = 0
    if schema or source is None:
        text = _json(schema_of(chosen))
    else:
        text, wrong = _answers(chosen, _text_of(source), why)
    if output is None:
        click.echo(text)
    else:
        output.write_text(f"{text}\n", encoding="utf-8")
    return wrong


def _refuse_other_output(output: Path | None, allowed: tuple[str, ...]) -> None:
    if output is not None and output.suffix not in allowed:
        raise InputError(
            f"rien ne s’écrit ici en « {output.suffix or output.name} ».",
            where="--output",
            remedy=f"Donnez un nom en {', '.join(allowed)}.",
        )


def _answers(chosen: Subject[Any, Any], text: str, why: str | None) -> tuple[str, int]:
    """Answer one question, a list or lines of them, and count what is refused."""
    many = _many(chosen, text)
    if many is None:
        return _one(chosen, text, why), 0
    if why is not None:
        raise _for_one_person()
    asked, lines = many
    answers = answered(chosen, asked)
    plain = [
        {ERROR: one.as_json()} if isinstance(one, KitError) else one.model_dump(mode="json")
        for one in answers
    ]
    wrong = sum(isinstance(one, KitError) for one in answers)
    say(_count(len(answers), len(answers), wrong), err=True)
    if lines:
        return "\n".join(json.dumps(one, ensure_ascii=False) for one in plain), wrong
    return _json(plain), wrong


def _many(chosen: Subject[Any, Any], text: str) -> tuple[list[Callable[[], Plain]], bool] | None:
    """Return a reader of each question, and whether they are lines; None where there is one."""
    try:
        given = json.loads(text)
    except RecursionError:
        return None
    except json.JSONDecodeError as error:
        if not error.msg.startswith("Extra data"):
            return None
        lines = [line for line in text.splitlines() if line.strip()]
        return [partial(question_of, chosen.question, line) for line in lines], True
    if not isinstance(given, list):
        return None
    return [partial(question_of_value, chosen.question, one) for one in given], False


def _one(chosen: Subject[Any, Any], text: str, why: str | None) -> str:
    """Answer one question; the explanation follows the answer."""
    question = question_of(chosen.question, text)
    if why is None:
        return str(chosen.one(question).model_dump_json(indent=2))
    with explain() as trace:
        answer = chosen.one(question)
    if why == "json":
        plain = answer.model_dump(mode="json")
        return _json({"reponse": plain, "explication": [_plain(step) for step in trace.steps]})
    steps = hard_spaces("\n".join(map(_step_lines, trace.steps)))
    return f"{answer.model_dump_json(indent=2)}\n\n{steps}"


def _plain(step: AppliedRule) -> dict[str, Any]:
    return {
        "nature": step.kind,
        "regle": step.rule,
        "phrase": step.sentence,
        "source": step.source,
        "donnees": {name: _given(name, value) for name, value in step.inputs.items()},
        "valeurs": [_value(parameter) for parameter in step.parameters],
        "resultat": _shown(step.result),
        "en_mots": [list(words) for words in step.words],
        "confiance": step.confidence,
    }


def _value(parameter: Parameter) -> dict[str, Any]:
    return {
        "nom": parameter.name,
        "valeur": _shown(parameter.value),
        "source": parameter.source,
        "valide_du": None if parameter.since is None else parameter.since.isoformat(),
        "valide_au": None if parameter.until is None else parameter.until.isoformat(),
        "confiance": parameter.confidence,
        "derniere_valeur_connue": parameter.carried_forward,
    }


def _step_lines(step: AppliedRule) -> str:
    """Write a step of an explanation as lines."""
    if step.kind in ("donnee", "hypothese"):
        name = "donnée" if step.kind == "donnee" else "hypothèse"
        return "\n".join(f"* {name} : {label} = {value}" for label, value in step.words)
    head = [f"* {step.sentence or step.rule}", f"  règle {step.rule} ; {step.source}"]
    given = ", ".join(f"{name} = {_given(name, value)}" for name, value in step.inputs.items())
    lines = [f"  donné : {given}"] if given else []
    for one in step.parameters:
        doubt = f" (à vérifier, confiance {one.confidence})" if to_verify(one.confidence) else ""
        late = ", dernière valeur connue" if one.carried_forward else ""
        lines.append(f"  lu : {one.name} = {_shown(one.value)}{doubt}{late}. {one.source}")
    if step.kind == "refus":
        return "\n".join([*head, *lines, f"  refus : {step.words[0][1]}"])
    return "\n".join([*head, *lines, f"  résultat : {_shown(step.result)}"])


def _given(name: str, value: object) -> Any:
    """Return what a rule was given; a day of the axis is a date, a cell a position."""
    known = _WORDS.get(name)
    if known is None or not isinstance(value, int | np.integer | np.ndarray):
        return _shown(value)
    return _shown([known(int(one)) for one in np.ravel(value)])


def _shown(value: object) -> Any:
    """Return a value that JSON can hold; a column of one person is that person's value."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, list | tuple):
        parts = [_shown(one) for one in value]
        return parts[0] if len(parts) == 1 else parts
    return value if isinstance(value, int | float | str | None) else str(value)


def _for_one_person() -> InputError:
    return InputError(
        "une explication se demande pour une seule personne.",
        where="--explain",
        remedy="Donnez sa question en JSON.",
    )


def _table(chosen: Subject[Any, Any], source: Path, output: Path | None, why: str | None) -> int:
    """Answer a table row by row, and count what is refused; Ctrl-C keeps what is done."""
    if why is not None:
        raise _for_one_person()
    frame = rows_given(source)
    done, stopped = _run(chosen, frame)
    done = done.rename(columns={name: f"reponse.{name}" for name in frame.columns})
    result = pd.concat([frame.loc[done.index], done], axis="columns")
    shown = inert_table(result)
    if output is None:
        click.echo(shown.to_csv(index=False), nl=False)
    elif output.suffix == ".parquet":
        result.to_parquet(output, index=False)
    else:
        shown.to_csv(output, index=False)
    wrong = int((done[ERROR] != "").sum()) if len(done) else 0
    say(_count(len(done), len(frame), wrong), err=True)
    if stopped:
        say("Interrompu : les lignes suivantes ne sont pas calculées.", err=True)
        sys.exit(_INTERRUPTED)
    return wrong


def _count(done: int, given: int, wrong: int) -> str:
    return f"{counted(done, 'ligne')} sur {given}, dont {counted(wrong, 'refusée')}."


def _run(chosen: Subject[Any, Any], frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return the rows computed, and whether somebody stopped the work before its end."""
    parts: list[pd.DataFrame] = [pd.DataFrame({ERROR: []})]
    work: Iterator[pd.DataFrame] = chunks(chosen, frame)
    try:
        with click.progressbar(length=len(frame), label=chosen.name, file=sys.stderr) as bar:
            for part in work:
                parts.append(part)
                bar.update(len(part))
    except KeyboardInterrupt:
        return pd.concat(parts), True
    return pd.concat(parts), False


def rows_given(source: Path) -> pd.DataFrame:
    """Return the rows of a table in CSV or in Parquet; refused where it cannot be read."""
    try:
        return read_parquet(source) if source.suffix == ".parquet" else rows_of_csv(source)
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error, str(source)) from error
    except ValueError as error:
        raise Unavailable(
            "la table ne peut pas être lue.",
            where=str(source),
            remedy="Vérifiez qu’elle est en CSV (UTF-8) ou en Parquet.",
        ) from error


def _text_of(source: str) -> str:
    try:
        return sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(error, source) from error


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
