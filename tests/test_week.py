"""The review of a week and its picture, over HTTP: whatever Telegram makes of the picture, each comes once."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.running import PATIENCE, answered
from tests.test_quiet_and_away import RIYADH, a_city, news

REVIEW, PICTURE = "حصاد أسبوعك ·", "موضوعاتك في أسبوع"


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        pytest.param(None, "photo", id="shown"),
        pytest.param({"kind": "bad_entities"}, "text", id="refused"),
        pytest.param({"kind": "chat_not_found"}, "text", id="not allowed here"),
        pytest.param({"kind": "too_many_requests", "seconds": 1}, "photo", id="later"),
    ],
)
async def test_a_weekly_review_ends_with_the_weeks_picture_once(
    tmp_path: Path, fault: dict[str, Any] | None, kind: str
) -> None:
    friday = datetime(2027, 1, 15, 10, tzinfo=RIYADH)
    async with a_city(tmp_path, friday - timedelta(days=1)) as (owner, clock):
        await answered(owner, "/weekly الجمعة 10:00")
        await news(owner, "ميناء", "قطار")
        if fault:
            async with httpx.AsyncClient(base_url=owner.url, trust_env=False) as http:
                await http.post("/sandbox/faults", json={"method": "sendPhoto"} | fault)
        clock.advance_to(friday)
        await owner.wait_for(lambda shown: shown.text.startswith(PICTURE), PATIENCE)
        await asyncio.sleep(3)  # the planner looks again
        shown = [each for each in await owner.messages() if each.text.startswith((REVIEW, PICTURE))]
        is_answered = (await answered(owner, "مواعيدي")).text.startswith("يصلك موجزك")

    assert [(each.text[: len(PICTURE)], each.kind) for each in shown][1:] == [(PICTURE, kind)]
    assert shown[0].text.startswith(REVIEW)
    assert "1. مصر: مقالان" in shown[1].text.splitlines()
    assert is_answered
