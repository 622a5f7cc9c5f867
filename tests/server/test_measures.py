"""What Prometheus reads: at an address of its own, bounded, and nobody is in it."""

import http.client
import re
import subprocess
import sys

import pytest
from portal_client import Client
from portal_server import Server, free_port
from prometheus_client.parser import text_string_to_metric_families

from iprof_kit.base.paths import ROOT
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.services.jobs.tasks import TASKS


@pytest.fixture(scope="module")
def watched(tmp_path_factory):
    port = free_port()
    portal = Server(tmp_path_factory.mktemp("watched"), measures=("127.0.0.1", port))
    portal.wait()
    portal.measures = port
    yield portal
    portal.stop()


def read(port, path="/metrics"):
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    link.request("GET", path)
    answer = link.getresponse()
    return answer.status, answer.read().decode()


def measured(port):
    """Each sample by its name and labels."""
    _, text = read(port)
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def test_places_are_counted_with_those_of_strangers(watched):
    teacher, stranger = Client(watched.port), Client(watched.port)
    assert teacher.log_in("jdupont").status == 303
    opened = [teacher.get("/accueil"), stranger.get("/ma-situation")]
    assert [page.status for page in opened] == [200, 200]
    seen = measured(watched.measures)
    assert (seen[("iprof_places",)], seen[("iprof_places_open",)]) == (2, 1)
    assert seen[("iprof_places_most",)] > 2
    assert (seen[("iprof_database_up",)], seen[("iprof_draining",)]) == (1, 0)


def test_requests_and_jobs_are_there_and_labels_are_names_of_ours(watched):
    client = Client(watched.port)
    for path in ("/connexion", "/n-existe-pas-" + "x" * 50):
        client.get(path)
    labels = {(name, *pair) for name, *pairs in measured(watched.measures) for pair in pairs}
    pages = {value for name, key, value in labels if key == "page"}
    assert {"Login", "NotFound"} <= pages
    assert all(re.fullmatch("[A-Z][A-Za-z]+", page) for page in pages)
    assert {value for _, key, value in labels if key == "task"} == set(TASKS)
    asked = {value for _, key, value in labels if key == "operation"}
    assert asked <= {*OPERATIONS, "inconnue"}


def test_nobody_is_in_it(watched):
    client = Client(watched.port)
    client.log_in("jdupont")
    client.get("/accueil")
    text = read(watched.measures)[1]
    words = [client.cookies["iprof_session"], "jdupont", "Dupont", "127.0.0.1"]
    assert [word for word in words if word in text] == []


def test_the_site_does_not_tell_them_and_their_address_tells_nothing_else(watched, others):
    assert all(client.get("/metrics").status == 404 for client in others.values())
    assert read(watched.measures, "/connexion")[0] == 404


@pytest.mark.parametrize("place", ["9866", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_that_is_none_is_refused_in_french(place):
    done = subprocess.run(
        [sys.executable, "-m", "iprof_kit", "serve", "--mesures", place],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"(reçu : {place})" in done.stderr.replace("\u00a0", " ")
