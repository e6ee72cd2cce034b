import sys
from pathlib import Path

# The training scripts run from their own folder and are no package.
sys.path.insert(0, str(Path(__file__).parents[2] / "models"))
