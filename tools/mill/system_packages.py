"""What comes from the machine's own Debian: PostgreSQL, a browser, fonts, the libraries of wkhtmltopdf."""

import glob
import os
import shutil
from pathlib import Path

from . import paths, postgres_binaries
from .console import Problem, complain, say
from .pins import pins
from .shell import have, is_root, run

BROWSERS = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def missing(browser):
    """Return the Debian packages that this machine still needs.

    :param browser: whether a Chromium is wanted (tests and demos with screens; not to serve people)
    """
    wanted = []
    if not os.environ.get("PGHOST") and not postgres_binaries.found():
        wanted.append("postgresql")
    if browser and not any(have(name) for name in BROWSERS):
        wanted.append("chromium")
    known = run(["/sbin/ldconfig", "-p"]) if Path("/sbin/ldconfig").exists() else ""
    wanted += [package for library, package in pins()["system"]["libraries"] if library not in known]
    wanted += [package for pattern, package in pins()["system"]["files"] if not glob.glob(pattern)]
    return wanted


def installed_browser():
    """Return the path of this machine's own browser, nothing if it has none."""
    folders = [folder for folder in os.environ.get("PATH", "").split(os.pathsep) if Path(folder) != paths.BIN]
    return next((path for name in BROWSERS if (path := shutil.which(name, path=os.pathsep.join(folders)))), None)


def install(browser):
    """Install what is missing; as an ordinary user, say what an administrator should install."""
    wanted = missing(browser)
    if not wanted:
        return False
    command = "apt-get install --no-install-recommends " + " ".join(wanted)
    if not is_root():
        complain(f"not root, so these system packages are left out: {' '.join(wanted)}\n      As root: {command}")
        if "chromium" in wanted:
            raise Problem("Browser tests need Chromium, and an ordinary user cannot install it.", f"As root: {command}")
        return True
    if not have("apt-get"):
        raise Problem(f"These Debian packages are missing: {' '.join(wanted)}.", "Install them with this system's own tool.")
    say(f"apt: {' '.join(wanted)}")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if not os.environ.get("MILL_APT_UPDATED"):
        run(["apt-get", "-qq", "update"], env=env, log="apt-update.log", what="apt-get update")
    if "postgresql" in wanted:
        # Debian would make a cluster of its own and maybe start it on 5432; ours is the only one wanted.
        common = Path("/etc/postgresql-common/createcluster.conf")
        if not common.exists():
            common.parent.mkdir(parents=True, exist_ok=True)
            common.write_text("create_main_cluster = false\n")
    run(
        [
            "apt-get",
            "-qq",
            "install",
            "-y",
            "--no-install-recommends",
            "-o",
            "Dpkg::Options::=--force-confold",
            *wanted,
        ],
        env=env,
        log="apt-install.log",
        what="apt-get install",
    )
    return True
