"""While a screen opens: its name and the tabs, no word about values that nobody changed."""

from playwright.sync_api import expect

LATE = """(() => {
  const send = WebSocket.prototype.send;
  window.late = 0;
  WebSocket.prototype.send = function (data) {
    setTimeout(() => send.call(this, data), window.late);
  };
})()"""


def test_a_screen_that_takes_its_time_says_its_name_and_keeps_what_is_shown(visit):
    visitor = visit()
    visitor.page.add_init_script(LATE)
    page = visitor.log_in(to="/perspectives/promotions")
    page.evaluate("window.late = 1500")
    page.get_by_role("link", name="Retraite", exact=True).click()
    status = page.locator(".screen-status")
    expect(status).to_contain_text("Ouverture de Retraite.")
    assert "Calcul en cours" not in status.inner_text()
    expect(page.get_by_role("link", name="Retraite", exact=True)).to_have_attribute(
        "aria-current", "page"
    )
    expect(page.locator("main h1")).to_have_text("Promotions")
    page.evaluate("window.late = 0")
    expect(page.locator("main h1")).to_have_text("Retraite")
