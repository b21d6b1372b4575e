"""`python -m authoring check` tells what is wrong with content and interaction models; `compile` writes what loads.

Exit status 0 when all is well, 1 when something has to be mended first.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from authoring import compile as compiling
from authoring.check import checked


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m authoring", description="Check and compile what the coach says.")
    parser.add_argument("command", choices=("check", "compile"))
    parser.add_argument("--root", type=Path, default=Path(), help="folder of the repository (default: this one)")
    parser.add_argument("--out", type=Path, help="folder for compiled files (default: lambda/coach/compiled)")
    options = parser.parse_args(arguments)
    library, problems = checked(options.root)
    for problem in problems:
        print(problem)
    if problems or library is None:
        return 1
    if options.command == "compile":
        for path in compiling.write(library, options.out or options.root / "lambda" / "coach" / "compiled"):
            print(f"wrote {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
