"""The token of a sandbox, if nobody gives it another."""

from typing import Final

DEFAULT_TOKEN: Final = "123456:SANDBOX-TOKEN-FOR-LOCAL-USE-ONLY"  # noqa: S105  # opens nothing but the sandbox
