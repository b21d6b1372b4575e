"""The entry that AWS Lambda calls."""

import os

from coach.bootstrap import bootstrap
from coach.config import Settings

lambda_handler = bootstrap(Settings.from_env(os.environ))
