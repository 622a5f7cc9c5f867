"""The services of the second degree on the narrowest phone: nothing is wider than the screen."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/services/remplacement", "/services/carte-scolaire"])
def test_p28_at_320_pixels_no_service_is_wider_than_the_screen(visit, path):
    page = visit(viewport={"width": 320, "height": 700}).log_in("lfontaine", to=path)
    page.locator(".candidacy").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
