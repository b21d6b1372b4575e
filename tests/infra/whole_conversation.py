"""One conversation that uses all that is deployed: words, timing, the store, and what it is to forget somebody.

Rule: any handler can be held to it, wherever it runs; what it must answer is the same everywhere.
"""

from coach.bootstrap import Handler
from tests.front_door import FrontDoor, Reply


def hold_to_it(handler: Handler) -> list[Reply]:
    """Have the conversation, and check that the coach keeps the place over sessions until it is asked to forget."""
    door = FrontDoor(handler)
    said = [door.launch()]
    assert said[-1].open
    assert "professional" in said[-1].text

    said.append(door.intent("StartRoutineIntent", {"routine": ("quick", "quick")}))
    first = said[-1].step
    assert first
    _, works, _ = said[-1].mark(first)

    said.append(door.intent("TimeLeftIntent", into=works / 1000 + 12))
    assert "seconds" in said[-1].text
    assert said[-1].step == first

    said.append(door.intent("AMAZON.StopIntent", into=5))
    assert not said[-1].open
    assert said[-1].text

    door.hang_up()
    said.append(door.intent("AMAZON.ResumeIntent"))
    assert said[-1].open
    assert said[-1].step == first, "the place was not kept"

    said.append(door.intent("ForgetMeIntent", into=1))
    said.append(door.intent("DeleteEverythingIntent", into=2))
    assert not said[-1].step

    said.append(door.launch())
    assert "professional" in said[-1].text, "somebody who was forgotten was greeted as known"
    said.append(door.intent("AMAZON.StopIntent"))
    assert not said[-1].open
    return said
