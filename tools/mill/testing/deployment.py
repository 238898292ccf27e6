"""Stage `together`: what is under docker/, as far as it can be tried without a container engine (tests/deploy)."""

from .. import configuration, odoo, paths
from ..postgres import cluster
from . import plain


def job(keep=False, targets=()):
    """Run tests/deploy, which make a PostgreSQL by the scripts of the container."""
    server = cluster("test")
    env = {
        **configuration.environment("test"),
        "DEPLOY_PORT": str(odoo.free_port()),
        "DEPLOY_LOCAL": str(paths.LOCAL),
        "DEPLOY_ADDONS": str(paths.ADDONS),
        # None where PG* names another server.
        **({} if server.external else {"DEPLOY_PROGRAMS": str(server.programs)}),
    }
    return plain.pytest("deployment", [*targets] or [paths.TESTS / "deploy"], "", "-p", "no:odoo", env=env)
