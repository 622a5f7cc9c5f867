"""What is given to Prometheus and Grafana: names that the kit exposes, alerts that fire."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from portal_client import Client
from portal_server import Server, free_port, until
from prometheus_client.parser import text_string_to_metric_families
from test_measures import measured, read

from iprof_kit.base.paths import ROOT
from iprof_kit.server.kernels.framing import own_header, own_message
from iprof_kit.services.jobs.tasks import TASKS

PROMETHEUS, GRAFANA = ROOT / "deploy" / "prometheus", ROOT / "deploy" / "grafana"
OF_PROMETHEUS = {"instance", "le", "job"}
"""Labels that Prometheus gives by itself: to a target, to a bucket."""
COUNT = "iprof_control_seconds_count"


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    """A measured portal where somebody has opened a page and acted on it."""
    port = free_port()
    portal = Server(tmp_path_factory.mktemp("watched"), measures=("127.0.0.1", port))
    portal.wait()
    portal.measures = port
    person = Client(portal.port)
    person.log_in("jdupont")
    page = person.socket(person.get("/accueil").kernel)
    for kind, path in (("intent", "/perspectives/ma-paie"), ("route", "/chez/jean.dupont"),
                       ("ping", "/accueil"), ([], None)):  # fmt: skip
        content = {"method": "custom", "content": {"kind": kind, "path": path}}
        words = {"comm_id": "0", "data": content}
        page.send_binary(own_message(b"shell", own_header("comm_msg"), words))
    until(lambda: len([key for key in measured(port) if key[0] == COUNT]) == 2)
    yield portal
    portal.stop()


def test_what_a_person_waits_for_has_the_name_of_a_screen_of_ours_or_none(watched):
    counted = [dict(pairs) for name, *pairs in measured(watched.measures) if name == COUNT]
    waits = {one["screen"]: one["kind"] for one in counted}
    assert waits == {"/perspectives/ma-paie": "controle", "autre": "ecran"}


def rules():
    files = (PROMETHEUS / "rules.yml", PROMETHEUS / "alerts.yml")
    groups = [
        group for file in files for group in yaml.safe_load(file.read_text("utf-8"))["groups"]
    ]
    return [rule for group in groups for rule in group["rules"]]


def panels():
    [board] = [json.loads(path.read_text("utf-8")) for path in GRAFANA.glob("*.json")]
    return board["panels"]


def expressions():
    shown = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [rule["expr"] for rule in rules()] + shown


def test_each_measure_and_each_label_named_is_exposed(watched):
    # what the server says of its jobs comes with the first that ends
    until(lambda: "iprof_job_ended_timestamp_seconds{" in read(watched.measures)[1])
    labels = {}
    for family in text_string_to_metric_families(read(watched.measures)[1]):
        for sample in family.samples:
            labels.setdefault(sample.name, set()).update(sample.labels)
    recorded = {rule["record"] for rule in rules() if "record" in rule}
    said = expressions()
    assert len(said) > 25
    for one in said:
        names = set(re.findall(r"\b(?:iprof|process)_\w+", re.sub(r'"[^"]*"', "", one)))
        assert names <= labels.keys(), one
        assert set(re.findall(r"\biprof:[\w:]+", one)) <= recorded, one
        matched = re.findall(r'(\w+)\s*[=!]=?~?\s*"', one)
        grouped = [
            word for group in re.findall(r"by \(([^)]*)\)", one) for word in group.split(", ")
        ]
        known = set().union(OF_PROMETHEUS, *(labels[name] for name in names))
        assert {*matched, *grouped} <= known, one
        assert set(re.findall(r'task="(\w+)"', one)) <= set(TASKS), one


def test_no_label_of_ours_is_one_that_prometheus_would_rename(watched):
    text = read(watched.measures)[1]
    assert not re.search(r'[{,](job|instance)="', text)


def test_what_alerts_says_in_french_what_to_do(watched):
    alerts = [rule for rule in rules() if "alert" in rule]
    assert len({one["alert"] for one in alerts}) == len(alerts) > 8
    for one in alerts:
        assert one["labels"]["severity"] in {"grave", "attention"}
        assert {"summary", "description"} == one["annotations"].keys()
        assert all(words.endswith(".") for words in one["annotations"].values())


@pytest.mark.soak
def test_promtool_takes_them_and_each_alerts_when_it_must(tmp_path):
    promtool = shutil.which("promtool")
    if promtool is None:
        pytest.skip("promtool is not installed")
    for file in (*PROMETHEUS.iterdir(), Path(__file__).parent / "alerts_that_fire.yml"):
        shutil.copy(file, tmp_path)
    for words in (
        ["check", "config", "prometheus.yml"],
        ["check", "rules", "rules.yml", "alerts.yml"],
        ["test", "rules", "alerts_that_fire.yml"],
    ):
        done = subprocess.run(
            [promtool, *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
