"""What can be said to a player without the name of the skill: pause, next, start over and the like.

Rule: these words mean the same on every device, whatever the interaction model of the skill has. Source: AudioPlayer
interface reference, "the built-in intents for playback control".
"""

from typing import Final

STOP: Final = "stop"
"""The word of which reports differ: mostly it comes as a pause."""

_INTENTS: Final = {
    "AMAZON.PauseIntent": ("pause", "pause it", "pause this", STOP),
    "AMAZON.ResumeIntent": ("resume", "continue", "keep going", "play"),
    "AMAZON.NextIntent": ("next", "skip", "skip this"),
    "AMAZON.PreviousIntent": ("previous", "go back", "back"),
    "AMAZON.RepeatIntent": ("repeat", "repeat that", "say that again"),
    "AMAZON.StartOverIntent": ("start over", "restart", "start again"),
    "AMAZON.CancelIntent": ("cancel", "cancel that"),
    "AMAZON.ShuffleOnIntent": ("shuffle", "shuffle on", "turn on shuffle", "turn shuffle on"),
    "AMAZON.ShuffleOffIntent": ("shuffle off", "turn off shuffle", "turn shuffle off", "stop shuffling"),
    "AMAZON.LoopOnIntent": ("loop", "loop on", "turn on loop", "turn loop on"),
    "AMAZON.LoopOffIntent": ("loop off", "turn off loop", "turn loop off", "stop looping"),
}
_MEANT: Final = {words: intent for intent, said in _INTENTS.items() for words in said}


def plain(said: str) -> str:
    """What was said in small letters, with one space between the words and without marks at the end."""
    return " ".join(said.lower().strip(" .,!?").split())


def meant(said: str) -> str | None:
    """The intent of these words to a player; None for all others, which need the name of the skill."""
    return _MEANT.get(plain(said))
