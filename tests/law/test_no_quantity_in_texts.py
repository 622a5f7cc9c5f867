"""All that people read, calculations apart: no quantity of the law is written there.

Screens, templates, texts, data, letters, mails, notebooks, command line. What is no law is in
`quantities_of_no_law.yml`, with its reason.
"""

import json
from pathlib import Path

import pytest
import yaml
from quantities import quantities
from readable_texts import readable, texts_of

from iprof_kit.base.paths import ROOT

NO_LAW = yaml.safe_load(
    Path(__file__).with_name("quantities_of_no_law.yml").read_text(encoding="utf-8")
)
ROOMS = ("iprof_kit", "voila_templates", "data", "notebooks")
APART = (
    "iprof_kit/calculate",  # its own list: test_no_quantity_in_words.py
    "data/reference",  # the rows themselves
    "data/articles",  # the articles' own words, compared with the rows by tests/quality
    "data/jeu", "data/sample/formation.csv", "data/sample/extrait_fictif.csv",  # rows of people
    "iprof_kit/ui/components/morphdom.js", "iprof_kit/ui/screens/atelier/takeaway/reveal",
    "iprof_kit/cv/outputs/json_resume.schema.json", "voila_templates/front",
    "voila_templates/iprof/static/front",  # what others wrote, what is made of it
)  # fmt: skip
"""What is not looked at here."""
PLANTED = {
    "iprof_kit/ui/screens/affectations/view.py": "\nX = f'Il faut trois{NBSP}ans de services.'\n",
    "iprof_kit/ui/screens/affectations/affectations.html": "<p>50&nbsp;% du traitement.</p>",
    "voila_templates/iprof/lecon/etat.html.j2": '<p aria-label="avant le 31 mars">{{ "le tiers" }}',
    "iprof_kit/ui/texts/aide.fr.yml": "\nplus: On attend\n  deux ans.\n",
    "data/demandes/retraite.yml": "\nplus: Un préavis de six mois.\n",
    "data/campagnes/services/pop_1d.yml": "\nplus: Le poste se garde cinq ans.\n",
    "data/courrier/messages.yml": "\nplus: Dans les 15 jours.\n",
    "data/courrier/etats.csv": "\nplus,deux mois de silence\n",
    "data/lecons/pension.md": "\nIl faut la moitié des voix.\n",
    "iprof_kit/services/notices/carrier.py": "\nX = 'Dans un délai de 2 mois.'\n",
    "iprof_kit/server/pages/door.py": "\nX = 'Le double du plafond, soit le double.'\n",
    "iprof_kit/commands/career.py": '\ndef x():\n    """Attendre trois ans."""\n',
    "voila_templates/iprof/static/lecon.js": '\nvar x = "deux ans au plus";\n',
}
"""One of each kind of place, and what nobody may write there."""


def files():
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*")):
            if path.is_file() and readable(path) and not looked_over(path):
                yield path


def looked_over(path):
    name = path.relative_to(ROOT).as_posix()
    return name.startswith(APART) or name.endswith((".schema.json", "/schema.json"))


def written_in(path, *, with_help=False):
    """Return the quantities of a file; of a command, its help too."""
    return [one for text in texts_of(path, with_help=with_help) for one in quantities(text)]


def known():
    """Return the quantities that each file may write: they are of no law."""
    allowed: dict[str, list[str]] = {}
    for group in NO_LAW:
        for name, each in group["files"].items():
            allowed.setdefault(name, []).extend(each)
    return {name: sorted(each) for name, each in allowed.items()}


def test_no_quantity_of_the_law_is_written_in_a_text():
    written = {}
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        each = written_in(path, with_help=name.startswith("iprof_kit/commands"))
        if each:
            written[name] = sorted(each)
    assert written == known()


@pytest.mark.parametrize("name", PLANTED)
def test_a_quantity_planted_in_each_kind_of_place_is_seen(name, tmp_path):
    path = ROOT / name
    assert path in set(files())
    copy = tmp_path / path.name
    copy.write_text(path.read_text(encoding="utf-8") + PLANTED[name], encoding="utf-8")
    seen = written_in(copy, with_help=name.startswith("iprof_kit/commands"))
    assert len(seen) > len(written_in(path))


def test_a_quantity_planted_in_a_notebook_is_seen(tmp_path):
    path = tmp_path / "carnet.ipynb"
    path.write_text(json.dumps({"cells": [{"source": ["Il faut ", "trois ans."]}]}))
    assert written_in(path) == ["trois ans"]


def test_every_group_says_why_it_is_of_no_law():
    assert all(len(group["reason"]) > 10 for group in NO_LAW)
    assert all((ROOT / name).is_file() for name in known())
