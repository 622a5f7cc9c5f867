"""Each screen is made of the parts of the kit: no record says again what a part says."""

import ast
from datetime import date
from pathlib import Path

import pytest

from iprof_kit import ui
from iprof_kit.ui.kit.parts import Result
from iprof_kit.ui.kit.render import environment

UI = Path(ui.__file__).parent


def records(folder):
    """Return the fields of each plain record: a page is one, and what inherits fields is not."""
    return {
        f"{path.relative_to(folder)}:{made.name}": {
            (field.target.id, ast.unparse(field.annotation))
            for field in made.body
            if isinstance(field, ast.AnnAssign)
        }
        for path in sorted(folder.rglob("*.py"))
        for made in ast.parse(path.read_text("utf-8")).body
        if isinstance(made, ast.ClassDef) and not made.bases
        if any("dataclass" in ast.unparse(by) for by in made.decorator_list)
    }


def parts_that_say(fields):
    return [part for part, all_of in records(UI / "kit/parts").items() if fields <= all_of]


def test_k02_no_record_of_a_screen_has_only_fields_of_a_part():
    said = {one: fields for one, fields in records(UI / "screens").items() if fields}
    assert len(said) > 100
    assert not {one: by for one, fields in said.items() if (by := parts_that_say(fields))}


def test_k02_a_record_that_says_a_part_again_is_named():
    assert "facts.py:Step" in parts_that_say({("name", "str"), ("when", "str")})
    assert not parts_that_say({("name", "str"), ("when", "date")})


def test_k02_no_template_writes_results_by_hand():
    written = [page.name for page in UI.rglob("*.html") if 'class="results' in page.read_text()]
    assert written == ["results.html"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('{{ 1850.4 | euros("net", "2026-11") }}',
         '<data value="1850.4" data-quantity="net" data-moment="2026-11">1\xa0850\xa0€</data>'),
        ("{{ day | jour }}", "1er septembre 2027"),
        ('{{ "depuis le {}" | avec(day | jour("since")) }}',
         'depuis le <data value="2027-09-01" data-quantity="since">1er septembre 2027</data>'),
        ("{{ none | mois }}{{ none | euros }}", ""),
        ('{{ 3 | nombre("vœu", "vœux") }}, {{ 1.5 | heures }}', "3 vœux, 1,5\xa0h"),
    ],
)  # fmt: skip
def test_k02_a_page_writes_an_answer_and_keeps_its_fact(written, read):
    shown = environment().from_string(written).render(day=date(2027, 9, 1))
    assert shown == read


def test_k02_what_a_caller_gives_stands_under_the_first_result_alone():
    page = "{% call parts.results(two) %}<i></i>{% endcall %}"
    two = (Result("Heures", "6 h", "sur 18 h"), Result("Vœux", "2", verify=True))
    shown = environment().from_string(page).render(two=two)
    assert shown.split("</div>")[0].endswith("<dd>6 h <small>sur 18 h</small><i></i></dd>")
    assert [shown.count("<i></i>"), shown.count("à vérifier")] == [1, 1]
