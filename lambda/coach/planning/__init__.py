"""What there is to do, in which order, and for how long.

Rule: pure data and sums. It knows no person, no words, no time of day and no platform, and imports only itself.

`exercises` what there is to coach · `conditions` what some bodies leave out of it · `growth` how its doses grow from an
easy start · `plan` what is being done, and a place in it · `steps` a plan as it is played · `option` what one exercise
can be in a plan of a certain length, and `fitting` sketches of such a plan · `wish` the plan that suits what was asked
for · `alike` exercises that can stand for one another.
"""

from coach.planning.exercises import (
    PLANNED,
    Breaths,
    Exercise,
    Flow,
    Hold,
    Library,
    Position,
    Reps,
    Routine,
    Rung,
    Side,
    Variation,
    Work,
)
from coach.planning.plan import Dose, Place, Plan, alone, authored
from coach.planning.steps import Manner, Played, Step
from coach.planning.wish import Wish, planned

__all__ = [
    "PLANNED",
    "Breaths",
    "Dose",
    "Exercise",
    "Flow",
    "Hold",
    "Library",
    "Manner",
    "Place",
    "Plan",
    "Played",
    "Position",
    "Reps",
    "Routine",
    "Rung",
    "Side",
    "Step",
    "Variation",
    "Wish",
    "Work",
    "alone",
    "authored",
    "planned",
]
