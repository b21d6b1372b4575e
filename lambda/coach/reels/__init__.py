"""Answers as one sound of known length: clips of a voice that was rendered before, joined as the timeline has it.

Rule: nothing of this is imported where there is no voice pack; without one, and whenever anything of it is missing or
fails, an answer is the plain SSML that it would have been. What is put on a shelf has nothing of a person in it,
neither in its bytes nor in its name: what differs from person to person is spoken by the device itself.

`frames` the one format · `pack` the clips of a voice · `reel` an answer's clips, joined · `shelf` where devices fetch
it, a `folder` or `s3` · `devices` that could not · `answers` what lays answers out that way
"""

from coach.reels.answers import ReelAnswers
from coach.reels.pack import packs_in
from coach.reels.shelf import open_shelf

__all__ = ["ReelAnswers", "open_shelf", "packs_in"]
