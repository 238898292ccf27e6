"""Stage `alone`: each addon on a database that holds what its manifest asks for and nothing else, so that a missing
dependency shows."""

from .. import templates
from . import collect, installed


def jobs(names, files=(), expression="", browser=False, keep=False):
    """Return one job for each addon.

    :param browser: whether browser tests run here too (in the whole run they do so once, in `together`)
    """
    found = []
    for name in names:
        selected = [m for m in collect.select(name, files, expression) if browser or not m.browser]
        if selected or not (expression or files):
            found.append((f"{name} alone", lambda name=name, selected=selected: _job(name, selected, keep)))
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
