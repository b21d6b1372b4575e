"""What stands above the line that is typed: whose each line is shows in its colour, and all of it fits the terminal.

Rule: where a terminal has no colours, is told to show none, or is no terminal, lines are plain and stand as they came.
"""

import os
import sys
import termios
import textwrap
import tty
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from prompt_toolkit import print_formatted_text
from prompt_toolkit.application import create_app_session, get_app_session, run_in_terminal
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.output.plain_text import PlainTextOutput
from prompt_toolkit.styles import Style
from prompt_toolkit.utils import is_dumb_terminal

from simulator.report import Kind, Line

STYLE: Final = Style.from_dict(
    {
        Kind.YOU.value: "ansicyan bold",
        Kind.COACH.value: "",
        Kind.INTENT.value: "ansimagenta",
        Kind.NOTE.value: "italic",
        Kind.WARNING.value: "ansired",
    }
)
LINES_KEPT: Final = 200
"""More than any terminal shows at once."""
ROWS_BELOW: Final = 6
"""So many rows are left for what is spoken just now, the typed line and the bar."""


@contextmanager
def terminal_session() -> Iterator[None]:
    """The terminal of this process, for as long as somebody sits at it. What goes to a file or a pipe is as plain as
    what a typewriter shows.
    """
    if not sys.stdout.isatty():
        os.environ["TERM"] = "dumb"
    plain = PlainTextOutput(sys.stdout) if is_dumb_terminal() else None
    with create_app_session(output=plain), _keys_kept():
        yield


@contextmanager
def _keys_kept() -> Iterator[None]:
    """While no line can be typed, as when an answer is being made, keys wait for the next one, Ctrl-C and Ctrl-D among
    them. A terminal that is left as it was takes them for itself.
    """
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    tty.setcbreak(keyboard)
    kept = termios.tcgetattr(keyboard)
    kept[tty.LFLAG] &= ~termios.ISIG
    termios.tcsetattr(keyboard, termios.TCSANOW, kept)
    try:
        yield
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)


class Screen:
    """The lines so far. Those in sight are laid out again when the terminal changes its size."""

    def __init__(self) -> None:
        self.plain = is_dumb_terminal()
        self._lines: deque[Line] = deque(maxlen=LINES_KEPT)
        self._size = get_app_session().output.get_size()

    @property
    def columns(self) -> int:
        """How long a line may be."""
        return self._size.columns - 1

    def show(self, lines: Iterable[Line]) -> None:
        """Add lines at the end."""
        for line in lines:
            self._lines.append(line)
            self._print(line)

    def fit(self) -> None:
        """Lay everything in sight out again, if the terminal has another size than before."""
        size = get_app_session().output.get_size()
        if size != self._size and not self.plain:
            self._size = size
            run_in_terminal(self._again)

    def wrapped(self, text: str) -> list[str]:
        """A text as lines that fit, its own breaks and its indents kept."""
        return [part for line in text.split("\n") for part in self._wrapped(line)]

    def _wrapped(self, line: str) -> list[str]:
        indent = line[: len(line) - len(line.lstrip())]
        return textwrap.wrap(line, self.columns, subsequent_indent=indent) or [""]

    def _again(self) -> None:
        output = get_app_session().output
        output.erase_screen()
        output.cursor_goto(0, 0)
        rows, shown = self._size.rows - ROWS_BELOW, 0
        in_sight: list[Line] = []
        for line in reversed(self._lines):
            shown += len(self.wrapped(line.text))
            if shown > rows:
                break
            in_sight.insert(0, line)
        for line in in_sight:
            self._print(line)

    def _print(self, line: Line) -> None:
        if self.plain:
            print(line.text, flush=True)
            return
        text = "\n".join(self.wrapped(line.text))
        print_formatted_text(FormattedText([(f"class:{line.kind.value}", text)]), style=STYLE, flush=True)
