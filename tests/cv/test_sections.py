"""A section is one file and one line of the registry: what must agree with it does."""

from typing import get_args

import pytest

from iprof_kit.cv.model import Faits
from iprof_kit.cv.outputs.json_resume import entry, validate
from iprof_kit.cv.sections import FROM_OTHERS, ITEMS, LISTS, TITLES, ItemSection, Section
from iprof_kit.cv.sections.item import Item
from iprof_kit.ui.screens.cv.list_view import SECTIONS

EACH = pytest.mark.parametrize("name", LISTS)


def test_the_facts_have_one_list_a_section_in_the_order_of_the_registry():
    lists = {
        name: get_args(field.annotation)[0]
        for name, field in Faits.model_fields.items()
        if field.annotation not in (int, str) and get_args(field.annotation)
    }
    assert [(n, kind) for n, kind in lists.items() if issubclass(kind, Item)] == [*ITEMS.items()]


def test_the_names_that_types_know_are_those_of_the_registry():
    assert get_args(ItemSection) == tuple(LISTS)
    assert get_args(Section) == tuple(TITLES)
    assert [section.name for section in LISTS.values()] == list(LISTS)


@EACH
def test_each_section_is_written_on_one_page(name):
    assert sum(name in sections for sections in SECTIONS.values()) == 1


@EACH
def test_a_line_with_every_field_is_printed_in_the_ordinary_cv_and_said_of_the_statutory(name):
    section = LISTS[name]
    item = section.item(**{spec.name: "2019" for spec in section.item.form if not spec.choices})
    assert section.parts((item,), True)
    assert section.statutory((item,))
    assert not section.statutory(())


@EACH
def test_a_line_is_written_in_a_list_of_json_resume_and_its_fields_exist(name):
    section = LISTS[name]
    described = (*section.resume, section.resume_list(section.item()))
    for lines in described:
        fields = {field for _, field in lines.pairs} | set(lines.given)
        assert fields <= set(section.item.model_fields)
    lists = section.resume_list(section.item())
    validate({lists.key: [entry(name, section.item(**{section.item.named_by: "x"}))]})


def test_a_list_of_json_resume_written_by_another_tool_belongs_to_one_section():
    keys = [lines.key for section in LISTS.values() for lines in section.resume]
    assert sorted(keys) == sorted(FROM_OTHERS)
