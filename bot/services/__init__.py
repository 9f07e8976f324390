"""Use cases, one verb a module: a frozen dataclass whose fields are its needs."""
