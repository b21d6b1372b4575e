"""`python -m authoring check` tells what is wrong with content and interaction models, and what they and the code owe
each other. `names` adds the names that content has to the models; `compile` writes what loads; `poses` draws the
pictures of the exercises; `package` makes the bundle for AWS Lambda, of the modules that `dependencies` fetches, and
`skill` the package for the Alexa service; `diagram` prints the states.

Exit status 0 when all is well, 1 when something has to be mended first: then nothing is written.
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from authoring import compile as compiling
from authoring import diagram, manifest, model, model_files, names
from authoring.addresses import PARTS_OF_THE_WORLD, Addresses
from authoring.check import checked, owed
from authoring.content import Library
from authoring.interpreters import RUNTIME, interpreter
from authoring.package import PackageError, fetched, package
from authoring.poses import sheet
from authoring.whole import replacing


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status."""
    options = _parser().parse_args(arguments)
    if options.command == "diagram":
        # It is of the table alone. A fault of content, told here, would go into the page that this is printed to.
        print(diagram.states(), end="")
        return 0
    if options.command == "dependencies":
        return _dependencies(options.root)
    library, problems = checked(options.root)
    if options.command in ("check", "skill"):
        problems = [*problems, *model.problems(options.root, None if problems else library)]
    if options.command == "skill":
        problems = [*problems, *manifest.problems(options.root)]
    if options.command == "check":
        problems = [*problems, *owed(options.root, library)]
    changed: list[Path] = []
    if options.command == "names":
        changed, faults = names.bring(options.root, None if problems else library)
        problems = [*problems, *faults]
    for problem in sorted(set(problems)):
        print(problem)
    if problems or library is None:
        return 1
    match options.command:
        case "names":
            for path in changed:
                print(f"wrote {path}")
        case "compile":
            out = options.root / "lambda" / "coach" / "compiled"
            with replacing(out) as made:
                written = compiling.write(library, made)
            with replacing(options.root / model_files.MADE) as made:
                # What is wrong with a model is told by `check`; here it is only not there.
                model_files.write(model_files.read(options.root, library)[0], made)
            for path in written:
                print(f"wrote {out / path.name}")
        case "poses":
            for path in sheet.write(library, options.root):
                print(f"wrote {path}")
        case "package":
            return _package(library, options)
        case "skill":
            return _skill(options)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m authoring", description="Check and make what the coach is of.")
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--root", type=Path, default=Path(), help="folder of the repository (default: this one)")
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument("--out", type=Path, help="folder for what is made (default: build)")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("check", parents=[common], help="tell what is wrong with content, and between it and code")
    commands.add_parser("names", parents=[common], help="add the names that content has to the interaction models")
    commands.add_parser("compile", parents=[common], help="write the content that the coach loads")
    commands.add_parser("poses", parents=[common], help="draw all pictures of the exercises, and a sheet of them")
    commands.add_parser("diagram", parents=[common], help="print the states of a conversation")
    commands.add_parser("dependencies", parents=[common], help="fetch the modules of the bundle, once")
    bundle = commands.add_parser("package", parents=[common, out], help="make the bundle for AWS Lambda")
    bundle.add_argument(
        "--python", default=f"python{RUNTIME}", help="the Python that compiles the modules (default: %(default)s)"
    )
    bundle.add_argument(
        "--without-bytecode", action="store_true", help="compile nothing: such a bundle takes twice as long to start"
    )
    skill = commands.add_parser("skill", parents=[common, out], help="make the package for the Alexa service")
    skill.add_argument(
        "--endpoint", default="", help="what the skill calls: an ARN or an https address, if not the last"
    )
    for part in PARTS_OF_THE_WORLD:
        skill.add_argument(f"--{part.lower()}", default="", help=f"what it calls in this part of the world: {part}")
    skill.add_argument("--site", default="", help="the address under which the pages of docs/ are published")
    return parser


def _dependencies(root: Path) -> int:
    try:
        fetched(root)
    except PackageError as error:
        print(error)
        return 1
    return 0


def _package(library: Library, options: argparse.Namespace) -> int:
    compiler = None if options.without_bytecode else interpreter(options.python)
    if not compiler and not options.without_bytecode:
        print(
            f"There is no Python {RUNTIME} as {options.python}, nor where version managers keep theirs, to compile the"
        )
        print(
            "bundle for the function. Install it and say where it is, RUNTIME_PYTHON=/path/to/it, or ask by name for a"
        )
        print("bundle that starts twice as late: BYTECODE=no.")
        return 1
    try:
        made = package(library, options.root, options.out or options.root / "build", compiler)
    except PackageError as error:
        print(error)
        return 1
    print(f"wrote {made.path}: {made.path.stat().st_size:,} bytes, sha256 {made.digest}")
    return 0


def _skill(options: argparse.Namespace) -> int:
    out = options.out or options.root / "build"
    regions = {part: uri for part in PARTS_OF_THE_WORLD if (uri := getattr(options, part.lower()))}
    addresses = Addresses(options.endpoint, regions, options.site).or_else(manifest.known(out))
    if not addresses.endpoint:
        print("Nobody said what the skill calls, and with such a package a skill that works would fall silent. Say it,")
        print("ENDPOINT=arn:aws:lambda:... or ENDPOINT=https://..., or use `make deploy`, which knows it by itself.")
        return 1
    try:
        made = manifest.assemble(options.root, out, addresses)
    except manifest.ManifestError as error:
        print(error)
        return 1
    print(f"wrote {made}, which calls {addresses.endpoint}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
