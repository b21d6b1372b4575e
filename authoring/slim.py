"""The models of ask-sdk, made slim: in the bundle a class of theirs is imported when it is used, and what the coach
never uses is left out.

ask-sdk-model is a class for each part of each request and response that Alexa has, and each of its packages imports all
of its own. The coach reads a few requests and writes one kind of response.
"""

from __future__ import annotations

import ast
from pathlib import Path

_PACKAGE = "ask_sdk_model"

_LAZY = """\
_WHERE = {where}


def __getattr__(name):
    if name not in _WHERE:
        raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
    found = globals()[name] = getattr(__import__(f"{{__name__}}.{{_WHERE[name]}}", fromlist=[name]), name)
    return found
"""


def slim(folder: Path) -> None:
    """Makes the models slim that are in a folder of modules. Raises ValueError for a package that does more than import
    its modules.
    """
    for init in sorted((folder / _PACKAGE).rglob("__init__.py")):
        init.write_text(lazy(init.read_text(encoding="utf-8")), encoding="utf-8")


def lazy(source: str) -> str:
    """The source of a package that gives the same names, each imported when it is asked for. Raises ValueError."""
    where: dict[str, str] = {}
    for line in ast.parse(source).body:
        match line:
            case ast.ImportFrom(module="__future__"):
                pass
            case ast.ImportFrom(module=str(module), names=[ast.alias(name=name, asname=None)], level=1):
                where[name] = module
            case _:
                raise ValueError(f"line {line.lineno} is no import of a module of the package")
    return _LAZY.format(where=where) if where else ""
