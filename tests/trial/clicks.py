"""The clicks from the login to the work, counted in one browser on the demo mill, as each department and as a customer."""

from tools.mill import paths, templates
from tools.mill.testing import together

TITLE = "how many clicks lie between the login and the work"
SHORT = None  # a browser that logs in nineteen times


def options(parser):
    pass


def run(trial):
    result = together.across([*(paths.TESTS / "clicks").glob("test_*.py")], target="clicks", template=templates.demo())
    for name, lines in result.failed.items():
        trial.expect(False, "\n".join([name, *lines[-8:]]))
    for problem in result.problems:
        trial.expect(False, str(problem))
    trial.figure("passed", result.passed, "")
