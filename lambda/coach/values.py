"""A value that is like another one but for some fields: what `dataclasses.replace` does, in a fifth of the time.

A turn makes some seventy new values out of old ones. The library's way goes through each field's description and calls
the class; here the fields are copied, and what is derived from them, if anything, is derived again. Nothing changes a
value, so that one which would have nothing new in it is the old one.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The type checker knows the library's own, and tells of a field that there is not.
    from dataclasses import replace
else:

    def replace(value: Any, **changes: Any) -> Any:
        """A dataclass like `value` with other fields. Raises TypeError for what is no field of it."""
        old = value.__dict__
        for name, of in changes.items():
            if old.get(name, changes) is not of:
                break
        else:
            return value
        kind = type(value)
        names, worked_out, derive = _shape(kind)
        new = old | changes
        for name in worked_out:
            new.pop(name, None)
        if len(new) > len(names):
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(changes.keys() - names))}")
        made = object.__new__(kind)
        made.__dict__.update(new)
        if derive:
            derive(made)
        return made


__all__ = ["replace"]


@cache
def _shape(kind: Any) -> tuple[frozenset[str], tuple[str, ...], Any]:
    """The fields of a kind of value, what it works out from them once it is asked, and what derives fields from others,
    if anything does.
    """
    worked_out = tuple(name for each in kind.__mro__ for name, of in vars(each).items() if type(of) is cached_property)
    return frozenset(field.name for field in fields(kind)), worked_out, getattr(kind, "__post_init__", None)
