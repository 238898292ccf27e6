"""Make an Odoo source tree the installed distribution `odoo` of a virtual environment.

OCA's wheels require `odoo==19.0.*`, and pytest-odoo imports `odoo`: a .pth file, a console script and a dist-info
without requirements
(the lock names those) let `pip check` pass. Don't point the .pth at a link, or the same folder counts twice.
Usage: <venv>/bin/python odoo_distribution.py <folder that holds the package odoo>
"""

import base64
import hashlib
import re
import sys
import sysconfig
from pathlib import Path

SCRIPT = "#!{python}\nimport sys\nfrom odoo.cli import main\nsys.exit(main())\n"
METADATA = """Metadata-Version: 2.1
Name: odoo
Version: {version}
Summary: Odoo Server (source tree at {source})
License: LGPL-3
"""


def install(source):
    """Write the distribution's files into the running interpreter's environment."""
    release = (source / "odoo" / "release.py").read_text()
    version = ".".join(re.search(r"version_info = \((\d+), (\d+)", release).groups())
    library = Path(sysconfig.get_paths()["purelib"])
    for old in library.glob("odoo-*.dist-info"):
        for file in old.iterdir():
            file.unlink()
        old.rmdir()
    info = library / f"odoo-{version}.dist-info"
    info.mkdir()
    pth = library / "odoo.pth"
    pth.write_text(f"{source}\n")
    script = Path(sysconfig.get_paths()["scripts"]) / "odoo"
    script.write_text(SCRIPT.format(python=sys.executable))
    script.chmod(0o755)
    (info / "METADATA").write_text(METADATA.format(version=version, source=source))
    (info / "INSTALLER").write_text("mill\n")
    (info / "WHEEL").write_text("Wheel-Version: 1.0\nGenerator: mill\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    (info / "entry_points.txt").write_text("[console_scripts]\nodoo = odoo.cli:main\n")
    rows = []
    for file in [pth, script, *sorted(info.iterdir())]:
        digest = base64.urlsafe_b64encode(hashlib.sha256(file.read_bytes()).digest()).rstrip(b"=").decode()
        inside = file.is_relative_to(library)
        name = file.relative_to(library) if inside else Path("../../..") / file.relative_to(sys.prefix)
        rows.append(f"{name},sha256={digest},{file.stat().st_size}")
    rows.append(f"{info.name}/RECORD,,")
    (info / "RECORD").write_text("\n".join(rows) + "\n")


if __name__ == "__main__":
    install(Path(sys.argv[1]).resolve())
