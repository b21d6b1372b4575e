"""`python -m authoring check` tells what is wrong with content and interaction models; `compile` writes what loads;
`package` makes the bundle for AWS Lambda.

Exit status 0 when all is well, 1 when something has to be mended first.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from authoring import compile as compiling
from authoring import model
from authoring.check import checked
from authoring.content import Library
from authoring.package import RUNTIME, PackageError, package


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m authoring", description="Check and compile what the coach says.")
    parser.add_argument("command", choices=("check", "compile", "package"))
    parser.add_argument("--root", type=Path, default=Path(), help="folder of the repository (default: this one)")
    parser.add_argument("--out", type=Path, help="folder for what is made (default: lambda/coach/compiled, or build)")
    parser.add_argument(
        "--python",
        default=f"python{RUNTIME}",
        help="package: the Python that compiles the modules (default: %(default)s)",
    )
    options = parser.parse_args(arguments)
    library, problems = checked(options.root)
    if options.command == "check":
        problems = sorted([*problems, *model.problems(options.root)])
    for problem in problems:
        print(problem)
    if problems or library is None:
        return 1
    if options.command == "compile":
        for path in compiling.write(library, options.out or options.root / "lambda" / "coach" / "compiled"):
            print(f"wrote {path}")
    if options.command == "package":
        return _package(library, options.root, options.out or options.root / "build", options.python)
    return 0


def _package(library: Library, root: Path, out: Path, python: str) -> int:
    try:
        made = package(library, root, out, python)
    except PackageError as error:
        print(error)
        return 1
    print(f"wrote {made.path}: {made.path.stat().st_size:,} bytes, sha256 {made.digest}")
    if not made.bytecode:
        print(f"There is no Python {RUNTIME} as {python}: the modules are not compiled, so the function starts later.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
