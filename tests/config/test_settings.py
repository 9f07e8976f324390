from collections.abc import Iterator
from pathlib import Path

import pytest

from config.settings import BadSettings, Settings, read_settings

TOKEN = "123456789:AAexampleexampleexampleexample00"  # noqa: S105  # opens nothing
SECRET = "AAexampleexampleexampleexample00"  # noqa: S105


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[pytest.MonkeyPatch]:
    """Begin with no setting at all: neither a variable nor a file in the user's directory."""
    for name in Settings.model_fields:
        monkeypatch.delenv(f"MUJAZ_{name.upper()}", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return iter([monkeypatch])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.toml"


def refused(file: Path | None = None) -> str:
    """Return why the settings cannot be used."""
    with pytest.raises(BadSettings) as error:
        read_settings(file)
    return str(error.value)


def test_without_a_setting_the_defaults_count(tmp_path: Path) -> None:
    settings = read_settings()

    assert settings.token is None
    assert settings.owner == frozenset()
    assert (settings.timezone, settings.language, settings.log_level) == ("Asia/Riyadh", "ar", "INFO")
    assert settings.api_url == "https://api.telegram.org"
    assert settings.database == str(tmp_path / "data" / "mujaz" / "mujaz.sqlite")


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUJAZ_TOKEN", TOKEN)
    monkeypatch.setenv("MUJAZ_TIMEZONE", "Africa/Cairo")
    monkeypatch.setenv("MUJAZ_LOG_LEVEL", "debug")
    monkeypatch.setenv("MUJAZ_API_URL", "http://127.0.0.1:8081/")

    settings = read_settings()

    assert settings.token is not None
    assert settings.token.get_secret_value() == TOKEN
    assert (settings.timezone, settings.log_level) == ("Africa/Cairo", "DEBUG")
    assert settings.api_url == "http://127.0.0.1:8081"


def test_a_file_sets(file: Path) -> None:
    file.write_text(f'token = "{TOKEN}"\nowner = [11, 22]\nlanguage = "en"\ndatabase = "mujaz.db"\n', encoding="utf-8")

    settings = read_settings(file)

    assert settings.token is not None
    assert settings.owner == {11, 22}
    assert (settings.language, settings.database) == ("en", "mujaz.db")


def test_the_environment_wins_over_the_file(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text('timezone = "Africa/Cairo"\nlanguage = "en"\n', encoding="utf-8")
    monkeypatch.setenv("MUJAZ_TIMEZONE", "Asia/Beirut")

    settings = read_settings(file)

    assert (settings.timezone, settings.language) == ("Asia/Beirut", "en")


def test_the_file_in_the_users_directory_counts_unasked(tmp_path: Path) -> None:
    folder = tmp_path / "config" / "mujaz"
    folder.mkdir(parents=True)
    (folder / "mujaz.toml").write_text('timezone = "Asia/Aden"\n', encoding="utf-8")

    assert read_settings().timezone == "Asia/Aden"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("TOKEN", "not a token", id="a token without its number"),
        pytest.param("TOKEN", f" {TOKEN}", id="a token with a space"),
        pytest.param("TOKEN", "", id="an empty token"),
        pytest.param("API_URL", "api.telegram.org", id="an address without its scheme"),
        pytest.param("API_URL", "ftp://example.org", id="an address of another kind"),
        pytest.param("API_URL", "https://user:pass@example.org", id="an address with a password"),
        pytest.param("API_URL", "https://example.org/?a=1", id="an address with a question"),
        pytest.param("DATABASE", " ", id="an empty path"),
        pytest.param("OWNER", "@editor", id="an owner's name"),
        pytest.param("OWNER", "-5", id="a negative owner"),
        pytest.param("OWNER", "1.5", id="a fraction of an owner"),
        pytest.param("OWNER", "1 2", id="owners without a comma"),
        pytest.param("OWNER", ",".join(map(str, range(1, 102))), id="a hundred and one owners"),
        pytest.param("TIMEZONE", "Mars/Olympus", id="no such zone"),
        pytest.param("TIMEZONE", "../etc/passwd", id="a path for a zone"),
        pytest.param("TIMEZONE", "", id="no zone"),
        pytest.param("LANGUAGE", "fr", id="a language that we do not speak"),
        pytest.param("LOG_LEVEL", "loud", id="no such level"),
    ],
)
def test_a_bad_setting_is_named_in_one_line(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MUJAZ_{name}", value)

    line = refused()

    assert line.startswith(f"MUJAZ_{name}: ")
    assert "\n" not in line
    assert ";" not in line.partition(": ")[0]


def test_every_bad_setting_is_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TOKEN", "TIMEZONE", "LANGUAGE"):
        monkeypatch.setenv(f"MUJAZ_{name}", "bad")

    line = refused()

    assert all(f"MUJAZ_{name}: " in line for name in ("TOKEN", "TIMEZONE", "LANGUAGE"))
    assert "\n" not in line


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(f"bot{TOKEN}", id="with a word before it"),
        pytest.param(f"{TOKEN} ", id="with a space"),
        pytest.param(SECRET, id="without its number"),
    ],
)
def test_a_bad_token_is_never_shown(monkeypatch: pytest.MonkeyPatch, token: str) -> None:
    monkeypatch.setenv("MUJAZ_TOKEN", token)

    assert SECRET not in refused()


