"""Stage `alone`: each addon on a database that holds what its manifest asks for and nothing else, so that a missing
dependency shows.

What is missing shows when an addon is installed and when the fixtures and the main path of its tests run. The whole run,
which runs every test `together`, therefore takes the first tests of each class here.
"""

from .. import templates
from . import collect, installed

FIRST = 2  # so many tests of each class in the whole run
FEW = 12  # an addon with no more tests than these runs them all


def jobs(names, files=(), expression="", browser=False, keep=False, brief=False):
    """Return one job for each addon.

    :param browser: whether browser tests run here too (in the whole run they do so once, in `together`)
    :param brief: whether the first tests of each class are enough
    """
    found = []
    for name in names:
        selected = [m for m in collect.select(name, files, expression) if browser or not m.browser]
        if brief and len(selected) > FEW:
            selected = _leading(selected)
        if selected or not (expression or files):
            found.append((f"{name} alone", lambda name=name, selected=selected: _job(name, selected, keep)))
    return found


def _leading(methods):
    """Return the first tests of each class, and those that run nowhere else: before others are installed."""
    count, found = {}, []
    for method in methods:
        place = (method.file, method.cls)
        count[place] = count.get(place, 0) + 1
        if count[place] <= FIRST or not method.post_install:
            found.append(method)
    return found


def _job(name, selected, keep):
    template = templates.under(name)
    result = installed.run(f"{name} alone", template, f"alone_{name}", selected, install=[name], keep=keep)
    result.problems += [
        f"tests/{file}: holds no test method, or tests/__init__.py does not import it" for file in collect.silent_files(name)
    ]
    if not collect.methods(name):
        result.problems.append(f"{name} has no test")
    return result
