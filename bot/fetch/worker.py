"""The process in which strangers' content is read: it may be killed at any moment. Run by ``bot.fetch.bounded``."""

import resource
import sys
from contextlib import suppress
from typing import BinaryIO

from bot.fetch.documents import read_document
from bot.fetch.feeds import feeds_on, read_feed
from bot.fetch.jobs import ANSWERS, JOBS, Answer, Job, Refused
from bot.fetch.opml import read_opml
from bot.fetch.pages import read_page
from bot.fetch.refusals import ContentRefused, Reason
from bot.processes import pipes


def main() -> None:
    """Read jobs until there are no more; answer each with one line."""
    jobs, answers = pipes()
    _limit(int(sys.argv[1]))
    _serve(jobs, answers)


def _limit(memory: int) -> None:
    """Let no job have more memory; where the system cannot do that, time still limits it."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE):  # nothing is written, not even a core
        resource.setrlimit(kind, (0, 0))


def _serve(jobs: BinaryIO, answers: BinaryIO) -> None:
    while header := jobs.readline():
        job = JOBS.validate_json(header)
        answers.write(ANSWERS.dump_json(answered(job, jobs.read(job.size))) + b"\n")
        answers.flush()


def answered(job: Job, content: bytes) -> Answer:
    """Return what was read, or why it could not be: never raises, whatever the content does to a library."""
    try:
        return _read(job, content)
    except ContentRefused as error:
        return Answer(refused=Refused(error.reason, error.detail))
    except (MemoryError, RecursionError) as error:
        return Answer(refused=Refused(Reason.TOO_COMPLEX, type(error).__name__))
    except Exception as error:  # noqa: BLE001 - one content must not take the next one's reader with it
        return Answer(refused=Refused(Reason.DAMAGED, type(error).__name__))


def _read(job: Job, content: bytes) -> Answer:
    match job.what:
        case "page":
            return Answer(page=read_page(content, job.name, job.charset, job.now))
        case "feed":
            return Answer(feed=read_feed(content, job.name, job.charset, job.now))
        case "feeds on a page":
            return Answer(links=tuple(feeds_on(content, job.name, job.charset)))
        case "document":
            return Answer(document=read_document(content, job.name, job.now))
        case "opml":
            return Answer(outlines=read_opml(content))


if __name__ == "__main__":
    main()
