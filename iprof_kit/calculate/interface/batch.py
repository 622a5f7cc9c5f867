"""Many questions of a subject: each has its answer or its error, none stops the others."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

from iprof_kit.base.errors import KitError
from iprof_kit.base.plain import Plain
from iprof_kit.calculate.interface.subject import Subject

_LOG = logging.getLogger(__name__)


def answered(
    subject: Subject[Any, Any], asked: Sequence[Callable[[], Plain]]
) -> list[Plain | KitError]:
    """Answer what each reader gives; the others keep their error.

    Parameters
    ----------
    asked : sequence of callable
        Each reads one question, or raises why it is none.

    Returns
    -------
    list
        As long as `asked`, in its order.

    Examples
    --------
    >>> from iprof_kit.calculate.interface.reading import question_of_value
    >>> from iprof_kit.calculate.subjects import subject
    >>> quota = subject("quota")
    >>> given = [{"listes": [{"nom": "6e", "effectif": 132}]}, 7]
    >>> readers = [partial(question_of_value, quota.question, one) for one in given]
    >>> good, wrong = answered(quota, readers)
    >>> good.listes[0].accordees, wrong.code
    (39, 'saisie')
    """
    read = [_try(one) for one in asked]
    good = [question for question in read if isinstance(question, Plain)]
    computed = iter(_computed(subject, good))
    return [next(computed) if isinstance(one, Plain) else one for one in read]


def _computed(subject: Subject[Any, Any], questions: list[Plain]) -> Iterator[Plain | KitError]:
    """Compute in one pass over columns where the subject can; else, or if refused, one by one."""
    if subject.many is not None and questions:
        # whatever one question does to all of them, each is then computed alone, and says why
        with suppress(Exception):
            return iter(list(subject.many(questions)))
    return (_try(partial(subject.one, question)) for question in questions)


def _try(run: Callable[[], Plain]) -> Plain | KitError:
    try:
        return run()
    except KitError as error:
        return error
    except Exception as error:
        _LOG.exception("a question could not be computed")
        return KitError(
            f"cette ligne n’a pas pu être calculée ({type(error).__name__}).",
            remedy="Vérifiez ses valeurs ; les autres lignes sont calculées.",
        )
