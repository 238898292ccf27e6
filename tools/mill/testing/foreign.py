"""Stage `together`: an addon of somebody else beside all of ours (tests/extending), on the hooks that docs/extending.md names."""

from .. import databases, odoo, paths, templates
from . import gate
from .report import Result

FOLDER = paths.TESTS / "extending" / "addons"
TARGET = "foreign_addon"


def job(keep=False):
    """Install it into a copy of the database with everything, and run its tests there."""
    result = Result("addon of somebody else", log=paths.LOGS / f"{TARGET}.log")
    names = sorted(path.parent.name for path in FOLDER.glob("*/__manifest__.py"))
    templates.clone_of(templates.everything(), TARGET)
    port = odoo.free_port()
    args = [
        *("-d", TARGET, "-i", ",".join(names), f"--addons-path={paths.ADDONS},{FOLDER}"),
        *("--stop-after-init", "--http-port", port, "--log-level=warn", "--log-handler=odoo.tests.result:INFO"),
        *(f"--log-handler=odoo.addons.{name}.tests:INFO" for name in names),
        "--test-tags=" + ",".join(f"/{name}" for name in names),
    ]
    code = odoo.call("test", args, result.log)
    log = gate.read(result.log)
    result.failed.update(log.failed)
    result.passed = len(log.started - set(log.failed) - set(log.skipped))
    result.problems += log.complaints
    if not log.started or (code and not log.failed and not log.complaints):
        result.problems.append([f"Odoo ended with {code}, {len(log.started)} tests began:", *odoo.errors(result.log)])
    if not keep:
        databases.drop("test", TARGET)
    return result
