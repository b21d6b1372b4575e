"""The ears are tried on small routines: a good one that they find nothing wrong with, and one with each fault."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import yaml

from bench.listening import comparing, figures, judging, limits
from bench.listening.__main__ import main
from bench.listening.authored import exercises, sentences
from bench.listening.evenings import MODES, Answer, Evening, Listener, Way, reply
from bench.listening.framing import Framing
from bench.listening.script import script
from coach.speaking.tempo import Voice
from simulator.speech import pieces

ROOT = Path(__file__).parents[2]
VOICE = Voice(letter=60, word=60, comma=300, stop=500, phrase=0)

PROMPTS = """
begin: "{{ routine | routine | capitalize }}, then, about {{ minutes | minutes }}."
announce: "{{ number | ordinal | capitalize }} of {{ count | number }}: {{ exercise | the }}."
now_side: ["Now the {{ side | side }}.", "Now with {{ exercise | words_in('on') }}."]
set: "Set {{ number | number }} of {{ count | number }}."
start_hold: ["Hold there, {{ left | duration }}, from now.", "And hold, {{ left | duration }}, from now."]
start_reps: "{{ number | number | capitalize }} of them, in time with me."
start_breaths: "{% if number == 1 %}One{% else %}{{ number | number | capitalize }}{% endif %} breaths, with me."
half_way: Halfway.
ten_left: Ten more.
count: "{{ number | number | capitalize }}."
rep: "{{ number | number | capitalize }}. {{ exercise | words_in('lower') }}."
breathe_in: Breathe in.
breathe_out: And out.
last_breath_in: Last one, in.
all_of: "{{ first }}, and {{ last }}"
next_exercise: 'Next is {{ exercise | the }}. Say "next" when you''re ready.'
finished: "And that's {{ routine | routine }} done."
paused: "Paused{% if left %}, {{ left | duration }} to go{% else %} at the end{% endif %}."
list: "There is{% for name in names %} {{ name | the }}{% endfor %}."
"""

LOCALE = """
numbers: [
  zero, one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, fifteen, sixteen,
  seventeen, eighteen, nineteen, twenty, twenty-one, twenty-two, twenty-three, twenty-four, twenty-five,
]
ordinals: [zeroth, first, second]
sides: {left: left, right: right}
called: {wake_word: Alexa}
routines: {short: {the: the short routine}}
ways: {standing: {lying: [{say: Lower yourself to one side., takes: 6}]}}
"""

TWIST = """
name: lying twist
the: the lying twist
why: It is kind to a back.
"on": your knees to the {{ side }}
cautions:
  entering: Never force your head, on the {{ other }}.
  during: [If it hurts stop.]
  leaving: Come back slowly.
usual:
  setup:
    - {say: Lie on your back., takes: 5, once: true}
    - {say: "Let both knees sink to the {{ side }}.", takes: 5}
  out: [{say: Bring your knees back., takes: 3}]
easier:
  setup:
    - {say: Lie on your back., takes: 2, once: true}
    - {say: "Rest your knees on a cushion, on your {{ side }}.", takes: 4}
cues:
  breath: [A slow breath in., "Out, and heavier."]
  form: ["Keep your {{ other }} shoulder down.", Soften your jaw.]
