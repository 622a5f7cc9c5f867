"""Time the portal as people meet it: see `benchmarks/serving/__main__.py`."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # this very tree's kit
    runpy.run_path(str(Path(__file__).with_suffix("")), run_name="__main__")
