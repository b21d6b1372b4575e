"""ask-sdk, made slim: in the bundle is what the coach imports of it, directly or by way of another module, and a
package of it imports its modules when they are asked for.

ask-sdk-model has a class for each part of each request and response that Alexa has, and each of its packages imports
all of its own; with them come clients of services that the coach does not call through it. The coach reads a few
requests and writes one kind of response.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

SLIMMED = ("ask_sdk_core", "ask_sdk_model", "ask_sdk_runtime")
MODELS = "ask_sdk_model"

CLIENTS = Path(MODELS, "services", "service_client_factory.py")
"""The module that imports a client of every service of Alexa's. ask-sdk makes one for whoever brings an HTTP client, as
the coach does not, and has to import no more than the name.
"""

NO_CLIENTS = "ServiceClientFactory = None\n"

_LAZY = """\
_WHERE = {where}


def __getattr__(name):
    if name not in _WHERE:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    found = globals()[name] = getattr(__import__(f"{{__name__}}.{{_WHERE[name]}}", fromlist=[name]), name)
    return found
"""


def slim(folder: Path, ours: Path) -> None:
    """Makes ask-sdk slim that is in a folder of modules, for the modules in the folder `ours`. Raises ValueError for a
    package of models that does more than import its modules.
    """
    (folder / CLIENTS).write_text(NO_CLIENTS, encoding="utf-8")
    needed: set[Path] = set()
    waiting = sorted(ours.rglob("*.py"))
    while waiting:
        found = set(_imported(waiting.pop(), folder)) - needed
        needed |= found
        waiting += sorted(found)
    for name in SLIMMED:
        for path in sorted((folder / name).rglob("*.py")):
            if path not in needed:
                path.unlink()
    for path in sorted((folder / MODELS).rglob("__init__.py")):
        path.write_text(lazy(path.read_text(encoding="utf-8")), encoding="utf-8")


def lazy(source: str) -> str:
    """The source of a package that gives the same names, each imported when it is asked for. Raises ValueError."""
    where = _modules_of(source)
    return _LAZY.format(where=where) if where else ""


def _modules_of(source: str) -> dict[str, str]:
    """What a package imports of its own modules: for each name the module. Raises ValueError for all else in it."""
    where: dict[str, str] = {}
    for line in ast.parse(source).body:
        match line:
            case ast.ImportFrom(module="__future__"):
                pass
            case ast.ImportFrom(module=str(module), names=[ast.alias(name=name, asname=None)], level=1) if name != "*":
                where[name] = module
            case _:
                raise ValueError(f"line {line.lineno} is no import of a module of the package")
    return where


def _imported(path: Path, folder: Path) -> Iterator[Path]:
    """The files of ask-sdk that a module imports when it is imported itself, or when a function of it is called."""
    in_models = path.is_relative_to(folder / MODELS)
    if in_models and path.name == "__init__.py":
        # It will import its modules only when they are asked for.
        return
    for line in _when_it_runs(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(line, ast.ImportFrom):
            continue
        package = path.parents[line.level - 1] if line.level else folder
        base = package.joinpath(*(line.module or "").split(".")) if line.module else package
        if not base.is_relative_to(folder) or base.relative_to(folder).parts[:1] not in {(name,) for name in SLIMMED}:
            continue
        for alias in line.names:
            yield from _files(base, alias.name, folder)


def _files(base: Path, name: str, folder: Path) -> Iterator[Path]:
    """The file that has a name of a module or a package, and the packages around it."""
    package = base / "__init__.py"
    file = base.with_suffix(".py")
    if package.exists():
        file = package
        if base.is_relative_to(folder / MODELS):
            file = base / f"{_modules_of(package.read_text(encoding='utf-8'))[name]}.py"
        elif (base / f"{name}.py").exists():
            file = base / f"{name}.py"
    yield file
    for parent in file.relative_to(folder).parents[:-1]:
        yield folder / parent / "__init__.py"


def _when_it_runs(module: ast.AST) -> Iterator[ast.AST]:
    """All that is in a module, but for what only a type checker looks at."""
    for node in ast.iter_child_nodes(module):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            continue
        yield node
        yield from _when_it_runs(node)
