"""All pictures: each as a file, and together on one sheet, to be looked at.

Rule: the sheet is of the content alone, so it is the same each time, and a test holds docs/poses.svg to it.
"""

import shutil
import subprocess
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple

from authoring.content import Language, Library
from authoring.poses.page import Pose
from authoring.poses.picture import HEIGHT, WIDTH
from authoring.poses.svg import Theme, svg
from authoring.wording import render

SHEET = Path("docs") / "poses.svg"
COLUMNS = {"way": "the way in", "usual": "usual", "easier": "easier", "deeper": "deeper"}
THEMES: dict[Theme, str] = {"light": "#faf8f4", "dark": "#11161c"}
"""The themes, with a page that they are for."""

FIGURE = "figure{display:inline-block;width:23%;margin:.5%}"
TITLE, GAP = 30, 6
BROWSERS = ("chromium", "chromium-browser", "google-chrome")


class Drawn(NamedTuple):
    """A picture with its names, and the words for its side: empty for both at once."""

    exercise: str
    way: str
    side: str
    pose: Pose
    mark: str
    told: str


def drawn(library: Library, language: Language) -> Iterator[Drawn]:
    """All pictures, in the words of a language."""
    sides = language.words.content.sides
    for name in library.routines.content["full"].exercises:
        words = language.exercises[name].content
        spoken = {"left": (sides.left, sides.right), "right": (sides.right, sides.left)}
        if library.exercises[name].content.sides == "both":
            spoken = {"both": ("", "")}
        for side, (this, other) in spoken.items():
            for way, pose in library.poses[name].content:
                if pose:
                    told = render(getattr(words, way).picture, this, other) if way != "way" else ""
                    yield Drawn(name, way, side, pose, this[:1].upper(), told)


def write(library: Library, root: Path) -> list[Path]:
    """Write all pictures, pages to look at them, and the sheet of the docs; which files there are then."""
    out = root / "build" / "poses"
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    all_of_it = list(drawn(library, library.languages[0]))
    for theme, page in THEMES.items():
        rows = []
        for one in all_of_it:
            picture = svg(one.pose, one.side, theme, mark=one.mark, told=one.told)
            name = f"{one.exercise}-{one.way}-{one.side}-{theme}.svg"
            (out / name).write_text(picture, encoding="utf-8")
            title = f"{one.exercise}, {COLUMNS[one.way]}, {one.side}: {one.told}"
            rows.append(f"<figure>{picture}<figcaption>{escape(title)}</figcaption></figure>")
        style = f"body{{background:{page};color:#888;font:14px sans-serif}}{FIGURE}"
        (out / f"{theme}.html").write_text(f"<style>{style}</style>{''.join(rows)}", encoding="utf-8")
    (root / SHEET).write_text(sheet(library), encoding="utf-8")
    return [out / f"{theme}.html" for theme in THEMES] + list(_photographed(out, len(all_of_it))) + [root / SHEET]


def sheet(library: Library) -> str:
    """The pictures of the left, in a row for each exercise."""
    language = library.languages[0]
    left = [one for one in drawn(library, language) if one.side != "right"]
    names = list(dict.fromkeys(one.exercise for one in left))
    width, high = len(COLUMNS) * (WIDTH + GAP) + GAP, HEIGHT + TITLE
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {len(names) * high + GAP}" role="img">',
        "<title>The exercises, each with the way into it and its three variations</title>",
        f'<rect width="100%" height="100%" fill="{THEMES["light"]}"/>',
    ]
    for one in left:
        x, y = list(COLUMNS).index(one.way) * (WIDTH + GAP) + GAP, names.index(one.exercise) * high
        title = f"{language.exercises[one.exercise].content.name}, {COLUMNS[one.way]}"
        lines.append(
            f'<text x="{x + 8}" y="{y + 22}" font-family="sans-serif" font-size="16" fill="#59636e">{title}</text>'
        )
        picture = svg(one.pose, one.side, mark=one.mark).strip()
        lines.append(picture.replace("<svg ", f'<svg x="{x}" y="{y + TITLE}" width="{WIDTH}" height="{HEIGHT}" ', 1))
    return "\n".join((*lines, "</svg>")) + "\n"


def _photographed(out: Path, number: int) -> Iterator[Path]:
    """The pages as PNG, where there is a browser to take them."""
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    for theme in THEMES if browser else ():
        size = f"--window-size=1600,{(number + 3) // 4 * 340}"
        shot = out / f"{theme}.png"
        page = (out / f"{theme}.html").resolve().as_uri()
        command = [str(browser), "--headless", "--no-sandbox", "--hide-scrollbars", size, f"--screenshot={shot}", page]
        if subprocess.run(command, capture_output=True, check=False).returncode == 0:  # noqa: S603 - paths of our own
            yield shot
