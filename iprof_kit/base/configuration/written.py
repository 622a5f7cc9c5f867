"""The model of the file, and its page, both written from the declarations."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any, Literal, get_args, get_origin

from iprof_kit.base.configuration.declaring import Section, Setting, settings_of
from iprof_kit.base.configuration.sections import sections
from iprof_kit.base.words import NBSP

_WIDTH = 100
_HEAD = """\
# Réglages d’un serveur du kit. Chaque ligne est facultative : la valeur écrite ici est celle par
# défaut. Retirez le « # » devant une clé pour la changer. Une variable d’environnement passe avant
# ce fichier, une option de la commande avant la variable. Aucun secret ici : le fichier ou
# la variable où il est. « iprof reglages montrer » dit ce qui est en vigueur et d’où cela vient.
"""
_BOUNDS = {"ge": "au moins {}", "gt": "plus de {}", "le": "au plus {}", "lt": "moins de {}"}
_KINDS = {bool: "oui ou non", int: "entier", float: "nombre", str: "texte"}


def model_of_the_file() -> str:
    """Return a file of settings where every setting stands with its default, commented out."""
    parts = [_HEAD]
    for name, section in sections().items():
        lines = [f"# {section.TITLE}.", f"[{name}]"]
        for one in settings_of(name, section):
            lines += _explained(one)
        parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def page_of_the_settings() -> str:
    """Return the tables of the documentation, in Markdown."""
    return "\n".join(line for name, section in sections().items() for line in _table(name, section))


def as_toml(value: Any) -> str:
    """Return a value as TOML writes it.

    Examples
    --------
    >>> as_toml(("a", "b")), as_toml(True), as_toml(1_000_000)
    ('["a", "b"]', 'true', '1_000_000')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:_}" if value >= 100_000 else str(value)
    if isinstance(value, float):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {as_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, tuple | list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _explained(one: Setting) -> list[str]:
    """Return the lines of a setting: what it is, then its key, commented out."""
    words = f"{one.why} ({_form(one)} ; {_above(one)})"
    wrapped = textwrap.wrap(
        words, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False
    )
    if one.example is None:
        return [*wrapped, f"#{one.key} = {as_toml(one.default)}"]
    return [*wrapped, f"#{one.key} = {as_toml(one.example)}  # exemple : rien par défaut"]


def _above(one: Setting) -> str:
    """Return what stands above the file: the variable, the option."""
    variable = f"{one.variable} tient le secret" if one.holder else one.variable
    return f"{variable}, {one.option}" if one.option else variable


def _table(name: str, section: type[Section]) -> Iterator[str]:
    yield from (f"### [{name}]", "", f"{section.TITLE}.", "")
    yield "| Clé | Ce que c’est | Par défaut | Ce qu’elle change | Passe avant |"
    yield "|---|---|---|---|---|"
    for one in settings_of(name, section):
        default = as_toml(one.default)
        yield f"| `{one.key}` | {_form(one)} | `{default}` | {one.why} | {_ticked(one)} |"
    yield ""


def _ticked(one: Setting) -> str:
    return ", ".join(f"`{word}`" for word in _above(one).split(", "))


def _form(one: Setting) -> str:
    """Return what a setting is, in words: its unit or its type, its bounds."""
    kind = one.field.annotation
    if get_origin(kind) is Literal:
        return " ou ".join(f"« {word} »" for word in get_args(kind))
    if get_origin(kind) is tuple:
        return "liste de textes"
    bounds = [
        words.format(_number(bound))
        for mark in one.field.metadata
        for key, words in _BOUNDS.items()
        if (bound := getattr(mark, key, None)) is not None
    ]
    named = _KINDS.get(kind, "texte")  # type: ignore[arg-type]  # a Literal is no type
    return ", ".join([one.unit or named, *bounds])


def _number(value: float) -> str:
    return f"{value:,}".replace(",", NBSP)
