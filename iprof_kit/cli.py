"""`iprof …`: the kit on the command line."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterable
from typing import Any, NoReturn

import click
from click import core, decorators, exceptions, formatting, parser, termui, types

from iprof_kit.base.characters import visible
from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.base.version import __version__, installed_by
from iprof_kit.base.words import NBSP, hard_spaces

COMMANDS = {
    "account": (
        "access.accounts",
        "account",
        "Créer, lister, fermer des comptes ; délivrer un lien.",
    ),
    "atelier": (
        "trainers.atelier",
        "atelier",
        "Vérifier les personas et les scénarios des formatrices et des formateurs.",
    ),
    "api": ("serve", "api", "Répondre à d’autres programmes, en HTTP : le moteur seul."),
    "avis": ("extracts", "avis_", "Joindre à une population les avis rendus ailleurs."),
    "calculate": ("calculate", "calculate", "Calculer un sujet du droit des carrières."),
    "campagne": (
        "desk.campaigns",
        "campagne",
        "Donner les dates d’une campagne, noter une échéance déplacée.",
    ),
    "career": ("career", "career", "Projeter une carrière."),
    "cle-sauvegarde": ("backup", "new_key", "Créer une clé de sauvegarde."),
    "courrier": (
        "desk.courrier",
        "courrier",
        "Compter ce qui attend une réponse, et remettre qui a fait quoi.",
    ),
    "cv": ("cv", "cv", "Vérifier, mettre en page, importer, exporter des CV."),
    "doctor": (
        "host.doctor",
        "doctor",
        "Dire si le kit peut servir ici, et ce qui est plus faible.",
    ),
    "effacer": ("dossier", "erase", "Effacer tout ce que la base garde d’une personne."),
    "emporter": (
        "dossier",
        "take_away",
        "Écrire dans un ZIP tout ce que la base garde d’une personne.",
    ),
    "exports": ("exports", "exports_", "Lire le journal des exports : qui, quand, quoi, pourquoi."),
    "fiche-acces": (
        "access.sheet",
        "access_sheet",
        "Écrire la fiche d’accès d’une académie, sur une page.",
    ),
    "formation": (
        "desk.training",
        "formation",
        "Donner le plan de formation d’une académie.",
    ),
    "generate": (
        "generate",
        "generate",
        "Tirer une population fictive, calée sur les chiffres publiés.",
    ),
    "import": (
        "people",
        "import_",
        "Faire entrer de vrais dossiers, ou un extrait pour l’analyse.",
    ),
    "journal": (
        "journal",
        "journal",
        "Vérifier, sceller et remettre le journal de ce qui est lu et fait.",
    ),
    "law": ("law", "law", "Montrer le droit tel que le kit l’applique."),
    "migrer": (
        "backup",
        "migrate",
        "Sauvegarder la base d’un kit plus ancien, puis mettre ses tables à jour.",
    ),
    "portefeuille": (
        "desk.portfolios",
        "portefeuille",
        "Dire qui suit qui : lister, importer, transmettre, compter.",
    ),
    "projeter": (
        "projection",
        "projeter_",
        "Projeter une population : campagnes, sorties, budget, retraites.",
    ),
    "promotions": (
        "promotions",
        "promotions",
        "Préparer le tableau d’une campagne : PROJET, l’autorité décide.",
    ),
    "rapports": (
        "reports",
        "reports",
        "Écrire un rapport de campagne par académie, corps et grade.",
    ),
    "reglages": (
        "settings",
        "settings",
        "Écrire le modèle du fichier de réglages, dire ce qui est en vigueur.",
    ),
    "restaurer": (
        "backup",
        "restore",
        "Restaurer une sauvegarde dans un endroit vide : tout, ou rien.",
    ),
    "retention": (
        "dossier",
        "retention_",
        "Dire ce qui a dépassé sa durée de conservation, et l’effacer.",
    ),
    "sample": ("people", "sample", "Charger les personnes fictives de démonstration."),
    "sauvegarder": (
        "backup",
        "save",
        "Sauvegarder la base et les fichiers du kit, pendant qu’il sert.",
    ),
    "serve": ("serve", "serve", "Ouvrir le portail dans le navigateur."),
    "signalement": ("dossier", "signalement", "Répondre aux erreurs que les personnes signalent."),
    "taille": (
        "host.sizing",
        "taille",
        "Compter les machines qu’il faut pour tant de personnes à la fois.",
    ),
    "travaux": ("desk.jobs", "jobs", "Montrer et faire ce que le kit fait de lui-même."),
    "verifier": ("backup", "check", "Relire une sauvegarde en entier."),
}
"""Module of `commands`, name in it, and what `iprof --help` says of each command."""


_CHOICES = "Valeurs possibles : {choices}."
_WORDS = {
    "(dynamic)": "(calculé)",
    "(Did you mean one of: {possibilities}?)": "Peut-être l’une de : {possibilities}.",
    "Aborted!": "Interrompu.",
    "Choose from:\n\t{choices}": "Choix :\n\t{choices}",
    "Commands": f"Commandes{NBSP}",
    "Could not open file {filename!r}: {message}": (
        "le fichier « {filename} » ne s’ouvre pas : {message}"
    ),
    "Did you mean {possibility}?": "Peut-être {possibility} ?",
    "Error: {message}": "Erreur : {message}",
    "Error: The two entered values do not match.": (
        "Erreur : les deux saisies diffèrent. Recommencez."
    ),
    "Error: invalid input": "Erreur : répondez o (oui) ou n (non).",
    "Got unexpected extra argument ({args})": "il y a un argument de trop : {args}.",
    "Got unexpected extra arguments ({args})": "il y a des arguments de trop : {args}.",
    "Invalid value for {param_hint}: {message}": "{param_hint} : {message}",
    "Invalid value: {message}": "valeur impossible : {message}",
    "Missing argument": "il manque l’argument",
    "Missing command.": "il manque une commande.",
    "Missing option": "il manque l’option",
    "Missing parameter": "il manque le paramètre",
    "No such command {name!r}.": "la commande « {name} » n’existe pas.",
    "No such option {name!r}.": "l’option « {name} » n’existe pas.",
    "Option {name!r} does not take a value.": ("l’option « {name} » ne prend pas de valeur."),
    "Option {name!r} requires an argument.": "l’option « {name} » attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": ("l’option « {name} » attend {nargs} valeurs."),
    "Options": f"Options{NBSP}",
    "Repeat for confirmation": "De nouveau, pour vérifier",
    "Show the version and exit.": "Dire la version, puis s’arrêter.",
    "Show this message and exit.": "Montrer cette aide, puis s’arrêter.",
    "Try '{command} {option}' for help.": ("L’aide est donnée par « {command} {option} »."),
    "Usage:": "Usage :",
    "default: {default}": "par défaut : {default}",
    "directory": "dossier",
    "file": "fichier",
    "path": "fichier",
    "required": "obligatoire",
    "{name} {filename!r} does not exist.": "« {filename} » n’existe pas.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "{name} {filename!r} is a file.": "« {filename} » n’est pas un dossier.",
    "{name} {filename!r} is not readable.": "« {filename} » ne peut pas être lu.",
    "{name} {filename!r} is not writable.": "« {filename} » ne peut pas être écrit.",
    "{value!r} does not match the format {format}.": (
        "« {value} » n’est pas une date écrite AAAA-MM-JJ."
    ),
    "{value!r} does not match the formats {formats}.": (
        "« {value} » n’est pas une date écrite AAAA-MM-JJ."
    ),
    "{value!r} is not a valid {number_type}.": ("« {value} » n’est pas un nombre entier."),
    "{value!r} is not one of {choices}.": (f"« {{value}} » n’est pas possible. {_CHOICES}"),
    "{value!r} is not {choice}.": "« {value} » n’est pas {choice}.",
    "{value} is not in the range {range}.": (
        "{value} n’est pas possible. Valeurs admises : {range}."
    ),
}
"""What the library says to people, in French, by its English; names in braces are its own."""
_TYPES = {"STRING": "texte", "INT": "entier", "IntRange": "entier", "FloatRange": "nombre"}
"""What each type of an option is called in a list of options."""
_ASKED = "COMMANDE [ARGUMENTS]…"


def _in_french(words: str) -> str:
    return hard_spaces(_WORDS.get(words, words))


def _numbered(one: str, many: str, number: int) -> str:
    return _in_french(one if number == 1 else many)


class _Help(click.HelpFormatter):
    """The help of a command, its hard spaces set before its lines are cut."""

    def write_text(self, text: str) -> None:
        super().write_text(hard_spaces(text))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        spaced = [(name, hard_spaces(words)) for name, words in rows]
        super().write_dl(spaced, col_max, col_spacing)


def _spaced(written: Callable[[Any], str]) -> Callable[[Any], str]:
    return lambda error: hard_spaces(written(error))


def _speak_french() -> None:
    """Give the library our words in place of gettext's: it has none in French."""
    click.Context.formatter_class = _Help
    for kind in vars(exceptions).values():
        if "format_message" in getattr(kind, "__dict__", ()):
            kind.format_message = _spaced(kind.format_message)
    for module in (core, decorators, exceptions, formatting, parser, termui, types):
        vars(module).update({"_": _in_french, "ngettext": _numbered})
    for name, word in _TYPES.items():
        getattr(types, name).name = word


