"""Every setting, its default and what it means."""

import re
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from platformdirs import user_config_path, user_data_path
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PREFIX = "MUJAZ_"
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]+", re.ASCII)
_MOST_OWNERS = 100


class BadSettings(Exception):
    """Settings that cannot be used; the message is one line that names each of them and shows no secret."""


class Settings(BaseSettings):
    """What an operator sets, by environment or in a TOML file; the environment wins."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    token: SecretStr | None = Field(default=None, description="the bot's token, from @BotFather; `mujaz run` needs it")
    api_url: str = Field(default="https://api.telegram.org", description="the root of the Bot API server")
    database: str = Field(
        default_factory=lambda: str(user_data_path("mujaz") / "mujaz.sqlite"),
        description="a path, or a URL like `postgresql://mujaz@localhost/mujaz`; by default a file of the user's data",
    )
    owner: Annotated[frozenset[int], NoDecode] = Field(
        default=frozenset(), description="Telegram user ids, comma separated: what they send in reaches everyone"
    )
    timezone: str = Field(default="Asia/Riyadh", description="the time zone of readers who set none (IANA name)")
    language: Literal["ar", "en"] = Field(
        default="ar", description="the language of rooms, and of readers whose Telegram speaks none of ours: ar or en"
    )
    capitals: bool = Field(
        default=False, description="true: an article that names only a capital counts as one about its country"
    )
    summary_sentences: int = Field(default=3, ge=1, le=10, description="sentences of a summary, 1 to 10; 3 if not set")
    summary_chars: int = Field(
        default=400, ge=80, le=2000, description="characters of a summary, 80 to 2000; 400 if not set"
    )
    articles_per_hour: int = Field(
        default=60, ge=1, le=10_000, description="articles that a reader may send in an hour; 60 if not set"
    )
    fetches_per_hour: int = Field(
        default=20, ge=1, le=10_000, description="links and files that a reader may have read in an hour; 20 if not set"
    )
    at_once_per_day: int = Field(
        default=5, ge=1, le=100, description="stories of one topic that a reader is sent at once in a day; 5 if not set"
    )
    fetch_allow: Annotated[frozenset[tuple[str, int | None]], NoDecode] = Field(
        default=frozenset(),
        description="hosts and addresses, with a port or without, comma separated: open to links though not public",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )

    @field_validator("token")
    @classmethod
    def _is_token(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("not a bot token; it looks like 123456789:AbC…")
        return token

    @field_validator("api_url")
    @classmethod
    def _is_url(cls, url: str) -> str:
        if not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", url):
            raise ValueError("not an http or https URL")
        return url.rstrip("/")

    @field_validator("database")
    @classmethod
    def _is_database(cls, database: str) -> str:
        if not database.strip():
            raise ValueError("empty")
        return database

    @field_validator("owner", mode="before")
    @classmethod
    def _are_ids(cls, owner: Any) -> Any:
        ids = _listed(owner)
        if not all(re.fullmatch(r"[1-9]\d{0,18}", number, re.ASCII) for number in ids) or len(ids) > _MOST_OWNERS:
            raise ValueError("not user ids; they are numbers, comma separated")
        return frozenset(int(number) for number in ids)

    @field_validator("fetch_allow", mode="before")
    @classmethod
    def _are_places(cls, places: Any) -> Any:
        return frozenset(_place(place) for place in _listed(places))

    @field_validator("timezone")
    @classmethod
    def _is_zone(cls, zone: str) -> str:
        try:
            return ZoneInfo(zone).key
        except (KeyError, OSError, ValueError) as error:
            raise ValueError("not an IANA time zone, such as Asia/Riyadh") from error

    @field_validator("log_level", mode="before")
    @classmethod
    def _in_capitals(cls, level: Any) -> Any:
        return level.upper() if isinstance(level, str) else level

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's interface
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - the library's interface
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Take what is given in code, then the environment, then the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)


def _listed(value: Any) -> list[str]:
    """Return the parts of a list, whether a file wrote it as one or commas part it."""
    parts = value.replace("،", ",").split(",") if isinstance(value, str) else value
    if not isinstance(parts, list | tuple | set | frozenset):
        parts = [parts]
    return [str(part).strip() for part in parts if str(part).strip()]


_PLACE = re.compile(
    r"(?:\[(?P<address>[0-9A-Fa-f:.]+)\]|(?P<host>[^\s:/?#@\[\]]+(?:/\d{1,3})?))(?::(?P<port>\d{1,5}))?", re.ASCII
)
_BARE_ADDRESS = re.compile(r"[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(?:/\d{1,3})?", re.ASCII)  # of version 6
_LAST_PORT = 65_535


def _place(text: str) -> tuple[str, int | None]:
    if _BARE_ADDRESS.fullmatch(text):
        return _network_or_host(text), None
    found = _PLACE.fullmatch(text)
    port = int(found["port"]) if found and found["port"] else None
    if found is None or (port is not None and not 1 <= port <= _LAST_PORT):
        raise ValueError("not hosts or addresses, such as 127.0.0.1:8099 or news.intranet; comma separated")
    return _network_or_host(found["address"] or found["host"]), port


def _network_or_host(text: str) -> str:
    """Return a place as it is; a typing error in an address or a network must not pass for a host's name."""
    if re.fullmatch(r"[\d./]+|[^/]*/.*|.*:.*", text):
        try:
            ip_network(text, strict=False)
        except ValueError as error:
            raise ValueError("not an address or a network, such as 10.0.0.0/8") from error
    return text.lower()


def read_settings(file: Path | None = None) -> Settings:
    """Return the settings from the environment and a TOML file; raise BadSettings.

    With no file given, ``mujaz.toml`` in the user's configuration directory counts if it is there.
    """
    path = file or user_config_path("mujaz") / "mujaz.toml"
    if file is not None and not file.is_file():
        raise BadSettings(f"--config: {file} is not a file")

    class FromFile(Settings):
        model_config = SettingsConfigDict(toml_file=path)

    try:
        return FromFile()
    except ValidationError as error:
        raise BadSettings("; ".join(_told(problem) for problem in error.errors(include_url=False))) from error
    except (OSError, ValueError) as error:
        raise BadSettings(f"{path}: {error}") from error


def _told(problem: Any) -> str:
    name = PREFIX + str(problem["loc"][0]).upper() if problem["loc"] else PREFIX
    message = str(problem["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if problem["type"] != "extra_forbidden" else f"{name}: no such setting"
