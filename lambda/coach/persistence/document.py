"""A person as they are written down, the one way for every store and for the session: few bytes, as text that a person
can read.

Rule: a field that is not in this list belongs to a newer version of the coach, and stays; so a field whose form changes
gets another name. One that does not read as ours is as if it were not there, and is written anew. The letters below are
given anew with each write.

    v                       version of this form
    applied                 "7f3a9c01:1764183544:0be41d22": up to which turn a session is in here, and its request
    runs                    "1764183544000:ab": the exercises that were counted in a run
    at, gone, hi, total     touched, forgotten, welcomed, total_days
    zones                   "3fa2c1=Europe/Berlin": a device and its time zone
    tempos                  "3fa2c1/en-US=1030:24": a speaker, how long its words take in tenths of a percent of the
                            estimate, and the error of that
    ids                     the exercises that are mentioned: "lying_twist pigeon_pose" makes them a and b
    days                    "2026-11 23ab 24b7 25": on the 23rd both, on the 24th b seven times, on the 25th the same
    weeks, rests            "2026 47:4 48:2" and "2026 45 46"
    tried                   "2026-11 23+a+b 24c-d": in an easy start, a and b were last begun on the 23rd, and went well
                            in the week of it; c on the 24th, and no more; d was not done whole
    met, skipped            "a12b3": the first one twelve times, the second one three times
    last                    the day on which a routine was last begun, and which
    place                   where the person is: the step and the milliseconds done in it, `done`, "ab", and the plan
                            with its `doses`, "ab2:45000" (rounds and milliseconds of b; after one more colon, those
                            of its last round); `at`, when the coach last led there, in epoch seconds; `run`, when this
                            time through the plan was begun, in milliseconds; `body`, "seated", where they were not
                            upright; `posed`, where they may have been in the pose of the step
    spoken                  "1764183544000 pigeon_pose.1.left:0:21300:81300:…": the answer that goes on from there, when
                            its request came, and its marks with their fields in order; "1764183544000/1764183544123 …"
                            where it plays by itself, with its name
    aside                   the place in a routine that waits, if one does, its exercises spelled out: an earlier coach
                            leaves it as it is, and gives the letters anew
    settled                 "weekly_goal=1764183544 hold/pigeon_pose=1764183602": when settings were said, in
                            epoch seconds, their exercises spelled out
    pref_…                  a field for each preference that differs from its default, those by exercise as "a45000",
                            "a3", "ab" and "easier:ab deeper:c"
"""

from __future__ import annotations

import re
import string
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import fields
from itertools import chain
from typing import Any

from coach.persistence import heard, reading
from coach.persistence.plans import read_place, read_spelled, write_place, write_spelled
from coach.persistence.progress import GOAL_MOST, Applied, Mode, Preferences, Progress
from coach.persistence.reading import (
    COUNT_MOST,
    ID,
    KEY,
    MOMENT,
    MS_MOST,
    RUNGS_MOST,
    SETTING,
    TURN_MOST,
    WORK_MS_MOST,
    ZONE,
    Fields,
    digits,
    number,
    one_of,
)
from coach.persistence.trials import read_trial, trials, write_trials
from coach.planning import Variation
from coach.planning.steps import HOLDS, PACES
from coach.values import replace

Document = dict[str, Any]
"""Plain data, as it is written to JSON."""

VERSION = 3
"""Version of this form. A change of form adds to `older` what it takes to read the one before."""

PREFERENCE = "pref_"
"""How the name of a preference begins."""

LETTERS = string.ascii_letters + "".join(map(chr, range(0x4E00, 0x5000)))
"""What the exercises are called. No digits: a number may follow."""

KNOWN = frozenset(
    (
        *("v", "applied", "runs", "at", "gone", "hi", "total", "zones", "tempos", "ids", "days", "weeks", "rests"),
        *("met", "skipped", "last", "place", "spoken", "aside", "settled", "tried"),
    )
) | {PREFERENCE + preference.name for preference in fields(Preferences)}
"""The fields of this version. One of the preferences that is missing has its default."""

_USUAL = Preferences()
_USUALLY = vars(_USUAL)
"""The defaults, by the names of the preferences."""

_GROUP = re.compile(r"\d{4}(-\d\d)?")
_COUNT = re.compile(r"(\D)(\d*)")


