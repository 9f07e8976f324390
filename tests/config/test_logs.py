import logging
from collections.abc import Iterator

import pytest

from config.logs import configure

TOKEN = "123456789:AAexampleexampleexampleexample00"  # noqa: S105  # opens nothing
SECRET = "AAexampleexampleexampleexample00"  # noqa: S105
OWN = "5:short"
NAMES = (None, "httpx", "httpcore", "telegram", "apscheduler", "alembic")


@pytest.fixture(autouse=True)
def _restored() -> Iterator[None]:
    """Put back what configuring changes for the whole process."""
    root, levels = logging.getLogger(), {name: logging.getLogger(name).level for name in NAMES}
    handlers = root.handlers[:]
    yield
    root.handlers[:] = handlers
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


def a_log() -> logging.Logger:
    """Configure inside the test: its standard error is another one than that of its fixtures."""
    configure("INFO", OWN, "")
    return logging.getLogger("bot.telegram")


def failed(message: str) -> None:
    raise ValueError(message)


def test_an_event_is_one_line_of_fields(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.info("delivery=%d outcome=%s", 7, "Sent")

    line = capsys.readouterr().err
    assert line.startswith("time=20")
    assert line.endswith(" level=INFO logger=bot.telegram delivery=7 outcome=Sent\n")


def test_a_token_in_a_message_does_not_appear(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.warning(f"url=https://api.telegram.org/bot{TOKEN}/getMe")  # noqa: G004  # as careless code does

    shown = capsys.readouterr().err
    assert SECRET not in shown
    assert "url=https://api.telegram.org/bot***/getMe" in shown


def test_a_token_in_an_argument_does_not_appear(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.warning("bot=%r", {"token": TOKEN})

    assert SECRET not in capsys.readouterr().err


def test_a_token_in_a_traceback_does_not_appear(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    try:
        failed(f"The token `{TOKEN}` was rejected by the server.")
    except ValueError:
        log.exception("poll=failed")

    shown = capsys.readouterr().err
    assert SECRET not in shown
    assert "was rejected by the server" in shown


def test_a_token_in_the_cause_of_an_error_does_not_appear(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    try:
        try:
            failed(TOKEN)
        except ValueError as error:
            raise LookupError("above") from error
    except LookupError:
        log.exception("poll=failed")

    assert SECRET not in capsys.readouterr().err


def test_a_token_in_an_event_that_cannot_be_formatted_does_not_appear(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.warning("delivery=%d", TOKEN)  # as careless code does

    assert SECRET not in capsys.readouterr().err


def test_the_secrets_that_were_named_do_not_appear_whatever_they_look_like(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.warning("token=%s end", OWN)

    assert "token=*** end" in capsys.readouterr().err


def test_times_and_ids_are_no_tokens(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.info("slot=2026-03-14T08:00:00 receipt=501:77 chat=-1001234567890")

    assert "slot=2026-03-14T08:00:00 receipt=501:77 chat=-1001234567890" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "level", "is_shown"),
    [
        pytest.param("bot", logging.INFO, True, id="our own events"),
        pytest.param("bot", logging.DEBUG, False, id="below the level asked for"),
        pytest.param("httpx", logging.INFO, False, id="request lines, which carry the token"),
        pytest.param("httpx", logging.WARNING, True, id="a warning of httpx"),
        pytest.param("httpcore.connection", logging.DEBUG, False, id="every step of a connection"),
        pytest.param(
            "telegram.Bot", logging.ERROR, False, id="answers that the library cannot parse: they carry texts"
        ),
        pytest.param("apscheduler.scheduler", logging.WARNING, False, id="every knock"),
        pytest.param("apscheduler.scheduler", logging.ERROR, True, id="a knock that failed"),
    ],
)
def test_only_what_an_operator_needs_is_shown(
    capsys: pytest.CaptureFixture[str],
    name: str,
    level: int,
    is_shown: bool,  # noqa: FBT001
) -> None:
    a_log()

    logging.getLogger(name).log(level, "an event")

    assert ("an event" in capsys.readouterr().err) is is_shown
