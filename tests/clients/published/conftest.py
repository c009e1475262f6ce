"""Makes clients/python importable, as it lies in the checkout."""

import sys
from pathlib import Path

PYTHON = Path(__file__).parents[3] / "clients" / "python"

sys.path.insert(0, str(PYTHON / "src"))
