"""What is left before a closing, counted by the page: in the kernel's words, hardly announced."""

import json
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest

from iprof_kit.ui.components import module
from iprof_kit.ui.screens.campaigns.last_hours import left_words

SOURCE = Path(module.__file__).with_name("countdown.js")
PAGE = """
let now = 1_000; Date.now = () => now; globalThis.setInterval = () => 0;
const part = (over) => ({ textContent: "", dataset: over ? { over } : {} });
const [headline, left, status] = [part("SIAM est fermé."), part("fermé"), part()];
const day = { dataset: { at: "500000", closes: String(500000 + MINUTES * 60000), office: "SIAM",
                         closed: "SIAM est fermé." },
              querySelectorAll: () => [], querySelector: () => status };
const root = { querySelector: () => day,
  querySelectorAll: (wanted) => wanted === "[data-left]" ? [left] : [headline, left] };
const count = new Countdown(root), seen = [];
count.again();
for (let minute = 1; minute <= MINUTES + 1; minute += 1) {
  now += 60_000;
  status.textContent = "";
  count.again();
  seen.push([left.textContent, status.textContent, headline.textContent]);
}
console.log(JSON.stringify(seen));
"""


def after_each_minute(minutes):
    script = SOURCE.read_text(encoding="utf-8") + PAGE.replace("MINUTES", str(minutes))
    ran = subprocess.run(
        [shutil.which("node"), "-e", script], capture_output=True, text=True, check=True
    )
    return json.loads(ran.stdout)


@pytest.mark.skipif(not shutil.which("node"), reason="Node reads the browser's side")
def test_p16_minutes_change_in_place_and_are_announced_at_thirty_ten_five_and_the_end():
    seen = after_each_minute(64)
    plain = [words.replace("\u00a0", " ") for words, _, _ in seen]
    assert plain[:64] == [
        *(left_words(timedelta(minutes=64 - gone)) for gone in range(1, 64)),
        "fermé",
    ]
    said = {64 - gone: words.replace("\u00a0", " ") for gone, (_, words, _) in enumerate(seen, 1)
            if words}  # fmt: skip
    assert said == {
        30: "SIAM ferme dans 30 min.", 10: "SIAM ferme dans 10 min.",
        5: "SIAM ferme dans 5 min.", 0: "SIAM est fermé.",
    }  # fmt: skip
    assert [words for _, _, words in seen][62:] == ["", "SIAM est fermé.", "SIAM est fermé."]
