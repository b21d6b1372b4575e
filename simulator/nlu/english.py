"""The words of English that the understanding needs beside the interaction model.

Rule: data and no code. A word stands here only when it means the same in whatever skill it is said to.
"""

# fmt: off
FILLERS = frozenset([
    "um", "uh", "er", "erm", "mm", "hmm", "oh", "ah", "well", "so", "please", "actually", "really", "then", "now",
    "maybe", "perhaps", "thanks", "like", "sorry", "okay", "alright", "quite", "kind", "sort", "could", "would",
    "should", "will", "shall", "might", "be", "been", "was", "were",
])
"""Words that carry no wish. They count for little, and are never needed."""

SPELLINGS = {
    "ok": "okay", "oww": "ow", "til": "till", "yup": "yep",
    "sec": "second", "secs": "seconds", "min": "minute", "mins": "minutes",
}
"""How a word is written that people type in more than one way."""

CONTRACTIONS = {
    "i'm": ("i", "am"), "let's": ("let", "us"), "can't": ("can", "not"), "cannot": ("can", "not"),
    "won't": ("will", "not"), "gonna": ("going", "to"), "wanna": ("want", "to"),
}
"""Words that are two. All others that are end as in CLIPPED."""
CLIPPED = {"n't": "not", "'ve": "have", "'re": "are", "'ll": "will", "'d": "would", "'s": "is"}
"""Endings that stand for a word of their own."""

NEGATIONS = frozenset(["no", "not", "never", "without", "nothing"])
"""Words that turn the meaning of a sentence round."""

INTERJECTIONS = frozenset(["right", "good", "great", "oops", "whoa", "hey", "and"])
"""Words that are often said before the wish itself, and mean little when more follows."""

OPENINGS = (
    ("can", "you"),
    ("could", "you"),
    ("would", "you"),
    ("will", "you"),
    ("can", "we"),
    ("could", "we"),
    ("can", "i"),
    ("could", "i"),
    ("i'd", "like", "to"),
    ("i", "would", "like", "to"),
    ("i", "want", "to"),
    ("i", "want", "you", "to"),
    ("you", "can"),
    ("let's",),
    ("i", "think"),
)
"""Beginnings that ask politely for what follows, and may be left away."""

_SMALL = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNITS = {word: number for number, word in enumerate(_SMALL)}
TENS = {word: 10 * number for number, word in enumerate(_TENS, start=2)}
ORDINALS = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
]
"""The place in the list is the number."""
# fmt: on

SECONDS = {
    **{"second": 1, "seconds": 1, "minute": 60, "minutes": 60, "hour": 3600, "hours": 3600},
    **{"day": 86_400, "days": 86_400, "week": 604_800, "weeks": 604_800},
}
"""Seconds in one of each unit of time."""

HALF_DAYS = {
    ("am",): 0,
    ("pm",): 12,
    ("in", "the", "morning"): 0,
    ("in", "the", "afternoon"): 12,
    ("in", "the", "evening"): 12,
    ("at", "night"): 12,
    ("tonight",): 12,
}
"""What is said after an hour of the clock, and the hours it adds."""

PARTS_OF_DAY = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
"""Times of the day without an hour, as Alexa sends them."""

WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
"""In the order of `date.weekday()`."""
