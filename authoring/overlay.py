"""A page that says only how it differs from the page below it, laid over that one.

Rule: what differs is named by its key, its name or its words, never by its place, so that what changes below is never
mistaken for what was meant. What overrides nothing, or says what is said below already, is stale, and refused.

    called: {app: the app}           a text in the place of another one
    the: {instead: {cozy: cosy}}     words in the place of others in a text, which has them once
    throughout: {toward: towards}    the same in every text that is below, wherever it has them
    aliases:                         a list: items in the place of others, further ones, and those that are not said
      instead: {butt: bum}
      also: [behind]
      without: [fanny]
    setup: {instead: {Sit on the couch.: Sit on the sofa.}}     moves are found by what is said
"""

import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from authoring.document import Document, Place, Where
from authoring.problem import Problem

BASE = "base"
"""The key of a page that says which locale it is laid over."""

SAID = "say"
"""What an item of a list is found by that is no text itself."""

INSTEAD, ALSO, WITHOUT, THROUGHOUT = "instead", "also", "without", "throughout"
KINDS = (INSTEAD, ALSO, WITHOUT)
"""The changes of a list."""

NOTHING = "this says nothing that differs"


class Laying:
    """A copy of the page `below`, and what the page `over` makes of it. `called` is the locale of the page below."""

    def __init__(self, below: Document, over: Document, called: str) -> None:
        self.over = over
        self.problems: list[Problem] = []
        self._called = called
        self._same = f"this is what {called} says: leave it out"
        self._layers = below.layers
        self.data: Any = deepcopy(below.data)
        self._places = dict(below.places)

    @property
    def document(self) -> Document:
        """The whole."""
        return Document(self.over.path, "", self.data, self._places, {}, tuple(self.problems), self._layers)

    def lay(self, where: Where, by: Where) -> None:
        """Lay what stands at `by` in the upper page over what stands at `where` in the lower one."""
        here, given = at(self.data, where), at(self.over.data, by)
        match here, given:
            case _, dict() if by and not given:
                self.refuse(by, NOTHING)
            case dict(), dict():
                for key in given:
                    if key == THROUGHOUT:
                        self._reword_all(where, (*by, key))
                    elif key in here:
                        self.lay((*where, key), (*by, key))
                    else:
                        self.refuse((*by, key), f"{self._called} has no `{key}` here: this is in the place of nothing")
            case list(), dict():
                self.edit(where, by)
            case str(), dict():
                self._reword(where, by)
            case str(), str():
                if given == here:
                    self.refuse(by, self._same)
                else:
                    self.put(where, given, self.over.place(by))
            case _:
                self.refuse(by, f"{self._called} has something of another kind here: {_told(KINDS)} change a list")

    def put(self, where: Where, value: Any, place: Place) -> None:
        """Put a value, written at a place, at `where`."""
        self._forget(where, at(self.data, where))
        at(self.data, where[:-1])[where[-1]] = value
        self._places[where] = place

    def tell(self, where: Where, place: Place) -> None:
        """Tell a fault of what stands at `where` at this place."""
        self._places[where] = place

    def refuse(self, by: Where, reason: str) -> None:
        """Note a fault of the upper page."""
        self.problems.append(self.over.problem(by, reason))

    def _place(self, where: Where) -> Place:
        return self._places.get(where) or self._place(where[:-1])

    def _forget(self, where: Where, value: Any) -> None:
        """Forget where a value and all that is in it are written."""
        self._places.pop(where, None)
        for key, part in _parts(value):
            self._forget((*where, key), part)

    def _reword(self, where: Where, by: Where) -> None:
        """Put words in the place of others in a text."""
        text = at(self.data, where)
        self._known(by, (INSTEAD,))
        for old, new in self._pairs((*by, INSTEAD)):
            there = (*by, INSTEAD, old)
            if old == new:
                self.refuse(there, self._same)
            elif text.count(old) != 1:
                often = "more than once" if old in text else "nowhere"
                self.refuse(there, f"{self._called} says `{old}` {often} here")
            else:
                text = text.replace(old, new)
        self.put(where, text, self.over.place(by))

    def _reword_all(self, where: Where, by: Where) -> None:
        """Put words in the place of others in all texts that stand at `where`."""
        for old, new in self._pairs(by):
            words = re.compile(rf"\b{re.escape(old)}\b")
            texts = [(spot, text) for spot, text in _texts(where, at(self.data, where)) if words.search(text)]
            if not texts or old == new:
                self.refuse((*by, old), f"{self._called} says `{old}` nowhere here" if old != new else self._same)
            for spot, text in texts:
                self.put(spot, words.sub(new.replace("\\", r"\\"), text), self.over.place((*by, old)))

    def edit(self, where: Where, by: Where) -> None:
        """Change the list at `where` by what stands at `by`. One that is not there is empty."""
        place = self._place(where)
        at(self.data, where[:-1]).setdefault(where[-1], [])
        self._known(by, KINDS)
        items = [_Item(item, self._placed((*where, number), item)) for number, item in enumerate(at(self.data, where))]
        for old, new in self._pairs((*by, INSTEAD)):
            there = (*by, INSTEAD, old)
            if (item := self._found(items, old, there)) and self._is_new(items, new, there):
                item.say(new, self.over.place(there))
        for number, gone in self._listed(by, WITHOUT):
            if item := self._found(items, gone, (*by, WITHOUT, number)):
                items.remove(item)
        for number, new in self._listed(by, ALSO):
            there = (*by, ALSO, number)
            if self._is_new(items, new, there):
                items.append(_Item(new, {(): self.over.place(there)}))
        self.put(where, [item.value for item in items], place)
        for number, item in enumerate(items):
            self._places |= {(*where, number, *below): place for below, place in item.places.items()}

    def _placed(self, where: Where, value: Any) -> dict[Where, Place]:
        """Where a value and all that is in it are written, as seen from it."""
        placed: dict[Where, Place] = {(): self._places[where]}
        for key, part in _parts(value):
            placed |= {(key, *below): place for below, place in self._placed((*where, key), part).items()}
        return placed

    def _found(self, items: "list[_Item]", words: str, there: Where) -> "_Item | None":
        found = next((item for item in items if _words(item.value) == words), None)
        if not found:
            self.refuse(there, f"{self._called} has no `{words}` here")
        return found

    def _is_new(self, items: "list[_Item]", words: str, there: Where) -> bool:
        known = any(_words(item.value) == words for item in items)
        if known:
            self.refuse(there, f"`{words}` is there already")
        return not known

    def _known(self, by: Where, kinds: Sequence[str]) -> None:
        """Refuse what is no change of these kinds."""
        for key in at(self.over.data, by).keys() - set(kinds):
            self.refuse((*by, key), f"`{key}` is not known here: this is changed by {_told(kinds)}")

    def _pairs(self, by: Where) -> Iterator[tuple[str, str]]:
        """The old and the new words at `by`."""
        pairs = at(self.over.data, by[:-1]).get(by[-1], {})
        if not isinstance(pairs, dict):
            self.refuse(by, f"`{by[-1]}` has the old words and the new ones, old: new")
            return
        for old, new in pairs.items():
            if isinstance(new, str) and new:
                yield old, new
            else:
                self.refuse((*by, old), "there are no words here")

    def _listed(self, by: Where, kind: str) -> Iterator[tuple[int, str]]:
        listed = at(self.over.data, by).get(kind, [])
        if isinstance(listed, list) and all(isinstance(one, str) for one in listed):
            yield from enumerate(listed)
        else:
            self.refuse((*by, kind), f"`{kind}` is a list of words")


class _Item:
    """One item of a list, and the places of all that is in it."""

    def __init__(self, value: Any, places: dict[Where, Place]) -> None:
        self.value = value
        self.places = places

    def say(self, words: str, place: Place) -> None:
        """Put words in the place of those it has."""
        if isinstance(self.value, dict):
            self.value[SAID] = words
            self.places[(SAID,)] = place
        else:
            self.value = words
            self.places[()] = place


def _told(kinds: Sequence[str]) -> str:
    *first, last = (f"`{kind}`" for kind in kinds)
    return f"{', '.join(first)} and {last}" if first else last


def at(data: Any, where: Where) -> Any:
    """What stands at `where` in the data of a page."""
    for key in where:
        data = data[key]
    return data


def _texts(where: Where, value: Any) -> Iterator[tuple[Where, str]]:
    """Every text in a value that stands at `where`."""
    if isinstance(value, str):
        yield where, value
    for key, part in _parts(value):
        yield from _texts((*where, key), part)


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _words(item: Any) -> str:
    return str(item.get(SAID, "") if isinstance(item, dict) else item)
