"""What the product says can be said is understood, and with nothing but the samples: so Alexa hears it too."""

from datetime import date
from pathlib import Path

import pytest

from simulator.nlu import Understanding
from simulator.nlu.evaluation import slots_of

TODAY = date(2026, 11, 23)

PROMISED = [
    ("start my hip routine", "StartRoutineIntent", {"routine": "hips"}),
    ("I have ten minutes", "StartRoutineIntent", {"length": "PT10M"}),
    ("I only have ten minutes", "StartRoutineIntent", {"length": "PT10M"}),
    ("something for my lower back", "StartRoutineIntent", {"area": "lower_back"}),
    ("something for my lower back, ten minutes", "StartRoutineIntent", {"area": "lower_back", "length": "PT10M"}),
    ("ten minutes for my hips", "StartRoutineIntent", {"area": "hips", "length": "PT10M"}),
    ("The quick one.", "StartRoutineIntent", {"routine": "quick"}),
    ("just the pigeon pose", "OneExerciseIntent", {"exercise": "pigeon_pose"}),
    ("only do the seated lunge", "OneExerciseIntent", {"exercise": "seated_lunge"}),
    ("I can't get down on the floor", "NoFloorIntent", {}),
    ("next", "AMAZON.NextIntent", {}),
    ("next step", "AMAZON.NextIntent", {}),
    ("done", "AMAZON.NextIntent", {}),
    ("ready", "AMAZON.NextIntent", {}),
    ("okay", "AMAZON.NextIntent", {}),
    ("go on", "AMAZON.NextIntent", {}),
    ("I've done it", "AMAZON.NextIntent", {}),
    ("move on", "AMAZON.NextIntent", {}),
    ("skip this one", "SkipIntent", {}),
    ("I can't do this one", "SkipIntent", {}),
    ("go on without this one", "SkipIntent", {}),
    ("go back", "AMAZON.PreviousIntent", {}),
    ("the one before", "AMAZON.PreviousIntent", {}),
    ("repeat", "AMAZON.RepeatIntent", {}),
    ("say that again", "AMAZON.RepeatIntent", {}),
    ("what did you say", "AMAZON.RepeatIntent", {}),
    ("again", "AMAZON.RepeatIntent", {}),
    ("pause", "AMAZON.PauseIntent", {}),
    ("wait", "AMAZON.PauseIntent", {}),
    ("hang on", "AMAZON.PauseIntent", {}),
    ("hold on", "AMAZON.PauseIntent", {}),
    ("give me a second", "AMAZON.PauseIntent", {}),
    ("carry on", "AMAZON.ResumeIntent", {}),
    ("continue", "AMAZON.ResumeIntent", {}),
    ("I'm back", "AMAZON.ResumeIntent", {}),
    ("Okay, I'm back.", "AMAZON.ResumeIntent", {}),
    ("resume yesterday's session", "AMAZON.ResumeIntent", {}),
    ("pick up where I left off", "AMAZON.ResumeIntent", {}),
    ("start over", "AMAZON.StartOverIntent", {}),
    ("from the beginning", "AMAZON.StartOverIntent", {}),
    ("go to pigeon pose", "GoToIntent", {"exercise": "pigeon_pose"}),
    ("skip ahead to the squat", "GoToIntent", {"exercise": "deep_squat_rest"}),
    ("number five", "GoToIntent", {"number": "5"}),
    ("Go to the dolphin.", "GoToIntent", {"exercise": "?dolphin"}),
    ("other side", "SwitchSideIntent", {}),
    ("how much longer", "TimeLeftIntent", {}),
    ("where am I", "WhereAmIIntent", {}),
    ("how many are left", "WhereAmIIntent", {}),
    ("what's next", "WhatsNextIntent", {}),
    ("what comes after this", "WhatsNextIntent", {}),
    ("how do I do this", "ExplainIntent", {}),
    ("explain", "ExplainIntent", {}),
    ("what is this good for", "WhyIntent", {}),
    ("am I doing it right", "CheckPositionIntent", {}),
    ("which leg is in front", "CheckPositionIntent", {}),
    ("this is too hard", "EasierIntent", {}),
    ("I can't reach", "EasierIntent", {}),
    ("The easier one.", "EasierIntent", {}),
    ("make it harder", "DeeperIntent", {}),
    ("thirty more seconds", "MoreTimeIntent", {"number": "30"}),
    ("hold it longer", "MoreTimeIntent", {}),
    ("hold shorter", "LessTimeIntent", {}),
    ("slower", "SlowerIntent", {}),
    ("you're going too fast", "SlowerIntent", {}),
    ("faster", "FasterIntent", {}),
    ("ouch", "PainIntent", {}),
    ("that hurts", "PainIntent", {}),
    ("Ouch, my knee.", "PainIntent", {"part": "knee"}),
    ("sharp pain in my hip", "PainIntent", {"sensation": "sharp", "part": "hip"}),
    ("my leg is numb", "PainIntent", {"sensation": "numb", "part": "leg"}),
    ("I feel dizzy", "PainIntent", {"sensation": "dizzy"}),
    ("I can't feel my foot", "PainIntent", {"sensation": "cannot_feel", "part": "foot"}),
    ("How am I doing?", "ProgressIntent", {}),
    ("my streak", "ProgressIntent", {}),
    ("did I do it yesterday", "ProgressIntent", {"day": "2026-11-22"}),
    ("log a squat", "LogIntent", {"exercise": "deep_squat_rest"}),
    ("I did my tummy tilts", "LogIntent", {"exercise": "pelvic_tilt"}),
    ("I did three pelvic tilts", "LogIntent", {"exercise": "pelvic_tilt", "number": "3"}),
    ("remind me every day at seven", "SetReminderIntent", {"time": "07:00"}),
    ("remind me every evening at seven", "SetReminderIntent", {"time": "EV", "time_two": "07:00"}),
    ("in the evening", "SetReminderIntent", {"time": "EV"}),
    ("remind me three times a day", "SetReminderIntent", {"number": "3"}),
    (
        "remind me at nine, twelve and three to do my tummy tilts",
        "SetReminderIntent",
        {"time": "09:00", "time_two": "12:00", "time_three": "03:00", "exercise": "pelvic_tilt"},
    ),
    ("stop reminding me", "StopRemindersIntent", {}),
    ("hands free", "HandsFreeIntent", {}),
    ("go on without asking me", "HandsFreeIntent", {}),
    ("wait for me", "StepByStepIntent", {}),
    ("hold longer in general", "LongerHoldsIntent", {}),
    ("weekly goal of four days", "WeeklyGoalIntent", {"number": "4"}),
    ("what can I choose from", "ListRoutinesIntent", {}),
    ("what is in this routine", "ListExercisesIntent", {}),
    ("more", "MoreIntent", {}),
    ("what else", "MoreIntent", {}),
    ("the second one", "ChooseIntent", {"choice": "2"}),
    ("never give me this one again", "LeaveOutIntent", {}),
    ("delete my data", "ForgetMeIntent", {}),
    ("forget me", "ForgetMeIntent", {}),
    ("taking a rest day", "RestDayIntent", {}),
    ("I'm off this week", "RestDayIntent", {}),
    ("I'm taking two weeks off", "RestDayIntent", {"length": "P2W"}),
    ("I hurt myself, no exercises for three weeks", "RestDayIntent", {"length": "P3W"}),
    ("I'm away until Friday", "RestDayIntent", {"day": "2026-11-27"}),
    ("I hurt myself", "PainIntent", {}),
    ("I'm injured", "PainIntent", {}),
    ("help", "AMAZON.HelpIntent", {}),
    ("stop", "AMAZON.StopIntent", {}),
    ("cancel", "AMAZON.CancelIntent", {}),
    ("yes", "AMAZON.YesIntent", {}),
    ("no", "AMAZON.NoIntent", {}),
]


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding.from_file(Path(__file__).parents[2] / "interaction_model" / "en-US.json")


@pytest.mark.parametrize(("said", "intent", "slots"), PROMISED, ids=[said for said, _, _ in PROMISED])
def test_what_the_product_promises_is_a_sample(
    understanding: Understanding, said: str, intent: str, slots: dict[str, str]
) -> None:
    match = understanding.understand(said, strict=True, today=TODAY)

    assert (match.intent, slots_of(match), match.exact) == (intent, slots, True)
