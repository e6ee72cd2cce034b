import sys
from pathlib import Path

import pytest

# The training scripts run from their own folder and are no package.
sys.path.insert(0, str(Path(__file__).parents[2] / "models"))


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model in the package's format."""
    import small_e5

    path = tmp_path_factory.mktemp("file") / "small.bin"
    small_e5.write(path)
    return path