def write(progress: Progress) -> Document:
    """All of a person's progress; the revision is the store's own and is left to it."""
    ids = _mentioned(progress)
    letter = dict(zip(ids, LETTERS, strict=False))
    return {
        "v": VERSION,
        "applied": " ".join([f"{a.session}:{a.turn}:{a.request}" for a in progress.applied]),
        "runs": " ".join([f"{run}:{_letters(counted, letter)}" for run, counted in progress.runs]),
        "at": progress.touched,
        **({"gone": progress.forgotten} if progress.forgotten else {}),
        "zones": " ".join(["=".join(known) for known in progress.zones]),
        "tempos": " ".join([heard.write_tempo(*known) for known in progress.tempos]),
        "hi": progress.welcomed,
        "place": write_place(progress.place, letter) if progress.place else None,
        "spoken": heard.write_spoken(progress.spoken) if progress.spoken else "",
        "last": list(progress.last) if progress.last else None,
        "ids": " ".join(ids),
        "days": _grouped(_entries(progress.days, letter)),
        "weeks": _grouped((week[:4], f"{week[6:]}:{n}") for week, n in progress.weeks.items()),
        "total": progress.total_days,
        "rests": _grouped((week[:4], week[6:]) for week in progress.rests),
        **({"tried": write_trials(progress.trials, letter)} if progress.trials else {}),
        "met": _counts(progress.met, letter),
        "skipped": _counts(progress.skipped, letter),
        **({"aside": write_spelled(progress.aside)} if progress.aside else {}),
        **({"settled": " ".join([f"{name}={when}" for name, when in progress.settled])} if progress.settled else {}),
        **_preferences(progress.preferences, letter),
    }


