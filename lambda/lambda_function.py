"""The entry that AWS Lambda calls. Without its ids and a store it does not start, and Lambda's log says why."""

import os

from coach.bootstrap import bootstrap
from coach.config import Settings

lambda_handler = bootstrap(Settings.from_env(os.environ), deployed=True)
