"""`iprof`, and `python -m iprof_kit`; with the engine alone, what the command asks for."""

import sys

from iprof_kit.base.version import installed_by
from iprof_kit.base.words import hard_spaces


def main() -> None:
    """Run the command line; without the libraries of the kit, say how to get them."""
    try:
        from iprof_kit.cli import main as command
    except ModuleNotFoundError as missing:
        if (missing.name or "").startswith("iprof_kit"):
            raise
        print(
            hard_spaces(
                f"Seul le moteur de calcul est installé : la commande iprof demande aussi "
                f"{missing.name}. Installez le kit : {installed_by('kit')} (avec le "
                f"portail : [serve] au lieu de [kit])."
            ),
            file=sys.stderr,
        )
        sys.exit(2)
    command()


if __name__ == "__main__":
    main()
