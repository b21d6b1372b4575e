"""A terminal with a program in it, as a person sees it: what stands on the screen, in which colours, and the keys."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections import deque
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyte

from tests.patience import PATIENCE_SECONDS

ROOT = Path(__file__).parents[2]
DRAWN = re.compile(rb"(?<=\x1b\[\?25h)")
"""Where a drawing of the screen ends: the cursor is shown again."""


class _Screen(pyte.Screen):
    """A screen that answers when it is asked where its cursor is."""

    def __init__(self, columns: int, rows: int, keys: int) -> None:
        super().__init__(columns, rows)
        self._keys = keys

    def write_process_input(self, data: str) -> None:
        os.write(self._keys, data.encode())


class PseudoTerminal:
    """To be used in a `with`, which ends the program. Each look waits until what is looked for is there."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], size: tuple[int, int], *, piped: bool
    ) -> None:
        pid, self._keys = pty.fork()
        if pid == 0:
            os.chdir(ROOT)
            line = [*command] if not piped else ["/bin/sh", "-c", '"$@" | cat', "sh", *command]
            os.execvpe(line[0], line, {"TERM": "xterm-256color", **environ})  # noqa: S606
        self._pid = pid
        self._over = False
        self.raw = b""
        self._came: deque[bytes] = deque()
        self._screen = _Screen(*size, self._keys)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._keys)
        os.waitpid(self._pid, 0)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, without what is empty at the ends of lines."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """All of it as one text, however it is broken into lines."""
        return " ".join(" ".join(self.lines).split())

    @property
    def echoes(self) -> bool:
        """Whether what is typed is shown by the terminal itself, as it is where no program asks for anything else."""
        return bool(termios.tcgetattr(self._keys)[3] & termios.ECHO)

    def colour(self, words: str) -> tuple[str, bool, bool]:
        """The colour of the last line that begins with these words, and whether it is bold or slanted."""
        row = next(row for row in reversed(range(len(self.lines))) if self.lines[row].startswith(words))
        column = len(words) - len(words.lstrip())
        cell: Any = self._screen.buffer[row][column]
        return cell.fg, cell.bold, cell.italics

    def type(self, line: str) -> None:
        """Type a line, with Enter at its end."""
        self.press(f"{line}\r")

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._keys, keys.encode())

    def see(self, *words: str) -> str:
        """Wait until all these words stand on the screen, and return it as a text."""
        self._look(lambda: all(one in self.text for one in words), f"{words} is not to be seen")
        return self.text

    def see_line(self, line: str) -> None:
        """Wait until a line of the screen is this one."""
        self._look(lambda: line in self.lines, f"{line} is no line")

    def see_so_often(self, words: str, times: int) -> None:
        """Wait until these words stand on the screen so many times."""
        self._look(lambda: self.text.count(words) == times, f"{words} is not there {times} times")

    def see_no_more(self, words: str) -> None:
        """Wait until these words are gone from the screen."""
        self._look(lambda: words not in self.text, f"{words} does not go away")

    def see_end(self) -> None:
        """Wait until the program has ended."""
        self._look(lambda: self._over, "it does not end")

    def leave(self) -> None:
        """Press Ctrl-D until the program has ended: between two typed lines nobody takes keys for a moment."""

        pressed = 0.0

        def ended() -> bool:
            nonlocal pressed
            if not self._over and time.monotonic() > pressed + 1:
                self.press("\x04")
                pressed = time.monotonic()
            return self._over

        self._look(ended, "it does not end")

    def end(self, how: signal.Signals) -> None:
        """End the program from outside."""
        os.kill(self._pid, how)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._screen.resize(rows, columns)
        self._set_size()

    def _set_size(self) -> None:
        size = struct.pack("HHHH", self._screen.lines, self._screen.columns, 0, 0)
        fcntl.ioctl(self._keys, termios.TIOCSWINSZ, size)

    def _look(self, there: Any, otherwise: str) -> None:
        given_up = time.monotonic() + PATIENCE_SECONDS
        while not there():
            assert time.monotonic() < given_up, "\n".join([otherwise, *self.lines])
            if self._came or select.select([self._keys], [], [], 0.1)[0]:
                self._take()

    def _take(self) -> None:
        """Show what the program wrote, one drawing at a time: a busy reader misses none of what stood there between."""
        if not self._came:
            self._came.extend(DRAWN.split(self._read()))
        self._stream.feed(self._came.popleft())

    def _read(self) -> bytes:
        try:
            came = os.read(self._keys, 65536)
        except OSError:
            came = b""
        self._over = not came
        self.raw += came
        return came
