"""The words of a language that the understanding needs beside the interaction model: a page of `languages`.

Rule: words stand in the pages, and nowhere else; what each is for is said in `languages/en.yaml`. The order in which
numbers, lengths and times are said is code. It is that of English, so a language with another order needs more than a
page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BeforeValidator, Field, TypeAdapter, ValidationError

# The loader in C is ten times as fast, where PyYAML has been built with it.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

PAGES = Path(__file__).parent / "languages"

Words = Annotated[tuple[str, ...], BeforeValidator(str.split)]
"""Words in a row; also several that stand together as one thing."""
Phrases = tuple[Words, ...]


class LanguageError(Exception):
    """There are no words of a language. The message is one sentence."""


@dataclass(frozen=True, eq=False)
class Endings:
    """What is cut off words before they are compared."""

    owner: Words
    other: Words
    kept: Words


@dataclass(frozen=True, eq=False)
class Numbers:
    """The words of whole numbers and of places in a row."""

    units: Words
    tens: Words
    hundred: str
    thousand: str
    one: str
    joint: str
    ordinals: Words
    ordinal_figures: str

    @cached_property
    def below_twenty(self) -> Mapping[str, int]:
        """The number of each word that stands for a small one."""
        return {word: number for number, word in enumerate(self.units)}

    @cached_property
    def whole_tens(self) -> Mapping[str, int]:
        """The number of each word for a multiple of ten, from twenty on."""
        return {word: 10 * number for number, word in enumerate(self.tens, start=2)}


@dataclass(frozen=True, eq=False)
class Durations:
    """The words of lengths of time."""

    seconds: dict[str, int]
    stressed: Words
    months: Words
    one: Phrases
    half_more: Words
    parts: dict[Words, float]


@dataclass(frozen=True, eq=False)
class Times:
    """The words of times of the day."""

    named: dict[Words, str]
    parts_of_day: dict[Words, str]
    half_days: dict[Words, int]
    nights: Phrases
    waking: int
    minutes: dict[Words, int]
    before_the_hour: dict[str, int]
    past: Words
    to: Words
    oclock: str
    oh: str


@dataclass(frozen=True, eq=False)
class Dates:
    """The words of days and weeks."""

    days: dict[Words, int]
    weekdays: Words
    steps: dict[str, int]
    weeks: dict[Words, int]
    week: str
    weekend: str
    month: str
    ago: str
    from_: Annotated[str, Field(alias="from")]


@dataclass(frozen=True, eq=False)
class Frame:
    """The words around a skill's name that call it."""

    greetings: Phrases
    please: Phrases
    launch: Phrases
    ask: Phrases
    link: Phrases
    by_way_of: Phrases


@dataclass(frozen=True, eq=False)
class Language:
    """All words of one language. `elsewhere` is talk of a living room that is meant for no skill."""

    fillers: Words
    pointing: Words
    counting: Words
    interjections: Words
    openings: Phrases
    patterns: dict[str, str]
    spellings: dict[str, str]
    contractions: dict[str, Words]
    clipped: dict[str, str]
    endings: Endings
    numbers: Numbers
    durations: Durations
    times: Times
    dates: Dates
    invocation: Frame
    elsewhere: tuple[str, ...]

    @cached_property
    def of_values(self) -> frozenset[str]:
        """All words that a number, a length, a time or a day can be said with: no others are ever part of one."""
        return frozenset(_words((asdict(self.numbers), asdict(self.durations), asdict(self.times), asdict(self.dates))))


def _words(page: object) -> Iterator[str]:
    """All words in what a page says, whatever they stand for."""
    if isinstance(page, str):
        yield from page.split()
    elif isinstance(page, Mapping):
        yield from _words((*page, *page.values()))
    elif isinstance(page, Iterable):
        for part in page:
            yield from _words(part)


_PAGE = TypeAdapter(Language)


def language(locale: str) -> Language:
    """The words of a locale's language. Raises LanguageError where it has no page, or one with a fault."""
    return _page(locale.partition("-")[0])


@cache
def _page(code: str) -> Language:
    path = PAGES / f"{code}.yaml"
    try:
        # The base loader takes every scalar as text: `no` is a word here, and not false.
        page = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - text only
        page["elsewhere"] = path.with_suffix(".elsewhere.txt").read_text(encoding="utf-8").splitlines()
        return _PAGE.validate_python(page)
    except FileNotFoundError:
        known = ", ".join(sorted(page.stem for page in PAGES.glob("*.yaml")))
        raise LanguageError(
            f"There are no words for the language {code}, only for {known}: {path} is missing."
        ) from None
    except yaml.YAMLError as error:
        raise LanguageError(f"The page {path} is not YAML: {' '.join(str(error).split())}.") from error
    except ValidationError as error:
        fault = error.errors()[0]
        raise LanguageError(f"The page {path}: {'.'.join(map(str, fault['loc']))}: {fault['msg']}.") from error
