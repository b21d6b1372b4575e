"""Files and folders that are there whole, or are as they were before.

Rule: what is made is made beside its place first, so that a fault, or an end in the middle, leaves what was there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a path to write a file or a folder to. It takes the place of `path` once the block has ended well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=path.parent, prefix=".made-") as beside:
        made = Path(beside, path.name)
        yield made
        if path.is_dir():
            # A folder cannot be put in the place of one that has files in it.
            path.rename(Path(beside, "before"))
        made.replace(path)
