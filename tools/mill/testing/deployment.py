"""Stage `together`: what is under docker/, as far as it can be tried without a container engine (tests/deploy)."""

from .. import addons, configuration, databases, odoo, paths, templates
from ..postgres import SECRET_ROLE, cluster
from . import plain

DATABASE = "deployment"


def job(keep=False, targets=()):
    """Run tests/deploy with a small database, and a role whose password comes from a file."""
    server = cluster("test")
    templates.clone_of(templates.std(addons.standard("paper_base")), DATABASE)
    env = {
        **configuration.environment("test"),
        "DEPLOY_HOST": server.host,
        "DEPLOY_DATABASE": DATABASE,
        "DEPLOY_FILESTORE": str(databases.filestore("test", DATABASE)),
        "DEPLOY_PORT": str(odoo.free_port()),
        "DEPLOY_LOCAL": str(paths.LOCAL),
        "DEPLOY_ADDONS": str(paths.ADDONS),
    }
    if not server.external:
        password = "only-for-tests"
        if not server.query("postgres", f"select 1 from pg_roles where rolname = '{SECRET_ROLE}'"):
            server.execute("postgres", f"create role {SECRET_ROLE} login createdb in role {server.owner}")
        server.execute("postgres", f"alter role {SECRET_ROLE} password '{password}'")
        env |= {"DEPLOY_USER": SECRET_ROLE, "DEPLOY_PASSWORD": password}
    result = plain.pytest("deployment", [*targets] or [paths.TESTS / "deploy"], "", "-p", "no:odoo", env=env)
    if not keep:
        databases.drop("test", DATABASE)
    return result
