"""`iprof reglages`: the model of the file of settings, and what is in force."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeVar

import click

from iprof_kit.base.configuration.declaring import Setting
from iprof_kit.base.configuration.in_force import FILE, InForce, Source, in_force
from iprof_kit.base.configuration.sections import declared
from iprof_kit.base.configuration.written import as_toml, model_of_the_file, page_of_the_settings
from iprof_kit.commands.saying import say

F = TypeVar("F", bound=Callable[..., Any])


def _name_the_file(_context: click.Context, _option: click.Parameter, file: str | None) -> None:
    if file:
        os.environ[FILE] = file  # this process and those that it starts read one file


def settings_file(command: F) -> F:
    """Give a command « --reglages FICHIER », the same as the variable `IPROF_REGLAGES`."""
    return click.option(
        "--reglages",
        metavar="FICHIER",
        expose_value=False,
        is_eager=True,
        callback=_name_the_file,
        help=f"Fichier de réglages ({FILE} le nomme aussi).",
    )(command)


@click.group()
def settings() -> None:
    """Écrire le modèle du fichier de réglages, dire ce qui est en vigueur."""


@settings.command("modele")
def model() -> None:
    """Écrire un fichier où chaque réglage est expliqué, avec sa valeur par défaut."""
    click.echo(model_of_the_file(), nl=False)


@settings.command("page")
def page() -> None:
    """Écrire les tableaux de la documentation, en Markdown."""
    click.echo(page_of_the_settings(), nl=False)


@settings.command("montrer")
@settings_file
@click.option("--tous", "everything", is_flag=True, help="Aussi ce que personne n’a réglé.")
def show(everything: bool) -> None:  # click gives it by name
    """Dire ce qui est en vigueur, et d’où vient chaque valeur."""
    for line in lines_in_force(in_force(), everything=everything):
        say(line)


def lines_in_force(current: InForce, *, everything: bool) -> list[str]:
    """Return a line a setting: those that somebody changed, or each, with where it comes from."""
    lines = [
        _line(current, one)
        for one in declared()
        if everything or current.origins[one.name].source is not Source.DEFAULT
    ]
    return lines or ["Chaque réglage a sa valeur par défaut."]


def _line(current: InForce, one: Setting) -> str:
    value, origin = current.of(one)
    unit = f" {one.unit}" if one.unit else ""
    return f"{one.name} = {as_toml(value)}{unit} ({origin.where})"
