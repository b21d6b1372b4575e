"""What does not happen in the model, or is not asked, since the coach does not keep its promise there yet.

Rule: each has a story in `test_stories.py` that is expected to fail. Whoever mends it takes it away in both places.
"""

OLDER_SETTING = "a setting that could not be written is written after a newer one of another speaker"

SWITCHED_OFF = frozenset((OLDER_SETTING,))
