"""What is meant, where the body is, and what is said: one turn of a conversation.

Rule: pure. It knows no platform, no clock, no chance, no environment and no I/O; what it needs comes in with the
moment.

`events` what a person meant, and `details` what came with it · `errands` what is done outside the conversation ·
`session` the memory of one conversation, `sparing` what a body is spared in it, and `outset` what it is doing as an
answer begins · `moment` all that a reply may look
at · `telling`, `transfers`, `leading`, `work` and `coaching` how steps are spoken, and `lengths` how long that takes ·
`ladder` how doses grow from an easy start · `listening` how fast the speaker speaks · `stream` what plays by itself ·
`whereabouts` where the body is by now · `reminder_times` which times are meant, and `naming` which names · `guards`
what an event means here, and `short_words` the shortest of them · `replies` what each row of the table says · `rows`,
`trouble` and `table` the table · `questions` which one is passed over · `unwritten` what is said of what the store has
not taken · `machine` one step through the table · `turn` one turn from end to end · `carried` what goes from one turn
to the next, and `recollections` what of it need not be read again.
"""

from coach.conversation.carried import Carried
from coach.conversation.errands import Errand, Reminders, SetReminders, StopReminders
from coach.conversation.events import Event, Heard
from coach.conversation.moment import Moment, Storage
from coach.conversation.recollections import Recollections
from coach.conversation.session import Session, State
from coach.conversation.turn import Turn, arrive, take_turn, wanted

__all__ = [
    "Carried",
    "Errand",
    "Event",
    "Heard",
    "Moment",
    "Recollections",
    "Reminders",
    "Session",
    "SetReminders",
    "State",
    "StopReminders",
    "Storage",
    "Turn",
    "arrive",
    "take_turn",
    "wanted",
]
