"""The services of the second degree on the narrowest phone: nothing wider than it, all conform."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    "path",
    [
        "/services/remplacement",
        "/services/carte-scolaire",
        "/services/siac",
        "/services/formation",
        "/services/avancement",
        "/services/candidature",
    ],
)
def test_p28_at_320_pixels_no_service_is_wider_than_the_screen(visit, path):
    visitor = visit(viewport={"width": 320, "height": 700})
    page = visitor.log_in("lfontaine", to=path)
    page.locator(".instrument").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.check()
