"""The Summarize port: summaries are made in a thread, never on the event loop."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from bot.summarize.summarizer import SumySummarizer


@dataclass(frozen=True, slots=True)
class ThreadedSummarizer:
    """Summarises beside the conversation."""

    summarizer: SumySummarizer

    @property
    def version(self) -> str:
        """See the port."""
        return self.summarizer.version

    async def __call__(self, title: str, body: Sequence[str], tags: Sequence[str], /) -> tuple[str, ...]:
        """See the port."""
        return await asyncio.to_thread(self.summarizer, title, body, tags)
