"""What a command says to a person: one way out, which sets its typography."""

from __future__ import annotations

import click

from iprof_kit.base.characters import visible
from iprof_kit.base.words import hard_spaces


def say(words: str, *, err: bool = False) -> None:
    """Write words on the terminal, without what it would obey, their hard spaces set.

    Data go through `click.echo`, as they are.
    """
    click.echo(hard_spaces(visible(words, lines=True)), err=err)
