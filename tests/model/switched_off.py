"""What does not happen in the model, or is not asked, since the coach does not keep its promise there yet.

Rule: each has a story in `test_stories.py` that is expected to fail. Whoever mends it takes it away in both places.
"""

COPY_LATER = "a copy of a request comes after the next turn of its session"
BACK_AFTER_DELETION = "a request from before a deletion comes after it"
IDLE_BESIDE_A_ROUTINE = "a session with nothing on the go goes on beside a routine of the same person"
STALE_COUNT = "the second answer to a request that came twice, and was overtaken, tells how often"
CUT_WHILE_AWAY = "a session ends before what it has told as done could be written"
OPEN_ELSEWHERE = "a session is open on another speaker while all of its person is deleted"
HALF_DELETED = "what is kept of the account is deleted, and then the store fails for the voice"
OLDER_SETTING = "a setting that could not be written is written after a newer one of another speaker"
VOICE_OF_VERSION_2 = "a session that version 2 has left open is that of a recognised voice"

SWITCHED_OFF = frozenset(
    (
        *(COPY_LATER, BACK_AFTER_DELETION, IDLE_BESIDE_A_ROUTINE, STALE_COUNT),
        *(CUT_WHILE_AWAY, OPEN_ELSEWHERE, HALF_DELETED, OLDER_SETTING, VOICE_OF_VERSION_2),
    )
)
