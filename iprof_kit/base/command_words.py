"""What the command line's library says to people, in French: its words, by the English ones.

Names in braces are those that the library fills in; `tests/package/test_first_hour.py` looks for
English that is left.
"""

from iprof_kit.base.words import NBSP

_CHOICES = f"Valeurs possibles{NBSP}: {{choices}}."
WORDS = {
    "(dynamic)": "(calculé)",
    "(Did you mean one of: {possibilities}?)": f"Peut-être l’une de{NBSP}: {{possibilities}}.",
    "Aborted!": "Interrompu.",
    "Choose from:\n\t{choices}": f"Choix{NBSP}:\n\t{{choices}}",
    "Commands": f"Commandes{NBSP}",
    "Could not open file {filename!r}: {message}": (
        f"le fichier «{NBSP}{{filename}}{NBSP}» ne s’ouvre pas{NBSP}: {{message}}"
    ),
    "Did you mean {possibility}?": f"Peut-être {{possibility}}{NBSP}?",
    "Error: {message}": f"Erreur{NBSP}: {{message}}",
    "Error: The two entered values do not match.": (
        f"Erreur{NBSP}: les deux saisies diffèrent. Recommencez."
    ),
    "Error: invalid input": f"Erreur{NBSP}: répondez o (oui) ou n (non).",
    "Got unexpected extra argument ({args})": f"il y a un argument de trop{NBSP}: {{args}}.",
    "Got unexpected extra arguments ({args})": f"il y a des arguments de trop{NBSP}: {{args}}.",
    "Invalid value for {param_hint}: {message}": f"{{param_hint}}{NBSP}: {{message}}",
    "Invalid value: {message}": f"valeur impossible{NBSP}: {{message}}",
    "Missing argument": "il manque l’argument",
    "Missing command.": "il manque une commande.",
    "Missing option": "il manque l’option",
    "Missing parameter": "il manque le paramètre",
    "No such command {name!r}.": f"la commande «{NBSP}{{name}}{NBSP}» n’existe pas.",
    "No such option {name!r}.": f"l’option «{NBSP}{{name}}{NBSP}» n’existe pas.",
    "Option {name!r} does not take a value.": (
        f"l’option «{NBSP}{{name}}{NBSP}» ne prend pas de valeur."
    ),
    "Option {name!r} requires an argument.": f"l’option «{NBSP}{{name}}{NBSP}» attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": (
        f"l’option «{NBSP}{{name}}{NBSP}» attend {{nargs}} valeurs."
    ),
    "Options": f"Options{NBSP}",
    "Repeat for confirmation": "De nouveau, pour vérifier",
    "Show the version and exit.": "Dire la version, puis s’arrêter.",
    "Show this message and exit.": "Montrer cette aide, puis s’arrêter.",
    "Try '{command} {option}' for help.": (
        f"L’aide est donnée par «{NBSP}{{command}} {{option}}{NBSP}»."
    ),
    "Usage:": f"Usage{NBSP}:",
    "default: {default}": f"par défaut{NBSP}: {{default}}",
    "directory": "dossier",
    "file": "fichier",
    "path": "fichier",
    "required": "obligatoire",
    "{name} {filename!r} does not exist.": f"«{NBSP}{{filename}}{NBSP}» n’existe pas.",
    "{name} {filename!r} is a directory.": f"«{NBSP}{{filename}}{NBSP}» est un dossier.",
    "{name} {filename!r} is a file.": f"«{NBSP}{{filename}}{NBSP}» n’est pas un dossier.",
    "{name} {filename!r} is not readable.": f"«{NBSP}{{filename}}{NBSP}» ne peut pas être lu.",
    "{name} {filename!r} is not writable.": f"«{NBSP}{{filename}}{NBSP}» ne peut pas être écrit.",
    "{value!r} does not match the format {format}.": (
        f"«{NBSP}{{value}}{NBSP}» n’est pas une date écrite AAAA-MM-JJ."
    ),
    "{value!r} does not match the formats {formats}.": (
        f"«{NBSP}{{value}}{NBSP}» n’est pas une date écrite AAAA-MM-JJ."
    ),
    "{value!r} is not a valid {number_type}.": (
        f"«{NBSP}{{value}}{NBSP}» n’est pas un nombre entier."
    ),
    "{value!r} is not one of {choices}.": (
        f"«{NBSP}{{value}}{NBSP}» n’est pas possible. {_CHOICES}"
    ),
    "{value!r} is not {choice}.": f"«{NBSP}{{value}}{NBSP}» n’est pas {{choice}}.",
    "{value} is not in the range {range}.": (
        f"{{value}} n’est pas possible. Valeurs admises{NBSP}: {{range}}."
    ),
}
TYPES = {"STRING": "texte", "INT": "entier", "IntRange": "entier"}
"""What each type of an option is called in a list of options."""
