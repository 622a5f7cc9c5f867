"""A kernel's folder on the machine's disk: what it may keep there, bytes and files."""

from pathlib import Path

import pytest
from portal_server import until

from iprof_kit.kernel.world.room import FOLDER_BYTES, FOLDER_FILES
from iprof_kit.server.kernels.folders import is_outgrown

LARGEST_HALF = FOLDER_BYTES // 2


def sized(path, size):
    with path.open("wb") as file:
        file.truncate(size)


def test_the_bytes_of_all_files_together_are_bounded(tmp_path):
    (tmp_path / "below").mkdir()
    sized(tmp_path / "one", LARGEST_HALF)
    assert not is_outgrown(tmp_path)
    sized(tmp_path / "below" / "two", LARGEST_HALF + 1)
    assert is_outgrown(tmp_path)


def test_so_is_the_number_of_files(tmp_path):
    for number in range(FOLDER_FILES):
        (tmp_path / str(number)).touch()
    assert not is_outgrown(tmp_path)
    (tmp_path / "0").unlink()
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "one").touch()
    assert is_outgrown(tmp_path)


def test_what_a_link_leads_to_does_not_count_and_a_folder_that_goes_is_empty(tmp_path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "link").symlink_to(tmp_path)
    sized(tmp_path / "others", 2 * FOLDER_BYTES)
    assert not is_outgrown(tmp_path / "own")
    assert not is_outgrown(tmp_path / "gone")


@pytest.mark.parametrize("size", [1, FOLDER_BYTES + 1])
def test_an_ordinary_kernel_that_fills_its_folder_is_ended(visit, size):
    client = visit()
    client.log_in("aanalyste")
    page = client.get("/tableau-promotions")
    sized(Path(page.seen["environment"]["HOME"]) / "mine", size)

    def ended():
        return client.get(f"/api/kernels/{page.kernel}").status == 403

    if size > FOLDER_BYTES:
        until(ended)
    else:
        assert not ended()
