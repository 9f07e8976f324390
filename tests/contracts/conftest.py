"""Every contract test runs in every world."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.worlds import WORLDS, World


@pytest.fixture(params=WORLDS)
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with WORLDS[request.param](tmp_path) as opened:
        yield opened
