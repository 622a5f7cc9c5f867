"""A small server: its places run out, its kernels die, its pages are left behind."""

import subprocess
import sys

import pytest
from portal_client import Client
from portal_server import Server, until

from iprof_kit.server.kernels.owned import KernelsOfVisitors
from iprof_kit.server.settings import Settings

DIES = "import os\n\nos._exit(1)"


def portal(folder, **limits):
    limits = {"kernels_in_all": 3, "kernels_without_account": 1, "kernels_per_visitor": 2} | limits
    return Server(folder, **limits)


@pytest.fixture
def full(tmp_path):
    running = portal(tmp_path)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A portal that ends a kernel one second after its page has gone; opening takes its time.

    Its configuration says nothing of visitors.
    """
    folder = tmp_path_factory.mktemp("small")
    silent = folder / "academies.yml"
    silent.write_text("academies: [{code: '06', nom: Essai, assistance_nom: Personne}]")
    running = portal(folder, academies=silent, left_seconds=1)
    try:
        running.wait()
        yield running
    finally:
        running.stop()


def open_and_go(client, path):
    """Return the kernel of a page that was there and went away."""
    page = until(lambda: (got := client.get(path)).status == 200 and got, 120)
    link = client.socket(page.kernel)
    assert client.get(f"/api/kernels/{page.kernel}").status == 200
    link.close()
    return page.kernel


def shown(client, path):
    """Open a page and return its websocket: it holds its place."""
    page = client.get(path)
    assert page.status == 200
    return client.socket(page.kernel)


def test_a_role_at_its_bound_is_told_so_and_another_enters(tmp_path):
    running = portal(tmp_path, kernels_by_role={"gestionnaire": 1})
    try:
        running.wait()
        manager, colleague, teacher = (Client(running.port) for _ in range(3))
        for client, account in (
            (manager, "ggestionnaire"), (colleague, "gcollegue"), (teacher, "jdupont")
        ):  # fmt: skip
            client.log_in(account)
        seen = [shown(manager, "/accueil")]
        refused = colleague.get("/accueil")
        assert refused.status == 503
        assert "Toutes les places prévues pour ce rôle sont prises (gestionnaire)." in refused.text
        seen.append(shown(teacher, "/accueil"))
    finally:
        running.stop()


def test_places_run_out_in_french_and_come_back(full):
    visitors = [Client(full.port) for _ in range(4)]
    one, two, teacher, colleague = visitors
    seen = [shown(one, "/ma-situation")]
    refused = two.get("/ma-situation")  # visitors without account have a share of the places
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "60"
    assert "Trop de pages sans compte sont ouvertes d’ici." in refused.text
    assert "quand une page se ferme\u00a0: réessayez dans 60 secondes." in refused.text
    assert '<a class="btn" href="">Réessayer</a>' in refused.text  # the home needs a place too
    teacher.log_in("jdupont")
    seen += [shown(teacher, "/accueil") for _ in range(2)]
    colleague.log_in("ichevalier")
    refused = colleague.get("/accueil")
    assert refused.status == 503
    assert "Toutes les places sont prises pour le moment." in refused.text
    assert teacher.post("/quitter").status == 303
    assert colleague.get("/accueil").status == 200


def test_strangers_in_the_gallery_take_no_place_of_who_is_logged_in(full):
    strangers, teacher = [Client(full.port) for _ in range(4)], Client(full.port)
    seen = [shown(strangers[0], "/galerie")]
    pages = [one.get("/galerie") for one in strangers[1:]]
    assert [page.status for page in pages] == [503, 503, 503]
    assert "Trop de pages sans compte sont ouvertes d’ici." in pages[0].text
    assert Client(full.port).get("/ma-situation").status == 503  # one share for both pages
    teacher.log_in("jdupont")
    seen += [shown(teacher, "/accueil") for _ in range(2)]
    assert len(seen) == 3


def test_w02_refusals_do_not_fill_the_log(full):
    seen = [shown(Client(full.port), "/ma-situation")]
    assert {Client(full.port).get("/ma-situation").status for _ in range(20)} == {503}
    log = full.log.read_text()
    assert log.count("réponses 503") == 1
    assert "Traceback" not in log
    assert seen


def test_the_gallery_is_not_there_unless_the_configuration_says_so(small):
    stranger, teacher, trainer = (Client(small.port) for _ in range(3))
    teacher.log_in("jdupont")
    trainer.log_in("fformateur")
    for who in (stranger, teacher, trainer):
        page = who.get("/galerie?s=2.abc.def")
        assert page.status == 404
        assert "Page introuvable" in page.text
        assert "kernelId" not in page.text
    assert teacher.get("/atelier?s=2.abc.def").status == 403
    for path in ("/connexion", "/nulle-part"):
        assert "/galerie" not in stranger.get(path).text


def test_a_kernel_that_no_page_holds_ends_and_gives_its_place_back(small):
    visitor = Client(small.port)
    kernel = open_and_go(visitor, "/ma-situation")
    until(lambda: visitor.get(f"/api/kernels/{kernel}").status == 403)
    open_and_go(Client(small.port), "/ma-situation")


def test_a_kernel_whose_page_is_open_stays(small):
    visitor = Client(small.port)
    page = until(lambda: (got := visitor.get("/ma-situation")).status == 200 and got, 120)
    link = visitor.socket(page.kernel)
    other = Client(small.port)
    other.log_in("scohen")
    left = open_and_go(other, "/accueil")
    until(lambda: other.get(f"/api/kernels/{left}").status == 403)
    assert visitor.get(f"/api/kernels/{page.kernel}").status == 200
    link.close()


def test_a_kernel_that_dies_at_once_is_said_in_french(tmp_path):
    running = Server(tmp_path, my_situation=DIES)
    try:
        running.wait()
        page = Client(running.port).get("/ma-situation")
    finally:
        running.stop()
    assert page.status == 200
    assert "Cette partie de la page n’a pas pu s’ouvrir." in page.cells
    assert "Traceback" not in page.text
    assert "DeadKernelError" not in page.text


def test_stopping_the_server_leaves_no_kernel_behind(tmp_path, holders):
    running = Server(tmp_path)
    running.wait()
    kernel = Client(running.port).get("/ma-situation").kernel
    assert holders(kernel)
    running.stop()
    assert not holders(kernel)


def test_there_are_sockets_for_every_place():
    kit = Settings(kernels_in_all=700)
    assert KernelsOfVisitors(kit=kit).context.max_sockets >= 6 * kit.kernels_in_all


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_the_server_lets_itself_hold_the_files_of_every_place():
    code = (
        "import resource as r\n"
        "r.setrlimit(r.RLIMIT_NOFILE, (256, 4096))\n"
        "from iprof_kit.server.limits.room import open_files\n"
        "print(open_files(3000), r.getrlimit(r.RLIMIT_NOFILE))\n"
        "print(open_files(9000), r.getrlimit(r.RLIMIT_NOFILE))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["3000 (3000, 4096)", "4096 (4096, 4096)"]


@pytest.mark.soak
def test_two_hundred_places_are_really_there(tmp_path):
    running = Server(tmp_path, kernels_in_all=200, kernels_without_account=600)
    try:
        running.wait()
        links = []
        for _ in range(200):
            visitor = Client(running.port)
            page = visitor.get("/ma-situation")
            assert page.status == 200
            links.append(visitor.socket(page.kernel))
        assert Client(running.port).get("/ma-situation").status == 503
    finally:
        running.stop()