_speak_french()


def _name_what_follows(command: click.Command) -> None:
    """Say in French what a usage line expects after a group, and after each group in it."""
    if isinstance(command, click.Group):
        command.subcommand_metavar = _ASKED
        for one in command.commands.values():
            _name_what_follows(one)


class _Lazy(click.Group):
    """Import a subject only when its command is called; listing them imports nothing."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module, name, _ = COMMANDS[cmd_name]
        home = importlib.import_module(f"iprof_kit.commands.{module}")
        command: click.Command = getattr(home, name)
        _name_what_follows(command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        names = self.list_commands(ctx)
        with formatter.section(_in_french("Commands")):
            formatter.write_dl([(name, COMMANDS[name][2]) for name in names])


@click.group(cls=_Lazy, subcommand_metavar=_ASKED)
@click.version_option(__version__, prog_name="iprof")
def iprof() -> None:
    """Assistant carrière, kit libre et non officiel. Le kit simule ; l’administration décide."""


def main() -> None:
    """Run the command line; an error of the kit ends in one French message and exit code 2."""
    try:
        iprof(prog_name="iprof")
    except KitError as error:
        _end_with(error)
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing in {"", "iprof_kit"}:
            raise  # ours: nothing that somebody could install
        _end_with(
            Unavailable(
                f"{missing} n’est pas installé, et cette commande s’en sert.",
                remedy=f"Installez le portail en entier : {installed_by('serve')}.",
            )
        )


def _end_with(error: KitError) -> NoReturn:
    click.echo(hard_spaces(f"Erreur : {visible(str(error), lines=True)}"), err=True)
    sys.exit(2)
