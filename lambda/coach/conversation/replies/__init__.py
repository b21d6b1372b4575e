"""What each row of the table says and changes, a few lines each, by what a person wants of it.

Rule: only the machine calls these, and none of them sets a state: which one follows is the row's to say.

`answer` what a reply gives back, and how a conversation goes on after it · `moving` through the routine · `choosing`
a routine · `aside` the routine that waits · `asking` about it, and `fetching` what it needs · `changing` how it is
done · `settling` how it is done from now on · `waiting` for somebody · `instead` of an exercise · `growing` an easy
start · `replanning` the rest of it · `caring` for a body that hurts, or is in danger · `sparing` what a condition
asks somebody about first · `getting_up` from the floor ·
`keeping` what is remembered · `reminding` the speaker's reminders.
"""

from coach.conversation.replies.answer import Answer, Reply

__all__ = ["Answer", "Reply"]
