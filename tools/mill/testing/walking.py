"""Stage `together`: order books walk through the whole regulation, over HTTP on a real server (tests/walk)."""

from .. import databases, paths
from ..commands import demo
from .report import Result

BOOKS = (".dat", ".csv", ".xlsx")


def books():
    """Return the order books to walk."""
    return sorted(path for path in (paths.TESTS / "walk").iterdir() if path.suffix in BOOKS)


def job(book, keep=False):
    """Walk one order book; it passes when nothing is lost and every number adds up."""
    database = f"walk_{book.stem}"
    log = paths.LOGS / f"walk-{book.stem}.log"
    out = paths.LOCAL / "walk" / book.stem
    out.mkdir(parents=True, exist_ok=True)
    result = Result(f"walk of {book.name}", log=log)
    with open(log, "w") as output:
        code = demo.walk(book, out, database, output=output)
    lines = log.read_text(errors="replace").splitlines()
    if code:
        failed = [line for line in lines if line.startswith("FAILED")] or lines[-12:]
        result.failed[f"{book.name} ended with {code}"] = failed
    elif not list(out.glob("*.pdf")):
        result.failed[f"{book.name} left no PDF"] = []
    else:
        result.passed += 1
    if not keep:
        databases.drop("test", database)
    return result
