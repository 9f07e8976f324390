"""Put what readers sent before everyone, or not."""

from dataclasses import dataclass

from bot.domain.delivery import Page
from bot.domain.submission import Decision, Submission, Turn, Verdict
from bot.domain.subscriber import Standing
from bot.ports import Clock, Newsroom, Submissions, Subscribers
from bot.services.trust import Trust


@dataclass(frozen=True, slots=True)
class Decide:
    """Let an editor decide on a submission; the first decision stands."""

    submissions: Submissions
    subscribers: Subscribers
    newsroom: Newsroom
    trust: Trust
    clock: Clock

    async def __call__(self, fingerprint: str, verdict: Verdict, user_id: int, name: str) -> Submission | None:
        """Return the submission as it stands now, None for one that is gone; raise NotAnEditor."""
        await self.trust.demand(user_id)
        submission = await self.submissions.find(fingerprint)
        if submission is None:
            return None
        decision = Decision(verdict, self.clock(), user_id, name)
        return await self.submissions.decide(fingerprint, decision, await self._notice(submission, verdict))

    async def _notice(self, submission: Submission, verdict: Verdict) -> Page | None:
        """Return what the sender is told: that it was published, of a rejection nothing, and a group nothing at all."""
        if verdict is not Verdict.PUBLISHED or submission.chat_id is None or submission.chat_id < 0:
            return None
        sender = await self.subscribers.find(submission.chat_id)
        if sender is None or sender.standing is not Standing.ACTIVE:
            return None
        return self.newsroom.published(submission, sender.language)

    async def shown(self, submission: Submission, chat_id: int) -> None:
        """Note that the message that asked this chat shows the decision: it need not be edited again."""
        await self.submissions.close(submission.article.fingerprint, chat_id, None, self.clock())


@dataclass(frozen=True, slots=True)
class Leaf:
    """Leaf through what waits."""

    submissions: Submissions
    trust: Trust

    async def __call__(self, user_id: int, fingerprint: str | None = None, *, backwards: bool = False) -> Turn | None:
        """Return the next one after an article, the first after none; None when nothing waits. Raise NotAnEditor."""
        await self.trust.demand(user_id)
        return await self.submissions.turn(fingerprint, backwards=backwards)
