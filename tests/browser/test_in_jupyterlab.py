"""A screen alone in JupyterLab, whose look lays definition lists in two columns."""

import pytest

from iprof_kit.ui.components.screen import own_look

# what JupyterLab 4 says of the outputs of a notebook (jupyterlab/style, outputarea)
JUPYTERLAB = """
.jp-OutputArea-output dl, .jp-OutputArea-output dt, .jp-OutputArea-output dd { display: block; }
.jp-OutputArea-output dl { width: 100%; overflow: hidden; padding: 0; margin: 0; }
.jp-OutputArea-output dt { font-weight: bold; float: left; width: 20%; padding: 0; margin: 0; }
.jp-OutputArea-output dd { float: left; width: 80%; padding: 0; margin: 0; }
"""
KEYS = "".join(
    f"<div><dt>Nombre {n}</dt><dd class='big num'>{n}</dd><dd class='small'>note</dd></div>"
    for n in range(4)
)


@pytest.mark.parametrize(("width", "columns"), [(1280, 4), (390, 2)])
def test_the_figures_of_the_tableau_stay_in_line(chromium, width, columns):
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.set_content(
        f"<style>{JUPYTERLAB}</style><div class='jp-OutputArea-output'><div class='screen-alone'>"
        f"<style>{own_look()}</style><div class='screen'><dl class='keys'>{KEYS}</dl></div></div>"
    )
    tops = [box.bounding_box()["y"] for box in page.query_selector_all(".keys > div")]
    assert tops[0] == tops[columns - 1]
    for cell in page.query_selector_all(".keys > div"):
        parts = [part.bounding_box() for part in cell.query_selector_all("dt, dd")]
        assert len({part["x"] for part in parts}) == 1
        assert [part["y"] for part in parts] == sorted(part["y"] for part in parts)
    page.close()
