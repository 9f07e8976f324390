"""A process of our own that answers one line with one line: what takes long or may break runs there."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Mapping
from typing import BinaryIO, Self


class ProcessEnded(Exception):
    """The process ended, or said something that is no answer; whatever it knew is lost."""


_LONGEST_ANSWER = 64_000_000  # bytes; three times the largest document
_START = 20.0  # seconds for the libraries to load on a busy machine


class WorkerProcess:
    """One process, asked one thing after the other; it ends when its input does, so it cannot outlive us."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.asked = 0

    @classmethod
    async def begun(cls, module: str, *arguments: str) -> Self:
        """Start a module that sees nothing of ours: not the token in the environment, not the working directory."""
        return cls(
            await asyncio.create_subprocess_exec(
                sys.executable, "-I", "-m", module, *arguments, env=_environment(), start_new_session=True,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
                limit=_LONGEST_ANSWER,
            )
        )  # fmt: skip

    async def ask(self, message: bytes, seconds: float) -> bytes:
        """Return the answer to a message; raise TimeoutError, or ProcessEnded.

        After either, and after a cancellation, the process must be killed: it may still be answering.
        """
        self.asked += 1
        async with asyncio.timeout(seconds + (_START if self.asked == 1 else 0)):
            try:
                line = await self._line(message)
            except (ConnectionError, ValueError) as error:
                raise ProcessEnded(type(error).__name__) from error
        if not line.endswith(b"\n"):
            raise ProcessEnded("process ended")
        return line

    async def _line(self, message: bytes) -> bytes:
        reader, writer = self._process.stdout, self._process.stdin
        if reader is None or writer is None:
            raise TypeError("started with pipes")
        writer.write(message)
        await writer.drain()
        return await reader.readline()

    def kill(self) -> None:
        """End it at once: there is nothing in it to save."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End it, and wait until it is gone."""
        self.kill()
        await self._process.wait()


def _environment() -> Mapping[str, str]:
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "TZ") if name in os.environ}


def pipes() -> tuple[BinaryIO, BinaryIO]:
    """Return, in such a process, what to read questions from and where to write answers.

    What a library prints goes to standard error: it is no answer.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return sys.stdin.buffer, answers
