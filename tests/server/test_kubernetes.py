"""The files of `deploy/kubernetes`, against the kit's own settings and, in soak, their schemas."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from iprof_kit.base.configuration import in_force as settings
from iprof_kit.base.configuration.in_force import in_force
from iprof_kit.base.configuration.sections import declared
from iprof_kit.base.paths import ROOT
from iprof_kit.base.version import __version__
from iprof_kit.server.pages.gate import LIVES, READY
from iprof_kit.services.academies import academies_of

HERE = ROOT / "deploy" / "kubernetes"
BASE, EXAMPLE = HERE / "base", HERE / "exemple"
NAME = {"app.kubernetes.io/name": "iprof"}
WRITTEN = sorted([*BASE.glob("*.yaml"), *(HERE / "taches").glob("*.yaml")])
"""What a cluster is given; the settings and the academies are ours."""


def documents():
    files = [one for one in WRITTEN if one.name != "kustomization.yaml"]
    return [
        document
        for file in files
        for document in yaml.safe_load_all(file.read_text(encoding="utf-8"))
    ]


def named(kind, name="iprof"):
    [one] = [one for one in documents() if (one["kind"], one["metadata"]["name"]) == (kind, name)]
    return one


def pods():
    return [one["spec"]["template"] for one in documents() if one["kind"] in {"StatefulSet", "Job"}]


@pytest.fixture
def pod():
    return named("StatefulSet")["spec"]["template"]["spec"]


@pytest.fixture
def container(pod):
    [one] = pod["containers"]
    return one


@pytest.fixture(params=[BASE, EXAMPLE], ids=lambda folder: folder.name)
def in_cluster(request, monkeypatch):
    """Return the settings of a folder, as the kit reads them."""
    for one in declared():
        monkeypatch.delenv(one.variable, raising=False)
    monkeypatch.setenv(settings.FILE, str(request.param / "reglages.toml"))
    return in_force().values


def test_ports_and_folders_are_those_of_the_settings(in_cluster, container):
    ports = {one["name"]: one["containerPort"] for one in container["ports"]}
    assert ports["site"] == in_cluster.site.port
    assert str(ports["mesures"]) == in_cluster.mesures.adresse.rpartition(":")[2]
    mounted = {one["mountPath"] for one in container["volumeMounts"]}
    assert in_cluster.emplacements.donnees in mounted
    secrets = in_cluster.base.adresse, in_cluster.emplacements.cle_du_journal
    places = [one.removeprefix("fichier:") for one in secrets]
    assert {str(Path(one).parent) for one in places} == {"/run/secrets/iprof"} <= mounted
    asked = {
        one["valueFrom"]["secretKeyRef"]["key"]
        for one in named("Job", "iprof-tables")["spec"]["template"]["spec"]["containers"][0]["env"]
        if "valueFrom" in one
    }
    assert asked == {Path(one).name for one in places}


def test_a_copy_has_the_grace_of_its_settings_and_thirty_seconds_more(in_cluster, pod):
    assert pod["terminationGracePeriodSeconds"] == in_cluster.arret.sursis + 30
    assert in_cluster.base.migrer is False


def test_the_name_of_the_site_is_the_same_at_the_door_and_in_the_kit(in_cluster):
    [host] = in_cluster.site.hotes
    rules = named("Ingress")["spec"]
    names = {rules["rules"][0]["host"], *rules["tls"][0]["hosts"]}
    patched = yaml.safe_load((EXAMPLE / "kustomization.yaml").read_text(encoding="utf-8"))
    lines = [line for one in patched["patches"] for line in yaml.safe_load(one["patch"])]
    given = {line["value"] for line in lines if "host" in line["path"]}
    assert {host} in (names, given)


def test_probes_ask_what_the_server_answers(container):
    paths = {
        name: container[f"{name}Probe"]["httpGet"] for name in ("startup", "liveness", "readiness")
    }
    assert {name: one["path"] for name, one in paths.items()} == {
        "startup": LIVES,
        "liveness": LIVES,
        "readiness": READY,
    }
    assert {one["port"] for one in paths.values()} == {"site"}


def test_everything_speaks_of_the_same_pods(pod):
    copies = named("StatefulSet")["spec"]
    asked = [
        copies["selector"]["matchLabels"],
        copies["template"]["metadata"]["labels"],
        named("Service")["spec"]["selector"],
        named("Service", "iprof-copies")["spec"]["selector"],
        named("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        named("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        pod["topologySpreadConstraints"][0]["labelSelector"]["matchLabels"],
    ]
    assert asked == [NAME] * len(asked)
    job = named("Job", "iprof-tables")["spec"]["template"]["metadata"]["labels"]
    assert job != NAME  # a service would send people to it
    assert named("PodDisruptionBudget")["spec"]["minAvailable"] < copies["replicas"]
    assert copies["serviceName"] == named("Service", "iprof-copies")["metadata"]["name"]


def test_the_door_brings_a_page_back_to_its_copy():
    door = named("Ingress")
    assert door["metadata"]["annotations"]["haproxy.org/cookie-persistence"] == "iprof_copie"
    behind = door["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"]
    assert behind == {"name": "iprof", "port": {"name": "site"}}
    assert named("Service")["spec"]["sessionAffinity"] == "ClientIP"


@pytest.mark.parametrize("template", pods(), ids=["copies", "tables"])
def test_nothing_runs_as_root_nor_writes_its_own_program(template):
    spec = template["spec"]
    assert spec["automountServiceAccountToken"] is False
    assert spec["securityContext"]["runAsNonRoot"] is True
    assert spec["securityContext"]["runAsUser"] == 1000
    assert spec["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    for one in spec["containers"]:
        assert one["securityContext"] == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert one["image"].endswith(f":{__version__}")


def test_the_network_lets_in_who_serves_and_who_measures_alone():
    policy = named("NetworkPolicy")["spec"]
    entering = {
        (rule["ports"][0]["port"], *rule["from"][0]["namespaceSelector"]["matchLabels"].values())
        for rule in policy["ingress"]
    }
    assert entering == {("site", "haproxy-controller"), ("mesures", "monitoring")}
    assert sorted(policy["policyTypes"]) == ["Egress", "Ingress"]


def test_a_secret_is_named_and_never_written():
    assert "Secret" not in {one["kind"] for one in documents()}
    for file in HERE.rglob("*"):
        text = file.read_text(encoding="utf-8") if file.is_file() else ""
        assert "postgresql+psycopg://" not in text, file


def test_each_file_is_named_and_each_name_is_a_file():
    base, example = (
        yaml.safe_load((folder / "kustomization.yaml").read_text(encoding="utf-8"))
        for folder in (BASE, EXAMPLE)
    )
    ours = {*base["resources"], *base["configMapGenerator"][0]["files"], "kustomization.yaml"}
    assert ours == {one.name for one in BASE.iterdir()}
    given = {*example["configMapGenerator"][0]["files"], "kustomization.yaml"}
    assert given == {one.name for one in EXAMPLE.iterdir()}
    for one in example["patches"]:
        for line in yaml.safe_load(one["patch"]):
            place = named(one["target"]["kind"], one["target"]["name"])
            for step in line["path"].strip("/").split("/"):
                place = place[int(step) if step.isdigit() else step]
    assert [one.code for one in academies_of(EXAMPLE / "academies.yml")] == ["06"]
    assert example["images"][0]["newTag"] == __version__


def test_the_page_says_that_it_was_never_run():
    page = (HERE / "README.md").read_text(encoding="utf-8")
    assert page.startswith("# Kubernetes : validé, jamais exécuté")


@pytest.mark.soak
def test_the_schemas_of_kubernetes_take_each_file():
    """`kubernetes-validate` weighs 72 MB: an environment of its own, on the path or named."""
    program = os.environ.get("IPROF_KUBERNETES_VALIDATE") or shutil.which("kubernetes-validate")
    if program is None:
        pytest.skip("kubernetes-validate is not installed")
    files = [one for one in WRITTEN if one.name != "kustomization.yaml"]
    done = subprocess.run(
        [program, "--strict", *files], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stderr.count("passed") + done.stdout.count("passed") == len(documents())