def read(document: object, *, revision: int = 0) -> Progress:
    """The inverse of `write`. `repaired` has the names of the fields that do not read."""
    fields_ = Fields(document)
    fields_.get("v", number(1, COUNT_MOST), VERSION)
    exercise = dict(fields_.each("ids", _lettered, lambda ids: zip(LETTERS, reading.words(ids), strict=False)))

    times = digits(1, COUNT_MOST)

    def run(known: str) -> tuple[int, tuple[str, ...]]:
        began, counted = known.split(":")
        return MOMENT(began), tuple(exercise[a] for a in counted)

    def day(entry: tuple[str, str]) -> tuple[str, dict[str, int]]:
        of, done = entry
        return reading.day(of), {exercise[a]: times(n or "1") for a, n in _COUNT.findall(done) if a in exercise}

    touched = fields_.get("at", number(0, MS_MOST // 1000), 0)
    found = Progress(
        revision=revision,
        applied=fields_.each("applied", _applied, reading.words),
        runs=fields_.each("runs", run, reading.words),
        touched=touched,
        forgotten=fields_.get("gone", number(0, MS_MOST // 1000), 0),
        zones=fields_.each("zones", _zone, reading.words),
        tempos=fields_.each("tempos", heard.read_tempo, reading.words),
        welcomed=fields_.get("hi", reading.flag, False),
        place=read_place(fields_.within("place"), exercise, touched) if "place" in fields_ else None,
        spoken=fields_.get("spoken", heard.read_spoken, None),
        aside=read_spelled(fields_.within("aside")) if "aside" in fields_ else None,
        last=fields_.get("last", last, None),
        # Of a day without anything done only its number would be written, and that is the sign for the same again.
        days={of: done for of, done in fields_.each("days", day, _days) if done},
        weeks=dict(fields_.each("weeks", _week, _ungrouped)),
        total_days=fields_.get("total", number(0, COUNT_MOST), 0),
        rests=fields_.each("rests", lambda entry: reading.week("-W".join(entry)), _ungrouped),
        trials=dict(fields_.each("tried", lambda found: read_trial(found, exercise), trials)),
        met=_counted(fields_, "met", exercise),
        skipped=_counted(fields_, "skipped", exercise),
        preferences=_preferred(fields_, exercise),
        settled=fields_.each("settled", _settled, reading.words),
    )
    return replace(found, repaired=tuple(fields_.unread))


def _mentioned(progress: Progress) -> Collection[str]:
    """The exercises that a document of this progress mentions, each once."""
    place, preferences = progress.place, progress.preferences
    mentioned = dict.fromkeys(sorted({*chain.from_iterable(progress.days.values())}))
    mentioned |= dict.fromkeys(chain.from_iterable([counted for _, counted in progress.runs]))
    mentioned |= dict.fromkeys((*progress.trials, *progress.met, *progress.skipped))
    if place:
        plan = place.plan
        mentioned |= dict.fromkeys((*plan.exercises, *plan.spare, *plan.gentle, *place.done))
    own = preferences.hold_ms, preferences.variations, preferences.left_out, preferences.rungs
    return mentioned | dict.fromkeys(chain.from_iterable(own))


def _lettered(pair: tuple[str, str]) -> tuple[str, str]:
    letter, exercise = pair
    return letter, ID(exercise)


def _applied(known: str) -> Applied:
    session, turn, request = known.split(":")
    return Applied(KEY(session), digits(0, TURN_MOST)(turn), KEY(request))


def _zone(known: str) -> tuple[str, str]:
    device, _, zone = known.partition("=")
    return KEY(device), ZONE(zone)


def last(plain: Any) -> tuple[str, str] | None:
    """The day on which a routine was last begun, and which; raises one of UNREADABLE."""
    if plain is None:
        return None
    day, routine = plain
    return reading.day(day), ID(routine)


def _settled(known: str) -> tuple[str, int]:
    name, when = known.split("=")
    return SETTING(name), digits(0, TURN_MOST)(when)


def _week(entry: tuple[str, str]) -> tuple[str, int]:
    year, (week, _, days) = entry[0], entry[1].partition(":")
    return reading.week(f"{year}-W{week}"), digits(0, 7)(days)


def _entries(days: Mapping[str, Mapping[str, int]], letter: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Month and entry of each day; a day like the one before is its number alone."""
    before = ""
    for day, exercises in days.items():
        done = "".join([letter[e] + (str(n) if n > 1 else "") for e, n in exercises.items()])
        yield day[:7], day[8:] + (done if done != before else "")
        before = done


def _days(text: str) -> Iterator[tuple[str, str]]:
    """Each day and what was done on it; a day like the one before is its number alone."""
    done = ""
    for month, entry in _ungrouped(text):
        done = entry[2:] or done
        yield f"{month}-{entry[:2]}", done


def _counts(counts: Mapping[str, int], letter: Mapping[str, str]) -> str:
    return "".join([f"{letter[e]}{n}" for e, n in counts.items()])


def _letters(exercises: Iterable[str], letter: Mapping[str, str]) -> str:
    return "".join([letter[e] for e in exercises])


def _counted(fields_: Fields, name: str, exercise: Mapping[str, str], most: int = COUNT_MOST) -> dict[str, int]:
    def entry(found: tuple[str, str]) -> tuple[str, int]:
        return exercise[found[0]], digits(0, most)(found[1])

    return dict(fields_.each(name, entry, _COUNT.findall))


def _grouped(entries: Iterable[tuple[str, str]]) -> str:
    """Entries with their year or month said once: ("2026", "45"), ("2026", "46") is "2026 45 46"."""
    words: list[str] = []
    group = ""
    for of, entry in entries:
        words += [entry] if of == group else [of, entry]
        group = of
    return " ".join(words)


def _ungrouped(text: str) -> Iterator[tuple[str, str]]:
    group = ""
    for word in text.split():
        if _GROUP.fullmatch(word):
            group = word
        else:
            yield group, word


def _preferences(preferences: Preferences, letter: Mapping[str, str]) -> Document:
    """Only what differs from the defaults."""
    chosen = vars(preferences)
    return {
        PREFERENCE + name: written(chosen[name], letter)
        for name, written in _PREFERENCES.items()
        if chosen[name] != _USUALLY[name]
    }


def _as_it_is(chosen: Any, _: object) -> Any:
    return chosen


def _variations(variations: Mapping[str, Variation], letter: Mapping[str, str]) -> str:
    ways = dict.fromkeys(variations.values())
    return " ".join(f"{way}:{_letters((e for e, w in variations.items() if w is way), letter)}" for way in ways)


_PREFERENCES: Mapping[str, Callable[[Any, Mapping[str, str]], Any]] = {
    "pace": _as_it_is,
    "holds": _as_it_is,
    "mode": lambda mode, _: mode.value,
    "weekly_goal": _as_it_is,
    "hold_ms": _counts,
    "variations": _variations,
    "left_out": _letters,
    "easy": _as_it_is,
    "rungs": _counts,
    "chimes": _as_it_is,
    "brief": _as_it_is,
}
"""How each preference is written."""


def _preferred(fields_: Fields, exercise: Mapping[str, str]) -> Preferences:
    def way(word: str) -> list[tuple[str, Variation]]:
        chosen, letters = word.split(":")
        return [(exercise[letter], Variation(chosen)) for letter in letters if letter in exercise]

    return Preferences(
        pace=fields_.get(f"{PREFERENCE}pace", one_of(*PACES), _USUAL.pace),
        holds=fields_.get(f"{PREFERENCE}holds", one_of(*HOLDS), _USUAL.holds),
        mode=fields_.get(f"{PREFERENCE}mode", Mode, _USUAL.mode),
        weekly_goal=fields_.get(f"{PREFERENCE}weekly_goal", number(1, GOAL_MOST), _USUAL.weekly_goal),
        hold_ms=_counted(fields_, f"{PREFERENCE}hold_ms", exercise, WORK_MS_MOST),
        variations=dict(chain(*fields_.each(f"{PREFERENCE}variations", way, reading.words))),
        left_out=fields_.each(f"{PREFERENCE}left_out", exercise.__getitem__, reading.signs),
        easy=fields_.get(f"{PREFERENCE}easy", reading.flag, _USUAL.easy),
        rungs=_counted(fields_, f"{PREFERENCE}rungs", exercise, RUNGS_MOST),
        chimes=fields_.get(f"{PREFERENCE}chimes", reading.flag, _USUAL.chimes),
        brief=fields_.get(f"{PREFERENCE}brief", reading.flag, _USUAL.brief),
    )
