"""The entry that AWS Lambda calls. Without its ids and a store it does not start, and Lambda's log says why."""

import gc
import os

# What is imported stays: nothing of it is garbage, and no later search for garbage has to look at it.
gc.disable()

from coach.bootstrap import bootstrap  # noqa: E402 - after the search was called off
from coach.config import Settings  # noqa: E402
from coach.conversation import Recollections  # noqa: E402

SESSIONS_AT_ONCE = 100
"""More than one process answers between two turns of a session. Each takes some ten kilobytes."""

lambda_handler = bootstrap(Settings.from_env(os.environ), recollections=Recollections(SESSIONS_AT_ONCE), deployed=True)

gc.freeze()
gc.enable()
