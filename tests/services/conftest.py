"""Every use case starts on an empty stage."""

import pytest

from tests.services.stage import Stage


@pytest.fixture
def stage() -> Stage:
    return Stage()
