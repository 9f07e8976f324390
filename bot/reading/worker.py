"""The process in which articles are read; run by ``bot.reading.process``."""

import os
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

from bot.domain.reading import Findings, Knowledge
from bot.domain.topic import TopicIndex
from bot.processes import pipes
from bot.reading.jobs import About, Answer, Job, Learn, Open, Search, Summarise, answer_line, message_in
from bot.summarize.budget import Budget
from bot.summarize.summarizer import SumySummarizer


@dataclass(frozen=True, slots=True)
class ReadingDesk:
    """All that one reading process knows and can do."""

    knowledge: Knowledge
    summarizer: SumySummarizer
    budget: Budget

    def answer(self, job: Job) -> Answer:
        """Do a job; a mistake of ours is an answer too, without a word of the text."""
        try:
            return self._answer(job)
        except Exception as error:  # noqa: BLE001 - the next article must not wait for a new process
            last = traceback.extract_tb(error.__traceback__)[-1]
            return Answer(failed=f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}")

    def _answer(self, job: Job) -> Answer:
        match job:
            case Open(draft):
                return Answer(opened=self.knowledge.opened(draft))
            case Search():
                return Answer(findings=self._findings(job))
            case Summarise(text, repeated):
                return Answer(summary=self.summarizer(text.title, text.body, text.tags, self.budget, repeated))
            case About(topic, texts):
                index = TopicIndex([topic])
                found = [index.read(text.title, "\n".join(text.body), text.tags).subjects for text in texts]
                return Answer(subjects=tuple(subjects[0] if subjects else None for subjects in found))

    def _findings(self, job: Search) -> Findings:
        layout = job.layout
        return Findings(
            subjects=self.knowledge.subjects(layout),
            suggested=self.knowledge.suggested(layout),
            mentioned=self.knowledge.mentioned(layout),
            summary=self.summarizer(layout.title, layout.body, layout.tags, self.budget, job.repeated),
        )


_NICENESS = 10  # on a busy machine the conversation goes first


def main() -> None:
    """Answer until there is nothing more to answer."""
    os.nice(_NICENESS)
    sentences, chars, with_capitals = map(int, sys.argv[1:])
    desk = ReadingDesk(Knowledge(with_capitals=bool(with_capitals)), SumySummarizer(), Budget(sentences, chars))
    questions, answers = pipes()
    for line in questions:
        message = message_in(line)
        if isinstance(message, Learn):
            desk.knowledge.learn(message.topics, message.tags)
        else:
            answers.write(answer_line(desk.answer(message)))
            answers.flush()


if __name__ == "__main__":
    main()
