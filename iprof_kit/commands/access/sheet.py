"""`iprof fiche-acces`: the page that people are given with their first password."""

from __future__ import annotations

from pathlib import Path

import click

from iprof_kit.base.clock import paris_today
from iprof_kit.base.errors import InputError
from iprof_kit.commands.saying import say
from iprof_kit.services.academies import academie
from iprof_kit.services.access.sheet import sheet_document


@click.command(name="fiche-acces")
@click.argument("file", metavar="FICHIER.pdf", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--adresse", required=True, metavar="URL", help="Adresse du site, en entier.")
@click.option("--academie", "code", metavar="CODE", help="Par défaut, la première configurée.")
def access_sheet(file: Path, adresse: str, code: str | None) -> None:
    """Écrire la fiche d’accès d’une académie : une page, de l’adresse au premier message.

    L’assistance et les mots de l’académie viennent de sa configuration (textes : fiche_acces). La
    fiche ne porte ni nom ni mot de passe.
    """
    from iprof_kit.documents import render  # heavy: only when it is printed

    sheet = sheet_document(academie(code), adresse, paris_today())
    for template in ("classique", "une_page"):  # the airier one, where it holds on a page
        made = render.pdf(sheet, template)
        if (pages := render.page_count(made)) == 1:
            break
    else:
        raise InputError(
            f"cette fiche tient en {pages} pages, une seule est voulue.",
            where="textes : fiche_acces",
            remedy="Raccourcissez les mots de l’académie.",
        )
    try:
        with file.open("xb") as out:
            out.write(made)
    except FileExistsError:
        raise InputError(
            "ce fichier existe déjà.", where=str(file), remedy="Choisissez un autre nom."
        ) from None
    say(f"Écrite dans {file}.")
