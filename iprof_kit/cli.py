"""`iprof …`: the kit on the command line."""

from __future__ import annotations

import importlib
import sys

import click

from iprof_kit import __version__
from iprof_kit.base.characters import visible
from iprof_kit.base.errors import KitError

COMMANDS = {
    "calculate": ("iprof_kit.commands.calculate", "calculate"),
    "career": ("iprof_kit.commands.career", "career"),
    "cle-sauvegarde": ("iprof_kit.commands.backup", "new_key"),
    "cv": ("iprof_kit.commands.cv", "cv"),
    "effacer": ("iprof_kit.commands.dossier", "erase"),
    "emporter": ("iprof_kit.commands.dossier", "take_away"),
    "retention": ("iprof_kit.commands.dossier", "retention_"),
    "signalement": ("iprof_kit.commands.dossier", "signalement"),
    "doctor": ("iprof_kit.commands.doctor", "doctor"),
    "generate": ("iprof_kit.commands.generate", "generate"),
    "exports": ("iprof_kit.commands.exports", "exports_"),
    "import": ("iprof_kit.commands.people", "import_"),
    "account": ("iprof_kit.commands.people", "account"),
    "promotions": ("iprof_kit.commands.promotions", "promotions"),
    "projeter": ("iprof_kit.commands.projection", "projeter_"),
    "rapports": ("iprof_kit.commands.reports", "reports"),
    "restaurer": ("iprof_kit.commands.backup", "restore"),
    "sample": ("iprof_kit.commands.people", "sample"),
    "journal": ("iprof_kit.commands.journal", "journal"),
    "sauvegarder": ("iprof_kit.commands.backup", "save"),
    "law": ("iprof_kit.commands.law", "law"),
    "verifier": ("iprof_kit.commands.backup", "check"),
    "serve": ("iprof_kit.commands.serve", "serve"),
}


class _Lazy(click.Group):
    """Import a subject only when its command is called: `iprof --help` stays instant."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_Lazy)
@click.version_option(__version__, prog_name="iprof")
def _iprof() -> None:
    """Assistant carrière, kit libre et non officiel. Le kit simule ; l'administration décide."""


def main() -> None:
    """Run the command line; an error of the kit ends in one French message and exit code 2."""
    try:
        _iprof(prog_name="iprof")
    except KitError as error:
        click.echo(f"Erreur : {visible(str(error), lines=True)}", err=True)
        sys.exit(2)
