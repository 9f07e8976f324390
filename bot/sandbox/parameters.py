"""Parameters of a Bot API request: read from wherever they may stand, and turned into what a method asks for."""

import json
import re
from collections.abc import Callable, Mapping
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any, Final
from urllib.parse import parse_qsl

from bot.sandbox.refusals import RefusedError, bad_request

Kind = Callable[[str, Any], Any]

_MAX_FIELDS: Final = 200
_MAX_INTEGER: Final = 2**63
_LONGEST_WAIT: Final = 60.0


def read(query: str, content_type: str, body: bytes) -> dict[str, Any]:
    """Return the parameters of a request; those of the body win over those of the address."""
    kind = content_type.partition(";")[0].strip().lower()
    parameters: dict[str, Any] = _form(query)
    if kind == "application/json":
        parameters |= _json(body)
    elif kind == "multipart/form-data":
        parameters |= multipart(content_type, body)
    elif kind == "application/x-www-form-urlencoded":
        parameters |= _form(_utf8(body))
    return parameters


def multipart(content_type: str, body: bytes) -> dict[str, Any]:
    """Return the fields of a multipart form: text as str, a file as (name, type, bytes)."""
    header = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(header + body)
    if not message.is_multipart():
        raise bad_request("can't parse the multipart form")
    fields: dict[str, Any] = {}
    for part in message.iter_parts():
        content = part.get_payload(decode=True)
        name = part.get_param("name", header="content-disposition")
        if not isinstance(content, bytes) or not isinstance(name, str):
            raise bad_request("can't parse the multipart form")
        file_name = part.get_filename()
        fields[name] = (file_name, part.get_content_type(), content) if file_name else _utf8(content)
    return _attached(fields)


_ATTACHED: Final = "attach://"


def _attached(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with the file of another part in place of the name by which one refers to it."""
    named = {
        name: part
        for name, value in fields.items()
        if isinstance(value, str)
        and value.startswith(_ATTACHED)
        and isinstance(fields.get(part := value.removeprefix(_ATTACHED)), tuple)
    }
    rest = {name: value for name, value in fields.items() if name not in named.values()}
    return rest | {name: fields[part] for name, part in named.items()}


def converted(raw: Mapping[str, Any], kinds: Mapping[str, Kind]) -> dict[str, Any]:
    """Return the parameters as the method's kinds say; refuse the unknown, and leave out null."""
    for name in raw:
        if name not in kinds:
            raise bad_request(f'unknown parameter "{name}"')
    return {name: kinds[name](name, value) for name, value in raw.items() if value is not None}


def string(name: str, value: Any) -> str:
    """Return a text; numbers are taken as Telegram takes them, by their digits."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise _mistyped(name, "String")
    text = str(value)
    if re.search("[\ud800-\udfff]", text):
        raise bad_request("strings must be encoded in UTF-8")
    return text


def integer(name: str, value: Any) -> int:
    """Return a number that fits 64 bits."""
    digits = value if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not re.fullmatch(r"\s*[+-]?\d{1,19}\s*", digits, re.ASCII):
        raise _mistyped(name, "Number")
    number = int(digits)
    if abs(number) >= _MAX_INTEGER:
        raise _mistyped(name, "Number")
    return number


def boolean(name: str, value: Any) -> bool:
    """Return a flag, in any of the spellings Telegram knows."""
    known = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
    spelled = str(value).strip().lower()
    if spelled not in known:
        raise _mistyped(name, "Boolean")
    return known[spelled]


def chat(name: str, value: Any) -> int | str:
    """Return a chat's number, or its @name."""
    text = string(name, value).strip()
    if not text:
        raise bad_request(f"{name} is empty")
    return text if re.fullmatch(r"@\w{1,64}", text, re.ASCII) else integer(name, text)


def file(name: str, value: Any) -> tuple[str, str, bytes] | str:
    """Return a file that is sent (name, type, bytes), or what names one that is there: an identifier or an address."""
    return value if isinstance(value, tuple) else string(name, value)


def seconds(name: str, value: Any) -> float:
    """Return how long somebody is ready to wait, at most a minute."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"\d{1,6}(?:\.\d{1,9})?", text, re.ASCII):
        raise _mistyped(name, "Number")
    return min(float(text), _LONGEST_WAIT)


def number(name: str, value: Any) -> float:
    """Return a number, with a sign and digits behind a point where it has them."""
    text = str(value).strip()
    if isinstance(value, bool) or not re.fullmatch(r"[+-]?\d{1,6}(?:\.\d{1,18})?", text, re.ASCII):
        raise _mistyped(name, "Number")
    return float(text)


def json_object(name: str, value: Any) -> dict[str, Any]:
    """Return an object, that of a form being JSON in a string."""
    decoded = _decoded(name, value)
    if not isinstance(decoded, dict):
        raise bad_request(f"object expected as {name.replace('_', ' ')}")
    return decoded


def json_array(name: str, value: Any) -> list[Any]:
    """Return an array, that of a form being JSON in a string."""
    decoded = _decoded(name, value)
    if not isinstance(decoded, list):
        raise bad_request(f"expected an Array of {name.replace('_', ' ')}")
    return decoded


def _decoded(name: str, value: Any) -> Any:
    decoded = value
    if isinstance(value, str):
        try:
            decoded = _loaded(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from error
    _refuse_surrogates(decoded)
    return decoded


def _loaded(text: str | bytes) -> Any:
    """Return what JSON says; NaN and Infinity, which Python would take, are not JSON."""
    return json.loads(text, parse_constant=_no_constant)


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _refuse_surrogates(value: Any) -> None:
    """Refuse halves of surrogate pairs, which JSON can spell and UTF-8 cannot."""
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except (UnicodeEncodeError, RecursionError) as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _json(body: bytes) -> dict[str, Any]:
    try:
        decoded = _loaded(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad_request("can't parse JSON object") from error
    if not isinstance(decoded, dict):
        raise bad_request("object expected as request body")
    _refuse_surrogates(decoded)
    return decoded


def _form(text: str) -> dict[str, Any]:
    try:
        return dict(parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MAX_FIELDS))
    except ValueError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _utf8(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise bad_request("strings must be encoded in UTF-8") from error


def _mistyped(name: str, kind: str) -> RefusedError:
    return bad_request(f'parameter "{name}" must be of type {kind}')
