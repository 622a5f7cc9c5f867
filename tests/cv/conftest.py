"""Let the tests of the CV import `strategies`, as those of the documents do."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
