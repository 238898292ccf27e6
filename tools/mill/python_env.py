"""Virtual environments with hashed locks: one for Odoo and the tests, one for the lint tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from . import odoo_source, paths
from .console import Problem, say
from .pins import digest, pins
from .shell import have, run, succeeds

LOCK, OCA, BUILD = (paths.LOCKS / name for name in ("requirements.lock", "oca.lock", "build-constraints.txt"))


def create(folder, locks, title):
    """Make a virtual environment from locks; return whether anything was done.

    The environment is built in place (its scripts hold its path); the stamp inside it is written last, so that a
    half-made one is made anew.

    :param locks: pairs of a lock file and whether its packages may pull in others (then the lock names them too)
    """
    key = digest(sys.version, str(folder), *(lock for lock, _deps in locks), BUILD)
    stamp = folder / ".stamp"
    if stamp.exists() and stamp.read_text() == key:
        return False
    say(f"{title} (Python {sys.version.split()[0]})")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    uv = _uv(folder)
    installed = uv is not None
    for lock, deps in locks:
        options = ["--require-hashes", *([] if deps else ["--no-deps"]), "-r", lock]
        installed = installed and succeeds(
            [uv, "pip", "install", "-q", "--python", folder / "bin" / "python", "--build-constraints", BUILD, *options],
            env=_uv_env(folder),
        )
    if not installed:
        say(f"{title}: with pip, a little slower")
        for lock, deps in locks:
            options = ["--require-hashes", *([] if deps else ["--no-deps"]), "-r", lock]
            run(
                [folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", *options],
                env={**os.environ, "PIP_CONSTRAINT": str(BUILD)},
                what=f"pip install -r {lock.name}",
                log=f"pip-{lock.stem}.log",
            )
    stamp.write_text(key)
    return True


def _uv(folder):
    """Make the bare environment and return a uv that can fill it, or None."""
    if have("uv") and succeeds(["uv", "venv", "-q", "--seed", "--python", sys.executable, folder]):
        return "uv"
    shutil.rmtree(folder, ignore_errors=True)
    run([sys.executable, "-m", "venv", folder], what="python3 -m venv", log="venv.log")
    if succeeds([folder / "bin" / "pip", "install", "-q", "--disable-pip-version-check", pins()["uv"]["requirement"]]):
        return folder / "bin" / "uv"
    return None


def _uv_env(folder):
    """uv does not read pip's configuration: hand over an index that pip has been given."""
    env = dict(os.environ)
    index = (
        env.get("PIP_INDEX_URL")
        or subprocess.run(
            [folder / "bin" / "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
        ).stdout.strip()
    )
    if index:
        env.setdefault("UV_DEFAULT_INDEX", index)
    return env


def ensure():
    """Make the environment of Odoo's own requirements and the OCA addons."""
    return create(paths.VENV, [(LOCK, True), (OCA, False)], "Python packages and OCA addons")


def ensure_lint():
    """Make the environment of the lint tools, apart from Odoo's pins."""
    return create(paths.LINT_VENV, [(paths.LOCKS / "lint.lock", True)], "lint tools")


def ensure_odoo():
    """Show Odoo's source to the environment as an installed distribution."""
    source = Path(os.path.realpath(paths.ODOO))
    library = next((paths.VENV / "lib").glob("python3*/site-packages"))
    pth = library / "odoo.pth"
    if pth.exists() and pth.read_text().strip() == str(source) and any(library.glob("odoo-*.dist-info/RECORD")):
        return False
    run([paths.PYTHON, Path(__file__).with_name("odoo_distribution.py"), source], what="making Odoo visible to Python")
    if not succeeds([paths.PYTHON, "-c", "import odoo.release, odoo.tools"], cwd="/"):
        raise Problem(
            f"Odoo in {source} cannot be imported by {paths.PYTHON}.",
            "Remove .local/venv and .local/odoo, and call again.",
        )
    return True


def identity():
    """Return what tells one set of packages from another, for the keys of caches."""
    return digest(LOCK, OCA, odoo_source.identity())