"""

BEND = """
name: knee bend
the: the knee bend
lower: Down
rise: and up
usual: {setup: [{say: Stand tall., takes: 3, once: false}]}
cues: {form: [Heels down., Chest up.]}
"""


def silence(seconds: float) -> str:
    return f'<break time="{round(seconds * 1000)}ms"/>'


SIDE = (
    f"{{name}} {{setup}}Let both knees sink to the {{side}}. {{entering}}{silence(3)} "
    f"Hold there, twenty-five seconds, from now. {silence(7)} {{breath}} {silence(3)} {{form}} {silence(3)} "
    f"{{during}}Ten more. {silence(6)} Three. {silence(0.5)} Two. {silence(0.5)} One. {silence(0.5)} "
    f"Bring your knees back. {{leaving}}{silence(3)}"
)
LEFT = SIDE.format(
    name="The short routine, then, about two minutes. First of one: the lying twist.",
    setup=f"Lie on your back. {silence(4)} ",
    side="left",
    breath="A slow breath in.",
    form="Keep your right shoulder down.",
    entering="Never force your head, on the right. ",
    during="If it hurts stop. ",
    leaving="Come back slowly. ",
)
RIGHT = SIDE.format(
    name="Now with your knees to the right.",
    setup="",
    side="right",
    breath="Out, and heavier.",
    form="Soften your jaw.",
    entering="",
    during="",
    leaving="",
)
END = "And that's the short routine done."
ROUTINE = f"{LEFT} {RIGHT} {END}"


def bend(*cues: str, count: int = 3) -> str:
    numbers = ("One", "Two", "Three", "Four")[:count]
    reps = (
        f"{number}. Down. {cue} {silence(2)} and up {silence(2)}" for number, cue in zip(numbers, cues, strict=True)
    )
    said = f"{numbers[-1]} of them, in time with me."
    return f"First of one: the knee bend. Stand tall. {silence(3)} {said} {' '.join(reps)} That's it. {END}"


@pytest.fixture
def ears(tmp_path: Path) -> Listener:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "prompts.yaml").write_text(PROMPTS)
    (tmp_path / "locale.yaml").write_text(LOCALE)
    (tmp_path / "exercises" / "twist.yaml").write_text(TWIST)
    (tmp_path / "exercises" / "bend.yaml").write_text(BEND)
    return Listener(exercises(tmp_path), Framing(tmp_path))


def evening(
    ears: Listener, *speeches: str, mode: str = "exercise by exercise", variation: str = "usual", number: int = 1
) -> Evening:
    answers: list[Answer] = []
    for speech in speeches:
        begins = answers[-1].items[-1].ends if answers else 0
        heard = pieces(f"<speak>{speech}</speak>", VOICE)
        items = script(heard, ears.prompts, begins=begins, answer=len(answers))
        answers.append(Answer("next", tuple(items), len(speech)))
    return ears.evening(Way("short", mode, variation), number, answers)


def limits_broken(
    ears: Listener, *speeches: str, mode: str = "exercise by exercise", variation: str = "usual"
) -> set[str]:
    heard = evening(ears, *speeches, mode=mode, variation=variation)
    return {fault.limit for fault in judging.of_evening(heard, ears.prompts)}


def test_nothing_is_wrong_with_a_good_routine(ears: Listener) -> None:
    assert limits_broken(ears, ROUTINE) == set()


def test_both_sides_are_followed_by_ear(ears: Listener) -> None:
    left, right = evening(ears, ROUTINE).works
    assert (left.called, right.called) == ("twist, first side", "twist, second side")
    assert [text for text, _ in left.cues()] == ["A slow breath in.", "Keep your right shoulder down."]
    assert 7_000 + 3_000 + 3_000 + 6_000 + 1_500 < left.ends - left.begins < 30_000
    assert str(right.out[0]) == "Bring your knees back."


@pytest.mark.parametrize(
    ("limit", "good", "bad"),
    [
        ("too many instructions", "Lie on your back.", "Lie on your back. Arms wide. Knees bent."),
        ("too many instructions", "knees back.", "knees back. Roll to the side. Stand up."),
        ("too many instructions", "Lie on your back.", f"Lie on your back. Arms wide. {silence(0.5)} Knees bent."),
        ("too many words", "Lie on your back.", f"Lie on your back{', and breathe and rest and wait' * 5}."),
        ("no time for a move", f"Lie on your back. {silence(4)}", f"Lie on your back. {silence(2)}"),
        ("no time for a move", f"knees back. {silence(3)}", "knees back. "),
        ("a caution not at its moment", "If it hurts stop. ", ""),
        ("a caution not at its moment", " Come back slowly.", ""),
        ("no time for a move", silence(4), f"{silence(4)} Lower yourself to one side. {silence(1)}"),
        ("not counted to its end", f"Two. {silence(0.5)} One.", "Two."),
        ("a hold of another length", "twenty-five seconds, from now", "twenty-two seconds, from now"),
        ("no word about breathing", "A slow breath in.", "Slow down."),
        ("no word about breathing", "Out, and heavier.", "Heavier."),
        ("too long without a word", silence(7), silence(7) + silence(3.1)),
        ("a cue twice", "Soften your jaw.", "Keep your left shoulder down."),
        ("said too often", silence(7), silence(1) + f"Good. {silence(1)}" * 3),
        ("not as long as told", "about two minutes", "about three minutes"),
    ],
)
def test_a_seeded_fault_is_heard(ears: Listener, limit: str, good: str, bad: str) -> None:
    assert good in ROUTINE
    assert limit in limits_broken(ears, ROUTINE.replace(good, bad))


def test_a_silence_of_ten_seconds_is_no_fault_and_only_the_first_hold_is_timed(ears: Listener) -> None:
    ten = ROUTINE.replace(silence(7), silence(10)).replace(silence(6), silence(3))
    assert limits_broken(ears, ten) == set()
    eleven = RIGHT.replace(silence(7), silence(10) + silence(1)).replace(silence(6), silence(2))
    assert limits_broken(ears, f"{LEFT} {eleven} {END}") == set()


def test_moves_whose_words_have_faded_keep_their_seconds(ears: Listener) -> None:
    faded = ROUTINE.replace(f"Lie on your back. {silence(4)} Let both knees sink to the left. ", "")
    assert limits_broken(ears, faded) == {"no time for the moves"}
    assert limits_broken(ears, faded.replace("the lying twist.", f"the lying twist. {silence(4)}")) == set()


def test_the_same_cues_on_the_next_evening_are_noticed(ears: Listener) -> None:
    first, same = evening(ears, ROUTINE), evening(ears, ROUTINE, number=2)
    other = evening(ears, ROUTINE.replace("Soften your jaw.", "Soften your neck."), number=2)
    assert [fault.limit for fault in comparing.of_series([first, same])] == ["the same cues again"]
    assert comparing.of_series([first, other]) == []


def test_an_answer_longer_than_the_platform_takes_is_noticed(ears: Listener) -> None:
    assert "an answer too long" in limits_broken(ears, ROUTINE.replace(silence(6), silence(10) * 10))
    assert "an answer too long" in limits_broken(ears, ROUTINE.replace(silence(7), silence(0.01) * 300))


def test_a_prompt_between_two_sides_that_fit_is_noticed_unless_it_was_asked_for(ears: Listener) -> None:
    asked = (LEFT, f"{RIGHT} {END}")
    assert "asked between two sides" in limits_broken(ears, *asked)
    assert "asked between two sides" in limits_broken(ears, *asked, mode="hands-free")
    assert limits_broken(ears, *asked, mode="step-by-step") == set()
    too_long = (LEFT.replace(silence(6), silence(10) * 16), f"{RIGHT} {END}")
    assert "asked between two sides" not in limits_broken(ears, *too_long)


def test_hands_free_nobody_is_asked_before_what_would_have_fitted(ears: Listener) -> None:
    asked = (f"{LEFT} {RIGHT}", bend("", "", ""))
    assert "asked without need" in limits_broken(ears, *asked, mode="hands-free")
    assert "asked without need" not in limits_broken(ears, *asked)


def test_a_cue_of_repetitions_comes_again_when_all_others_of_its_kind_have_been_heard(ears: Listener) -> None:
    assert limits_broken(ears, bend("Heels down.", "Chest up.", "Heels down.")) == set()
    assert limits_broken(ears, bend("Heels down.", "", "Heels down.")) == {"a cue twice"}


def test_repetitions_are_over_when_the_last_is_up_again(ears: Listener) -> None:
    (work,) = evening(ears, bend("", "Chest up.", "")).works
    assert (work.kind, work.dose) == ("reps", 3)
    assert [text for text, _ in work.cues()] == ["Chest up."]
    assert str(work.out[0]) == "That's it."


def test_a_count_that_stops_short_is_noticed(ears: Listener) -> None:
    assert "not counted to its end" in limits_broken(ears, bend("", "", "").replace("Three. Down.", "Down."))


def test_breaths_are_over_behind_the_last_breath_out(ears: Listener) -> None:
    breath = f"Breathe in. {silence(3)} And out. {silence(5)}"
    last = f"Last one, in. {silence(3)} And out. {silence(5)}"
    (work,) = evening(ears, f"First of one: the lying twist. Two breaths, with me. {breath} {last} {END}").works
    assert (work.kind, work.dose, work.out[0].begins) == ("breaths", 2, work.ends)
    assert sum(work.silences()) == 16_000


def test_whoever_asked_for_easier_is_led_into_it(ears: Listener) -> None:
    assert "not the variation that was asked for" in limits_broken(ears, ROUTINE, variation="easier")
    easier = ROUTINE.replace("Let both knees sink to the", "Rest your knees on a cushion, on your")
    assert "not the variation that was asked for" not in limits_broken(ears, easier, variation="easier")


def test_a_move_of_two_variations_takes_the_time_of_the_one_that_is_done(ears: Listener) -> None:
    easier = ROUTINE.replace("Let both knees sink to the", "Rest your knees on a cushion, on your")
    quick = easier.replace(f"Lie on your back. {silence(4)}", f"Lie on your back. {silence(1)}")
    assert limits_broken(ears, quick, variation="easier") == set()
    assert "no time for a move" in limits_broken(ears, quick)


def test_what_is_authored_and_never_said_is_named_and_what_is_only_told_on_request_is_not(ears: Listener) -> None:
    found = comparing.never_heard([evening(ears, ROUTINE)], {"twist": ears.exercises["twist"]})
    assert [fault.where for fault in found] == ["twist: easier.setup.1"]


def test_words_in_the_old_form_of_an_exercise_are_found_too(ears: Listener, tmp_path: Path) -> None:
    old = {"the": "the squat", "setup": ["Stand wide."], "enter": "Sink down. Rest there.", "cues": ["Heels down."]}
    (tmp_path / "exercises" / "squat.yaml").write_text(yaml.safe_dump(old))
    squat = exercises(tmp_path)["squat"]
    assert {str(one) for one in squat.all() if one.kind != "ways"} == {"setup.0", "enter", "enter (2)", "cues.0"}
    setup, enter = squat.find("Stand wide."), squat.find("Rest there.")
    assert setup is not None
    assert enter is not None
    assert (setup.once, enter.once) == (True, False)


def test_figures_count_silence_words_and_prompts(ears: Listener) -> None:
    heard = evening(ears, f"One two. {silence(8)} three four.", "five")
    words_ms = heard.ms - 8_000
    assert figures.silent_share(heard) == pytest.approx(8_000 / (8_000 + words_ms))
    assert figures.words_a_minute(heard) == pytest.approx(5 / heard.ms * 60_000)
    assert figures.prompts(heard) == 1


@pytest.mark.parametrize(
    ("text", "name", "fields"),
    [
        ("Paused, ten seconds to go. Rest.", "paused", {"left": "ten seconds"}),
        ("Paused at the end.", "paused", {}),
        ("There is the lying twist the knee bend.", "list", {"name": "the knee bend"}),
        ("Set two of three.", "set", {"number": "two", "count": "three"}),
        ("Setting off.", None, None),
    ],
)
def test_a_prompt_is_known_by_its_words_whatever_is_in_its_fields(
    ears: Listener, text: str, name: str | None, fields: dict[str, str] | None
) -> None:
    found = ears.prompts.find(text)
    assert (found and found.name, found and found.fields) == (name, fields)


def test_a_length_of_time_is_understood_in_words(ears: Listener) -> None:
    assert [ears.prompts.seconds(words) for words in ("ten seconds", "one minute and ten seconds", "a while")] == [
        10,
        70,
        0,
    ]


def test_a_prompt_is_answered_with_what_it_asks_for() -> None:
    assert reply('Next is the squat. Say "next" when you\'re ready.') == "next"
    assert reply('Have a mat ready, and say "ready".') == "ready"
    assert reply("Ready for the deep squat?") == "yes"


def test_sentences_end_at_their_marks_and_behind_quotation_marks() -> None:
    assert sentences('Say "Alexa, next." Then wait.  Good?') == ['Say "Alexa, next."', "Then wait.", "Good?"]


def test_a_prompt_that_is_gone_is_missed_loudly(ears: Listener, tmp_path: Path) -> None:
    (tmp_path / "prompts.yaml").write_text(PROMPTS.replace("half_way", "middle"))
    with pytest.raises(LookupError, match="half_way"):
        Framing(tmp_path)


@pytest.fixture(scope="module")
def real_ears() -> Listener:
    """Ears for what the coach really says."""
    return Listener(exercises(), Framing())


@pytest.mark.parametrize("mode", MODES)
def test_the_real_quick_routine_is_heard_from_its_first_name_to_its_end(mode: str, real_ears: Listener) -> None:
    (heard,) = real_ears.evenings(Way("quick", mode, "usual"), 1)
    authored = yaml.safe_load((ROOT / "content" / "routines.yaml").read_text(encoding="utf-8"))["quick"]["exercises"]
    assert list(dict.fromkeys(work.exercise.id for work in heard.works)) == authored
    assert heard.answers[-1].ends_it
    assert all(15_000 < work.ends - work.begins < 120_000 for work in heard.works)


@pytest.mark.parametrize(("asked", "code"), [([], 1), (["--report"], 0)])
def test_a_fault_fails_the_command_unless_a_report_was_asked_for(
    asked: list[str], code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(limits, "INSTRUCTIONS_MAX", 0)
    monkeypatch.setattr(sys, "argv", ["listening", "--routine", "quick", *asked])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == code
    assert "too many instructions: " in capsys.readouterr().out
