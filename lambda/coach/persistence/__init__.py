"""What outlives a turn or an evening.

Rule: nothing about health, no names, no words that were said. What a person changed is an operation that can be made
again; a person is encoded in one module.

`progress` what is kept of a person · `changes` the operations on it · `reading` plain data, field by field · `heard`,
`plans`, `trials` and `document` the one way in which it is written down · `older` what earlier versions wrote ·
`repository` the port to where it is kept · `stores` where that is.
"""

from coach.persistence.changes import Change, Delta
from coach.persistence.progress import Mode, Preferences, Progress, Went, week_of
from coach.persistence.repository import Person, ProgressRepository

__all__ = ["Change", "Delta", "Mode", "Person", "Preferences", "Progress", "ProgressRepository", "Went", "week_of"]
