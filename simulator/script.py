"""A conversation from a file: one utterance a line, played at once on a clock that jumps.

Rule: a line is answered as soon as it is read, so that a program can hold the other end.

    # a remark
    alexa, open hip coach       two seconds after the last speech ended
    @+20s next                  twenty seconds into the speech
    @silence                    nobody answers until the session ends
    @stream                     until a stream begins, or goes on
    @+1d                        a day goes by
"""

from collections.abc import Callable, Iterable

from simulator import report
from simulator.device import Speaker
from simulator.duration import milliseconds


class ScriptError(ValueError):
    """A line that is not part of a script. The message says which, and why."""


def play(lines: Iterable[str], speaker: Speaker, show: Callable[[str], None]) -> bool:
    """Play `lines` and show what happens; true when every answer could be used. Raises ScriptError."""
    shown = 0
    for number, line in enumerate(lines, 1):
        try:
            turn = _read(line.strip())
        except ValueError as error:
            raise ScriptError(f"Line {number}: {error}.") from error
        turn(speaker)
        for heard in speaker.heard[shown:]:
            for text in report.lines(heard):
                show(text)
        shown = len(speaker.heard)
    if speaker.session_open:
        show("  (the script ends here, with the session open)")
    return not any(heard.fault for heard in speaker.heard)


def _read(line: str) -> Callable[[Speaker], object]:
    """What a line asks of the speaker. Raises ValueError when it asks for nothing that there is."""
    if not line or line.startswith("#"):
        return lambda _: None
    if not line.startswith("@"):
        return lambda speaker: speaker.say(line)
    command, _, words = line[1:].partition(" ")
    if command == "silence" and not words:
        return lambda speaker: speaker.silence()
    if command == "stream" and not words:
        return lambda speaker: speaker.listen()
    if not command.startswith("+"):
        raise ValueError(f'"{line}" is neither @silence, @stream nor a time such as @+20s')
    ms = milliseconds(command[1:])
    if words.strip():
        return lambda speaker: speaker.say(words.strip(), into_ms=ms)
    return lambda speaker: speaker.wait(ms)
