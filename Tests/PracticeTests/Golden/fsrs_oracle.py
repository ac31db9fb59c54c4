"""Golden vectors for spaced repetition, computed by py-fsrs (FSRS-6, default parameters).

    python3 -m pip install -r requirements-fsrs.txt
    python3 fsrs_oracle.py            rewrite fsrs.json beside this script
    python3 fsrs_oracle.py --check    exit 1 if it differs from what would be written

The scheduler has no learning steps, no relearning steps and no fuzzing. Times are seconds
since 1970 in UTC, stability is in days. A step is a row under "columns"; its retrievability
is that at the next review, or at the due date after the last one.
"""

import argparse
import datetime
import importlib.metadata
import itertools
import json
import math
import pathlib
import random
import sys

import fsrs

FILE = pathlib.Path(__file__).resolve().with_name("fsrs.json")
MADE_BY = f"fsrs {importlib.metadata.version('fsrs')}"
COLUMNS = ["time", "rating", "stability", "difficulty", "due", "retrievability"]

AGAIN, HARD, GOOD, EASY = RATINGS = list(fsrs.Rating)
MINUTE, DAY, YEAR = 60, 86_400, 31_557_600
START = 1_767_265_503  # 2026-01-01 11:05:03
ON_TIME = "on time"


def scheduler(**settings):
    return fsrs.Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, **settings
    )


def utc(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc)


def seconds(time):
    return (time - utc(0)) // datetime.timedelta(seconds=1)


# Sequences


def play(ratings, gaps):
    """The steps of one card: its first review at START, each later one a gap in seconds after
    the last, or when it is due. A single gap serves for all."""
    if not isinstance(gaps, list):
        gaps = [gaps] * (len(ratings) - 1)
    assert len(gaps) == len(ratings) - 1
    reference, card, time, steps = scheduler(), fsrs.Card(), START, []
    for rating, gap in zip(ratings, gaps + [ON_TIME]):
        card, _ = reference.review_card(card, rating, utc(time))
        due = seconds(card.due)
        next_time = due if gap == ON_TIME else time + gap
        retrievability = reference.get_card_retrievability(card, utc(next_time))
        steps.append([time, int(rating), card.stability, card.difficulty, due, retrievability])
        time = next_time
    return steps


def titles(ratings):
    return ", ".join(rating.name.lower() for rating in ratings)


def random_reviews(generator):
    """Four to twelve reviews: a third on time, the rest from a minute to ten years apart."""
    ratings = [RATINGS[int(4 * generator.random())] for _ in range(4 + int(9 * generator.random()))]
    gaps = [
        ON_TIME if generator.random() < 1 / 3
        else int(MINUTE * (10 * YEAR / MINUTE) ** generator.random())
        for _ in ratings[1:]
    ]
    return ratings, gaps


def sequences():
    for rating in RATINGS:
        yield f"first {rating.name.lower()}", play([rating], [])
    for pair in itertools.product(RATINGS, repeat=2):
        yield f"{titles(pair)}: on time", play(pair, ON_TIME)
        yield f"{titles(pair)}: ten minutes later", play(pair, 10 * MINUTE)
    for gap in [0, 1, DAY - 1, DAY, DAY + 1, 2 * DAY - 1, 2 * DAY]:
        yield f"{gap} seconds apart", play([GOOD, HARD, AGAIN, EASY], gap)
    for years in [1, 10, 100]:
        for rating in RATINGS:
            late = play([GOOD, GOOD, rating, GOOD], [ON_TIME, years * YEAR, ON_TIME])
            yield f"{rating.name.lower()} after {years} years", late
    for rating in RATINGS:
        yield f"30 times {rating.name.lower()}, on time", play([rating] * 30, ON_TIME)
        yield f"12 times {rating.name.lower()}, a minute apart", play([rating] * 12, MINUTE)
    yield "30 times easy, 40 years apart", play([EASY] * 30, 40 * YEAR)
    yield "again and easy in turn, 30, on time", play([AGAIN, EASY] * 15, ON_TIME)
    yield "easy and again in turn, 30, a day apart", play([EASY, AGAIN] * 15, DAY)
    yield "easy and again in turn, 20, an hour apart", play([EASY, AGAIN] * 10, 60 * MINUTE)
    for gap in [-1, -DAY, -400 * DAY]:
        back = [ON_TIME, gap, gap, ON_TIME]
        for rating in [AGAIN, GOOD]:
            name = f"the clock jumps {gap} seconds, {rating.name.lower()}"
            yield name, play([GOOD, rating, HARD, rating, GOOD], back)
    generator = random.Random(2026)
    for number in range(1, 21):
        yield f"random {number}", play(*random_reviews(generator))


