"""What the walk tells: a timeline per order and the closing table."""

import time
import unicodedata


class Timeline:
    """The steps of one order as they happened."""

    def __init__(self, title):
        self.title, self.steps, self.started = title, [], time.monotonic()

    def add(self, who, what):
        self.steps.append((time.monotonic() - self.started, who, what))

    def print(self):
        print(f"\n{self.title}", flush=True)
        for seconds, who, what in self.steps:
            print(f"  {seconds:6.1f} s  {pad(who, 12)} {what}", flush=True)


def width(text):
    """Return the columns that a text takes on a screen: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in str(text))


def pad(text, columns):
    return f"{text}{' ' * max(0, columns - width(text))}"


def closing_table(rows):
    """Print ``[(what, count, kg), …]``."""
    print("\n" + pad("", 44) + pad("orders", 10) + "tonnes")
    for what, number, kg in rows:
        print(pad(what, 44) + pad(number, 10) + f"{kg / 1000:.3f}")
