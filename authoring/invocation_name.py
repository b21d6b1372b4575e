"""The rules for the name that calls the skill. It can never change once the skill is published, so it is checked early.

Source: "Choose the Invocation Name for a Custom Skill" in the Alexa documentation.
"""

import re
from collections.abc import Iterator

LAUNCH_WORDS = {
    "launch", "ask", "tell", "load", "begin", "enable", "start", "open", "play", "run", "resume", "use", "talk", "to",
}  # fmt: skip
CONNECTING_WORDS = {"from", "by", "using", "with", "about", "for", "that", "if", "and", "whether", "through"}
WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "skill", "app", "ziggy"}
SMALL_WORDS = {"the", "a", "an", "of", "to", "for", "in", "on", "at", "with", "from", "by"}


def faults(name: str) -> Iterator[str]:
    """What Amazon would refuse about an invocation name."""
    words = name.split()
    if len(words) < 2:
        yield f"the invocation name `{name}` needs two words or more"
    if not re.fullmatch(r"[a-z.' ]+", name):
        yield f"the invocation name `{name}` may have lower-case letters, apostrophes and full stops only"
    for word in words:
        if word in LAUNCH_WORDS | CONNECTING_WORDS:
            yield f"the invocation name `{name}` has the word `{word}`, which calls a skill or leads on to a request"
        if word in WAKE_WORDS:
            yield f"the invocation name `{name}` has the word `{word}`, which is Amazon's own"
        if len(words) == 2 and word in SMALL_WORDS:
            yield f"the invocation name `{name}` has two words, and `{word}` may not be one of them"