def covers(steps):
    """Every bound is met and nothing rests on how the last digit is rounded."""
    stabilities = [step[2] for step in steps]
    days = [(step[4] - step[0]) / DAY for step in steps]
    assert min(stabilities) == 0.001 and max(stabilities) > 36_500.5
    difficulties = [step[3] for step in steps]
    assert min(difficulties) == 1 and 9.9 < max(difficulties) < 10
    assert min(days) == 1 and max(days) == 36_500
    assert min(step[5] for step in steps) < 0.4
    assert all(abs(s % 1 - 0.5) > 1e-6 for s in stabilities)


# Intervals


def intervals():
    """[stability, desired retention, days]: how an interval is rounded and bounded."""

    def days(stability, retention):
        parameters = list(fsrs.scheduler.DEFAULT_PARAMETERS)
        parameters[GOOD - 1] = stability
        reference = scheduler(parameters=parameters, desired_retention=retention)
        card, _ = reference.review_card(fsrs.Card(), GOOD, utc(START))
        return (seconds(card.due) - START) // DAY

    halves = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 99.5]
    rows = [[s, 0.9, days(s, 0.9)] for s in halves]
    assert [row[2] for row in rows] == [1, 2, 2, 4, 4, 6, 100], rows
    for retention in [0.3, 0.5, 0.7, 0.8, 0.85, 0.95, 0.99]:
        rows += [[s, retention, days(s, retention)] for s in [0.001, 0.7, 3.3, 21.0, 100.0]]
    assert max(row[2] for row in rows) == 36_500
    return rows


# The file


def text_of(made):
    """JSON with one step to a line."""

    def block(rows, indent):
        return "[\n" + ",\n".join(" " * indent + json.dumps(row) for row in rows) + "\n"

    entries = [
        f'    {{"name": {json.dumps(name)}, "steps": {block(steps, 6)}    ]}}'
        for name, steps in made
    ]
    parameters = json.dumps(list(fsrs.scheduler.DEFAULT_PARAMETERS))
    return (
        f'{{\n  "made_by": {json.dumps(MADE_BY)},\n  "parameters": {parameters},\n'
        f'  "columns": {json.dumps(COLUMNS)},\n  "sequences": [\n' + ",\n".join(entries)
        + f'\n  ],\n  "intervals": {block(intervals(), 4)}  ]\n}}\n'
    )


def same(a, b):
    """Equal in structure and text, and in every number to 1e-12 relative."""
    if type(a) is not type(b):
        return False
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(same(a[k], b[k]) for k in a)
    if isinstance(a, list):
        return len(a) == len(b) and all(map(same, a, b))
    if isinstance(a, float):
        return math.isclose(a, b, rel_tol=1e-12, abs_tol=0)
    return a == b


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    check = parser.parse_args().check
    made = list(sequences())
    covers([step for _, steps in made for step in steps])
    text = text_of(made)
    assert len({name for name, _ in made}) == len(made) and len(text) < 80_000, len(text)
    if not check:
        FILE.write_text(text, encoding="utf-8", newline="\n")
    elif not same(json.loads(FILE.read_text(encoding="utf-8")), json.loads(text)):
        sys.exit(f"{FILE.name} differs")
    print(f"{FILE.name}: {len(made)} sequences, {len(text)} bytes")


if __name__ == "__main__":
    main()
