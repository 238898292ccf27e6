"""The part `rights` of `./mill trial doors`: what no hand writes and what is not for every reader, as all departments.

`./mill test` tries each field as one department in turn and as the administrator; here everybody tries everything."""

from tools.mill import paths
from tools.mill.testing import together

TESTS = ("test_steps_everywhere", "test_leaks", "test_company_rules", "test_security_page", "test_words_everywhere")


def run(database):
    """Try the rights of a demo mill, in its database as it stands; nothing of it stays.

    :param database: name of a database of the test cluster
    :return: ``{"passed", "failed": [name, …], "counted": [sentence, …]}``
    """
    files = [paths.TESTS / "demo" / f"{name}.py" for name in TESTS]
    result = together.inside("rights", files, "", database, MILL_EVERYBODY="1")
    problems = [" ".join(lines[:2]) for lines in result.problems]
    return {"passed": result.passed, "failed": [*result.failed, *problems], "counted": list(result.counted)}
