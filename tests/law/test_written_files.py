"""A kind of file that a person writes is one model: what is published of it is the model's."""

import json

import jsonschema
import pytest

from iprof_kit.analytics.reports.plan import Plan
from iprof_kit.base.paths import CAMPAIGNS, PROCEDURES, REPORTS, REQUESTS
from iprof_kit.base.yaml_text import read_yaml
from iprof_kit.law.campaigns.model import Service, WrittenCampaign
from iprof_kit.law.promotion.procedures.model import Procedure
from iprof_kit.law.requests.model import Request
from iprof_kit.law.tables.written import schema_of, schema_text

PUBLISHED = {
    REQUESTS / "schema.json": Request,
    REPORTS / "schema.json": Plan,
    CAMPAIGNS / "service.schema.json": Service,
    CAMPAIGNS / "campagne.schema.json": WrittenCampaign,
    PROCEDURES / "schema.json": Procedure,
}


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_k08_the_published_schema_is_the_model_s(file):
    """Where it fails: write `schema_text` of the model into the file."""
    assert file.read_text(encoding="utf-8") == schema_text(PUBLISHED[file])


@pytest.mark.parametrize("file", PUBLISHED, ids=lambda one: f"{one.parent.name}/{one.name}")
def test_k08_a_published_schema_is_one_and_refuses_what_nobody_wrote(file):
    schema = json.loads(file.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    met = jsonschema.Draft202012Validator(schema).iter_errors({"x": 1})
    errors = {one.validator for one in met}
    assert errors == {"additionalProperties", "required"}
    assert "default" not in file.read_text(encoding="utf-8")


def test_k08_what_a_schema_takes_its_model_takes():
    """What a file says is read by the model as it is written, with nothing between."""
    for file in sorted(REQUESTS.glob("*.yml")):
        written = read_yaml(file.read_text(encoding="utf-8"))
        jsonschema.validate(written, schema_of(Request))
        assert Request.model_validate(written).id == file.stem
