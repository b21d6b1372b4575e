"""A value that is like another one but for some fields: what `dataclasses.replace` does, in a fifth of the time.

A turn makes some seventy new values out of old ones. The library's way goes through each field's description and calls
the class; here the fields are copied, and what is derived from them, if anything, is derived again.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # The type checker knows the library's own, and tells of a field that there is not.
    from dataclasses import replace
else:

    def replace(value: Any, **changes: Any) -> Any:
        """A dataclass like `value` with other fields. Raises TypeError for what is no field of it."""
        kind = type(value)
        names, derive = _shape(kind)
        made, old = object.__new__(kind), value.__dict__
        new = {name: old[name] for name in names} | changes
        if len(new) > len(names):
            raise TypeError(f"{kind.__name__} has no {', '.join(sorted(changes.keys() - names))}")
        made.__dict__.update(new)
        if derive:
            derive(made)
        return made


__all__ = ["replace"]


@cache
def _shape(kind: Any) -> tuple[tuple[str, ...], Any]:
    """The fields of a kind of value, and what derives others from them, if anything does."""
    return tuple(field.name for field in fields(kind)), getattr(kind, "__post_init__", None)
