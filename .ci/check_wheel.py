"""Check that a built wheel owns the three package names, whole, and nothing else."""

import sys
import zipfile
from pathlib import Path

NAMES = {"bot", "handlers", "config"}
SHIPPED = {"config/topics.tsv", "config/locale/ar.po", "config/locale/en.po", "bot/storage/migrations/env.py"}


def main(wheel: str) -> int:
    """Return 0 if the wheel is as it should be; tell what is wrong otherwise."""
    names = zipfile.ZipFile(wheel).namelist()
    top = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    sources = {str(path) for name in NAMES for path in Path(name).rglob("*.py")} | SHIPPED
    problems = [f"not ours: {name}" for name in sorted(top - NAMES)]
    problems += [f"missing: {name}" for name in sorted((NAMES - top) | (sources - set(names)))]
    sys.stdout.write("\n".join([*problems, f"{wheel}: {len(names)} files, owns {', '.join(sorted(top))}\n"]))
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
