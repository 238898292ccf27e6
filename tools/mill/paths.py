"""Where things lie: the repository, and everything made from it under `.local/` (git-ignored)."""

import os
from pathlib import Path

ROOT = Path(os.environ.get("MILL_ROOT") or Path(__file__).resolve().parents[2])
LOCAL = Path(os.environ.get("MILL_LOCAL") or ROOT / ".local")
CWD = Path(os.environ.get("MILL_CWD") or Path.cwd())

ADDONS = ROOT / "addons"
CONFIG = ROOT / "config"
LOCKS = CONFIG / "lock"
TESTS = ROOT / "tests"

VENV = LOCAL / "venv"
PYTHON = VENV / "bin" / "python"
LINT_VENV = LOCAL / "lint-venv"
BIN = LOCAL / "bin"
LAUNCHER = BIN / "odoo"
ODOO = LOCAL / "odoo" / "current"
LOGS = LOCAL / "log"


def given(path):
    """Return a path that the user typed, seen from the folder in which it was typed."""
    path = Path(path).expanduser()
    return path if path.is_absolute() else (CWD / path).resolve()


def shown(path):
    """Return a path as it is shown to the user: from the repository's root where that is possible."""
    path = Path(path)
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