def test_a_good_token_is_not_shown_beside_a_bad_setting(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    file.write_text(f'token = "{TOKEN}"\ntimezone = "Mars/Olympus"\n', encoding="utf-8")

    assert SECRET not in refused(file)


def test_a_token_is_not_shown_by_its_settings() -> None:
    settings = Settings.model_validate({"token": TOKEN})

    assert SECRET not in repr(settings)
    assert SECRET not in str(settings)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param('tokn = "x"\n', "MUJAZ_TOKN: no such setting", id="a name that is none"),
        pytest.param("[bot]\ntoken = 1\n", "MUJAZ_BOT: no such setting", id="a table"),
        pytest.param("token = 5\n", "MUJAZ_TOKEN: ", id="a token that is a number"),
        pytest.param("timezone = 5\n", "MUJAZ_TIMEZONE: ", id="a zone that is a number"),
        pytest.param("owner = true\n", "MUJAZ_OWNER: ", id="an owner that is a truth"),
        pytest.param("owner = 1.5\n", "MUJAZ_OWNER: ", id="an owner that is a fraction"),
        pytest.param("owner = 2026-03-14\n", "MUJAZ_OWNER: ", id="an owner that is a date"),
        pytest.param("owner = [[1]]\n", "MUJAZ_OWNER: ", id="an owner in a list too many"),
        pytest.param("log_level = []\n", "MUJAZ_LOG_LEVEL: ", id="a level that is a list"),
    ],
)
def test_a_bad_line_of_the_file_is_named(file: Path, text: str, named: str) -> None:
    file.write_text(text, encoding="utf-8")

    line = refused(file)

    assert line.startswith(named)
    assert "\n" not in line


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"token = ", id="cut off"),
        pytest.param(f"token = {TOKEN}".encode(), id="without quotation marks"),
        pytest.param(b"\xff\xfe", id="no UTF-8"),
    ],
)
def test_a_file_that_is_no_toml_is_named_and_not_shown(file: Path, content: bytes) -> None:
    file.write_bytes(content)

    line = refused(file)

    assert str(file) in line
    assert SECRET not in line
    assert "\n" not in line


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    line = refused(tmp_path / "none.toml")

    assert line == f"--config: {tmp_path / 'none.toml'} is not a file"


@pytest.mark.parametrize(
    ("typed", "owners"),
    [
        pytest.param("11", {11}, id="one"),
        pytest.param("11,22", {11, 22}, id="two"),
        pytest.param(" 11 , 22 ", {11, 22}, id="spaces"),
        pytest.param("11، 22", {11, 22}, id="an Arabic comma"),
        pytest.param("11,,22,", {11, 22}, id="a comma too many"),
        pytest.param("11,11", {11}, id="one twice"),
        pytest.param("", set(), id="none"),
    ],
)
def test_owners_are_numbers_between_commas(monkeypatch: pytest.MonkeyPatch, typed: str, owners: set[int]) -> None:
    monkeypatch.setenv("MUJAZ_OWNER", typed)

    assert read_settings().owner == owners


@pytest.mark.parametrize(
    ("written", "owners"),
    [
        pytest.param("11", {11}, id="a number"),
        pytest.param("[11, 22]", {11, 22}, id="a list of numbers"),
        pytest.param('["11", "22"]', {11, 22}, id="a list of texts"),
        pytest.param('"11، 22"', {11, 22}, id="a text"),
        pytest.param("[]", set(), id="none"),
    ],
)
def test_owners_may_stand_in_the_file_in_any_of_these_ways(file: Path, written: str, owners: set[int]) -> None:
    file.write_text(f"owner = {written}\n", encoding="utf-8")

    assert read_settings(file).owner == owners


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        pytest.param("127.0.0.1:8099", {("127.0.0.1", 8099)}, id="an address with a port"),
        pytest.param("News.Intranet", {("news.intranet", None)}, id="a host in any case"),
        pytest.param("10.0.0.0/8, ::1", {("10.0.0.0/8", None), ("::1", None)}, id="a network and an address of IPv6"),
        pytest.param("[fd00::1]:8080، a.lan:81", {("fd00::1", 8080), ("a.lan", 81)}, id="brackets, an Arabic comma"),
        pytest.param("", set(), id="none"),
    ],
)
def test_places_open_to_links_are_hosts_and_addresses_with_or_without_a_port(
    monkeypatch: pytest.MonkeyPatch, typed: str, places: set[tuple[str, int | None]]
) -> None:
    monkeypatch.setenv("MUJAZ_FETCH_ALLOW", typed)

    assert read_settings().fetch_allow == places


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("http://127.0.0.1:8099", id="a URL"),
        pytest.param("127.0.0.1:0", id="port zero"),
        pytest.param("127.0.0.1:99999", id="a port too high"),
        pytest.param("10.0.0.0/99", id="a network that is none"),
        pytest.param("127.0.0.999", id="an address that is none"),
        pytest.param("a b", id="a space"),
        pytest.param("user@host", id="credentials"),
    ],
)
def test_what_is_no_place_is_refused(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("MUJAZ_FETCH_ALLOW", typed)

    assert refused().startswith("MUJAZ_FETCH_ALLOW: not ")
