"""Numbers, durations, times and dates come out as Alexa sends them."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from simulator.nlu.dates import day
from simulator.nlu.durations import duration
from simulator.nlu.language import language
from simulator.nlu.numbers import in_words, number
from simulator.nlu.readings import parsers
from simulator.nlu.times import time_of_day
from simulator.nlu.words import tokens

ENGLISH = language("en-US")
MONDAY = date(2026, 11, 23)
VALUES = yaml.safe_load((Path(__file__).parent / "en-US" / "values.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("five", 5),
        ("zero", 0),
        ("12", 12),
        ("twenty one", 21),
        ("twenty-one", 21),
        ("ninety nine", 99),
        ("a hundred", 100),
        ("one hundred and five", 105),
        ("250", 250),
        ("two thousand twenty six", 2026),
        ("twenty eleven", None),
        ("twenty ten", None),
        ("one five", None),
        ("pigeon", None),
        ("hundred", None),
    ],
)
def test_a_number_is_its_digits(said: str, value: int | None) -> None:
    assert number(tokens(said, ENGLISH), ENGLISH) == value


@pytest.mark.parametrize("value", [0, 7, 19, 20, 42, 100, 101, 999, 1000, 9999])
def test_a_number_in_words_is_that_number_again(value: int) -> None:
    assert number(in_words(value, ENGLISH), ENGLISH) == value


def test_a_very_long_number_stays_in_figures() -> None:
    assert in_words(12345, ENGLISH) == ["12345"]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("ten minutes", "PT10M"),
        ("10 minutes", "PT10M"),
        ("ten minute", "PT10M"),
        ("thirty seconds", "PT30S"),
        ("ninety seconds", "PT1M30S"),
        ("a minute", "PT1M"),
        ("an hour", "PT1H"),
        ("half an hour", "PT30M"),
        ("half a minute", "PT30S"),
        ("a quarter of an hour", "PT15M"),
        ("three quarters of an hour", "PT45M"),
        ("a minute and a half", "PT1M30S"),
        ("one and a half minutes", "PT1M30S"),
        ("two and a half minutes", "PT2M30S"),
        ("an hour and a half", "PT1H30M"),
        ("an hour and ten minutes", "PT1H10M"),
        ("one minute thirty", "PT1M30S"),
        ("one minute and thirty seconds", "PT1M30S"),
        ("zero seconds", "PT0S"),
        ("ten days", "P10D"),
        ("a week", "P1W"),
        ("two weeks", "P2W"),
        ("a week and two days", "P9D"),
        ("a fortnight", "P2W"),
        ("a month", "P1M"),
        ("a couple of minutes", "PT2M"),
        ("hour and a half", "PT1H30M"),
        ("minutes", None),
        ("pigeon minutes", None),
        ("ten", None),
        ("one minute seventy", None),
        ("ten seconds two minutes", None),
    ],
)
def test_a_duration_is_iso_8601(said: str, value: str | None) -> None:
    assert duration(tokens(said, ENGLISH), ENGLISH) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("seven", "07:00"),
        ("7", "07:00"),
        ("7am", "07:00"),
        ("7 a.m.", "07:00"),
        ("seven pm", "19:00"),
        ("twelve am", "00:00"),
        ("twelve pm", "12:00"),
        ("seven o'clock", "07:00"),
        ("7:30", "07:30"),
        ("7:05 pm", "19:05"),
        ("19:00", "19:00"),
        ("seven thirty", "07:30"),
        ("six oh five", "06:05"),
        ("half past six", "06:30"),
        ("half past six pm", "18:30"),
        ("half past six in the evening", "18:30"),
        ("quarter to eight", "07:45"),
        ("a quarter past seven in the morning", "07:15"),
        ("ten to one", "00:50"),
        ("seven in the morning", "07:00"),
        ("three in the afternoon", "15:00"),
        ("nine at night", "21:00"),
        ("nine tonight", "21:00"),
        ("noon", "12:00"),
        ("midnight", "00:00"),
        ("morning", "MO"),
        ("afternoon", "AF"),
        ("evening", "EV"),
        ("night", "NI"),
        ("half seven", "07:30"),
        ("half seven in the evening", "19:30"),
        ("ten after seven", "07:10"),
        ("quarter after nine at night", "21:15"),
        ("quarter of eight", "07:45"),
        ("a quarter of eight in the morning", "07:45"),
        ("ten of nine", "08:50"),
        ("quarter till eight", "07:45"),
        ("ten before six", "05:50"),
        ("half past noon", "12:30"),
        ("ten to midnight", "23:50"),
        ("eight this evening", "20:00"),
        ("two at night", "02:00"),
        ("twelve at night", "00:00"),
        ("this evening", "EV"),
        ("twenty five", None),
        ("half", None),
        ("half of seven", None),
        ("thirteen pm", None),
        ("half to six", None),
        ("seven five", None),
        ("pigeon", None),
    ],
)
def test_a_time_is_on_the_clock_of_a_day(said: str, value: str | None) -> None:
    assert time_of_day(tokens(said, ENGLISH), ENGLISH) == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("today", "2026-11-23"),
        ("yesterday", "2026-11-22"),
        ("tomorrow", "2026-11-24"),
        ("the day before yesterday", "2026-11-21"),
        ("monday", "2026-11-23"),
        ("sunday", "2026-11-29"),
        ("last sunday", "2026-11-22"),
        ("last monday", "2026-11-16"),
        ("this week", "2026-W48"),
        ("last week", "2026-W47"),
        ("last weekend", "2026-W47-WE"),
        ("this weekend", "2026-W48-WE"),
        ("next weekend", "2026-W49-WE"),
        ("the week before last", "2026-W46"),
        ("the week after next", "2026-W50"),
        ("the day after tomorrow", "2026-11-25"),
        ("next friday", "2026-11-27"),
        ("a week from monday", "2026-11-30"),
        ("a week from tuesday", "2026-12-01"),
        ("two weeks from friday", "2026-12-11"),
        ("a week from tomorrow", "2026-12-01"),
        ("tuesday week", "2026-12-01"),
        ("a week ago", "2026-11-16"),
        ("a fortnight ago", "2026-11-09"),
        ("three days ago", "2026-11-20"),
        ("this month", "2026-11"),
        ("last month", "2026-10"),
        ("ten minutes ago", None),
        ("two pigeons from monday", None),
        ("pigeon monday", None),
        ("pigeon", None),
        ("last pigeon", None),
    ],
)
def test_a_date_is_counted_from_today(said: str, value: str | None) -> None:
    assert day(tokens(said, ENGLISH), MONDAY, ENGLISH) == value


@pytest.mark.parametrize(
    ("kind", "least"), [("AMAZON.NUMBER", 20), ("AMAZON.DATE", 38), ("AMAZON.TIME", 42), ("AMAZON.DURATION", 20)]
)
def test_as_many_values_are_read_as_alexa_sends_them_as_the_page_says(kind: str, least: int) -> None:
    read = parsers(MONDAY, ENGLISH)[kind]
    assert sum(read(tokens(said, ENGLISH)) == value for said, value in VALUES[kind].items()) == least
