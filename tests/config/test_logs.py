import json
import logging
from collections.abc import Iterator

import pytest

from config.logs import configure

TOKEN = "123456789:AAexampleexampleexampleexample00"  # noqa: S105  # opens nothing
SECRET = "AAexampleexampleexampleexample00"  # noqa: S105
OWN = "5:short"
NAMES = (None, "telegram", "apscheduler", "bot", "handlers", "config")


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


@pytest.mark.parametrize(
    "quoted",
    [
        pytest.param("cannot read {}", id="as it is"),
        pytest.param("cannot read {!r}", id="as repr"),
        pytest.param("cannot read {!a}", id="as ASCII"),
    ],
)
@pytest.mark.parametrize("as_json", [pytest.param(False, id="text"), pytest.param(True, id="json")])
def test_an_error_that_quotes_a_text_is_told_without_its_message(
    capsys: pytest.CaptureFixture[str],
    quoted: str,
    as_json: bool,  # noqa: FBT001
) -> None:
    text = "خبر Reuters عاجل"
    configure("INFO", as_json=as_json)

    try:
        failed(quoted.format(text))
    except ValueError:
        logging.getLogger("bot").exception("update=%d failed", 7)

    shown = capsys.readouterr().err
    assert "ValueError: …" in shown
    assert "Reuters" not in shown
    assert "in failed" in shown


@pytest.mark.parametrize("error", [KeyError("Reuters"), UnicodeEncodeError("ascii", "Reuters é", 8, 9, "no")])
def test_an_error_that_is_made_of_its_value_does_not_show_it(
    capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    log = a_log()

    log.error("update=%d failed", 7, exc_info=error)

    assert "Reuters" not in capsys.readouterr().err


def test_a_text_in_an_event_is_blanked(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.warning("title=%s", "مصر")

    assert "title=…" in capsys.readouterr().err


def test_an_event_is_json_with_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", OWN, as_json=True)

    logging.getLogger("bot.telegram").info("delivery=%d outcome=%s token=%s", 7, "Sent", OWN)

    (line,) = capsys.readouterr().err.splitlines()
    event = json.loads(line)
    assert event.pop("time").endswith("+00:00")
    assert event == {
        "level": "INFO",
        "logger": "bot.telegram",
        "message": "delivery=7 outcome=Sent token=***",
        "delivery": 7,
        "outcome": "Sent",
        "token": "***",
    }


def test_a_traceback_is_a_field_of_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    configure("INFO", as_json=True)

    try:
        failed(f"token {TOKEN}")
    except ValueError:
        logging.getLogger("bot").exception("poll=failed")

    (line,) = capsys.readouterr().err.splitlines()
    assert SECRET not in line
    assert json.loads(line)["traceback"].endswith("ValueError: token ***")


def test_errors_side_by_side_are_all_told(capsys: pytest.CaptureFixture[str]) -> None:
    log = a_log()

    log.error("stopped", exc_info=ExceptionGroup("tasks", [ValueError("one"), TypeError("two")]))

    shown = capsys.readouterr().err
    assert "ValueError: one" in shown
    assert "TypeError: two" in shown


@pytest.mark.parametrize("name", ["sqlalchemy.engine", "httpx", "asyncio", "uvicorn.error", "charset_normalizer"])
def test_libraries_say_nothing_below_a_warning_at_any_level(capsys: pytest.CaptureFixture[str], name: str) -> None:
    configure("DEBUG")

    logging.getLogger(name).info("INSERT INTO updates")
    logging.getLogger("handlers.x").debug("our own")

    assert "INSERT" not in (shown := capsys.readouterr().err)
    assert "our own" in shown
