"""`iprof law corps`: the rows that a corps has, those that it lacks, and what stays unknown."""

from __future__ import annotations

from collections.abc import Iterator

import click

from iprof_kit.base.reference import known_codes
from iprof_kit.commands.saying import say
from iprof_kit.law.campaigns.files import services
from iprof_kit.law.tables.by_corps import Held, held_of
from iprof_kit.law.tables.cells import grades_of

_SHOWN = 6
_KNOWN = known_codes()


@click.command()
@click.argument("code")
@click.option("--comme", default=_KNOWN[0], show_default=True, help="Corps auquel le comparer.")
@click.option("--tout", is_flag=True, help="Nommer toutes les lignes qui manquent.")
def corps(code: str, comme: str, tout: bool) -> None:
    """Dire les lignes qu’un corps demande, et ce qui reste « non calculé » sans elles.

    CODE est celui d’un corps connu, ou un code qu’aucune table ne nomme encore : « nouveau ».
    """
    grades_of(comme)
    whose = "connu des tables" if code in _KNOWN else "qu’aucune table ne nomme"
    say(
        f"Corps « {code} », {whose}, à côté de « {comme} ». Seules comptent "
        f"les lignes en vigueur, propres à un corps.\n"
    )
    for one in held_of(code, comme):
        say("\n".join(_told(one, every=tout)))
    others = [one.id for one in services().values() if comme in one.corps and code not in one.corps]
    if others:
        say(
            f"data/campagnes/services : « corps » ne le nomme pas dans "
            f"{len(others)} fichiers où « {comme} » est\n  sans lui : Les services "
            f"ne propose pas ces campagnes\n  {', '.join(others)}"
        )
    say("\nCe qu’aucune ligne ne dit n’est pas deviné : les écrans disent « non calculé ».")


def _told(one: Held, *, every: bool) -> Iterator[str]:
    counted = f"{one.rows} ligne{'s' * (one.rows > 1)}" if one.rows else "aucune ligne"
    lacks = f", {len(one.missing)} de moins" if one.rows and one.missing else ""
    yield f"{one.table}.csv : {counted}{lacks}"
    if not one.missing:
        return
    if not one.rows:
        yield f"  sans elle, non calculé : {one.without}"
    label = "il y manque" if one.rows else "à écrire"
    shown = one.missing if every else one.missing[:_SHOWN]
    more = len(one.missing) - len(shown)
    yield f"  {label} : {' ; '.join(shown)}" + (f" et {more} autres" if more else "")
