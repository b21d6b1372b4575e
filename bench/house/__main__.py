"""Prints how the coach of a checkout is laid out, and how two turns run through it, as a table in Markdown.

    python -m bench.house [--root CHECKOUT] [--json FILE] [--before FILE] [--page FILE]

With `--before`, figures that `--json` wrote of another checkout stand beside those of this one. With `--page`, the
table and a diagram of the rooms are written into a page, between their marks, and nothing is printed. The content must
be compiled in the checkout. The functions whose calls are counted go by other names where the coach is laid out
otherwise: of the names that are tried, the first that there is counts.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.house.layout import Layout, layout
from bench.house.page import NONE, NOW, Figures, MarkError, diagram, put, table

ROOT = Path(__file__).parents[2]
TURNS = Path(__file__).with_name("turns.py")
PACKAGE = "coach"
EXPANDS = "coach.planning.steps.play,coach.planner.steps"
LAYS_OUT = "coach.speaking.timeline.lay_out,coach.score.lay_out"
TAKES = "coach.conversation.turn.take_turn,coach.turn.take_turn"
TITLES = {
    "next": "“Next” in the middle of a hold on the left",
    "yes": "“Yes” to a reminder at seven",
}


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser(
        prog="python -m bench.house", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--root", type=Path, default=ROOT, help="the checkout, or else this one")
    options.add_argument("--json", type=Path, help="also write the figures to this file")
    options.add_argument("--before", type=Path, help="a file that --json wrote, to stand beside")
    options.add_argument("--page", type=Path, help="write into this page instead of printing")
    options.add_argument("--expands", default=EXPANDS, help="what expands a plan into its steps (%(default)s)")
    options.add_argument("--lays-out", default=LAYS_OUT, help="what lays a script out in time (%(default)s)")
    options.add_argument("--takes", default=TAKES, help="what takes a whole turn (%(default)s)")
    chosen = options.parse_args()
    root = chosen.root.resolve()
    if not (root / "lambda" / PACKAGE).is_dir():
        # Where there is none, Python would go on to one that is installed.
        options.error(f"there is no lambda/{PACKAGE} in {root}")
    house = layout(root / "lambda", PACKAGE)
    now = of_layout(house)
    now |= of_turns(routes(root, [chosen.expands, chosen.lays_out, chosen.takes]))
    if chosen.json:
        chosen.json.write_text(json.dumps(now, ensure_ascii=False, indent=1) + "\n")
    told = table({"Before": json.loads(chosen.before.read_text()), NOW: now} if chosen.before else {NOW: now})
    if not chosen.page:
        print(told)
        return
    try:
        page = put(put(chosen.page.read_text(encoding="utf-8"), "rooms", diagram(house.arrows)), "figures", told)
    except (OSError, MarkError) as error:
        options.error(str(error))
    chosen.page.write_text(page, encoding="utf-8")


def routes(root: Path, names: Sequence[str]) -> Mapping[str, Any]:
    """The routes of the turns through the coach of a checkout, as `turns` prints them. Raises CalledProcessError."""
    environment = {"PYTHONPATH": f"{root / 'lambda'}:{root}"}
    # -P: the folder of the program itself is no place to import from.
    done = subprocess.run(
        [sys.executable, "-P", TURNS, *names], check=True, stdout=subprocess.PIPE, text=True, env=environment
    )
    told: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def of_layout(house: Layout) -> Figures:
    """The figures of how a package is laid out."""
    circle = f"none, for there is a circle: {' → '.join(house.circle)}"
    return {
        "Rooms": str(len(house.imports)),
        "Floors": circle if house.circle else str(len(house.floors)),
        "The longest way down": " → ".join(house.floors) or NONE,
        "Pairs of rooms with an import between them": f"{house.ties} of {house.pairs}",
        "Modules": str(len(house.modules)),
        "The longest of them, in lines": ", ".join(f"{name} {lines}" for name, lines in house.longest),
        "Functions": str(len(house.functions)),
        "Their mean length in lines": f"{house.mean_lines:.1f}",
    }


def of_turns(routes: Mapping[str, Any]) -> Figures:
    """The figures of how the turns run."""
    figures: Figures = {}
    for turn, title in TITLES.items():
        told = routes[turn]
        expanded, laid_out, taken = told["counted"].values()
        rows = {
            "files entered": told["files"],
            "functions entered": told["functions"],
            "calls": told["calls"],
            "returns into a file that it had left": told["returns"],
            "the plan is expanded into steps": expanded,
            "a script is laid out in time": laid_out,
            "the whole turn is taken": taken,
        }
        figures |= {f"{title}: {row}": NONE if count is None else str(count) for row, count in rows.items()}
    return figures


if __name__ == "__main__":
    main()
