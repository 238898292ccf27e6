"""Odoo 19.0's source: a checkout that the user names, one that the machine has, or Debian's package unpacked under
.local."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from . import paths, steps
from .console import Problem, complain, say
from .pins import file_digest, pins
from .shell import have, run, succeeds

TREE = paths.LOCAL / "odoo" / "tree"
PACKAGES = Path("usr/lib/python3/dist-packages")
KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")
# Left out when unpacking: 837 of 1200 MB are translations, ./addons is a stray copy of the .py files without data,
# and the
# egg-info would be a second "odoo" distribution that asks for psycopg2 by another name.
LEFT_OUT = ("addons", "odoo-*.egg-info", "setup", "doc")


def debs():
    """Return the folder that keeps the .deb files (ODOO_DEBS lets several checkouts share one)."""
    return Path(os.environ.get("ODOO_DEBS") or paths.LOCAL / "debs")


def is_odoo(folder):
    release = Path(folder) / "odoo" / "release.py"
    return release.is_file() and "version_info = (19, 0" in release.read_text()


def ensure():
    """Make `.local/odoo/current` a link to a folder that holds the package odoo; return whether anything was done."""
    given = os.environ.get("ODOO_SRC")
    if given:
        if not is_odoo(given):
            raise Problem(f"ODOO_SRC={given} is not a source tree of Odoo 19.0.", "Give the folder that holds odoo/release.py.")
        return _link(Path(given).resolve())
    if is_odoo(paths.ODOO):
        return False
    if is_odoo(TREE / PACKAGES):  # the whole folder was moved
        return _link(TREE / PACKAGES)
    if present := _importable():
        say(f"using the Odoo 19.0 in {present}")
        return _link(present)
    deb = _deb()
    say(f"unpacking {deb.name}")
    _unpack(deb)
    return _link(TREE / PACKAGES)


def identity():
    """Return what tells one Odoo source from another, for the keys of caches."""
    target = Path(os.path.realpath(paths.ODOO))
    if target == TREE / PACKAGES:
        return f"{pins()['odoo']['package_version']} {sorted(deb.name for deb in debs().glob('odoo-19_*'))}"
    head = subprocess.run(["git", "-C", target, "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout
    return f"{target} {head.strip()}"


def _link(target):
    if paths.ODOO.is_symlink() and Path(os.path.realpath(paths.ODOO)) == target:
        return False
    paths.ODOO.parent.mkdir(parents=True, exist_ok=True)
    fresh = paths.ODOO.with_name("current.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.rename(paths.ODOO)
    return True


def _importable():
    code = "import os, odoo.release as r; print(os.path.dirname(os.path.dirname(r.__file__)))"
    for python in (os.environ.get("PYTHON"), "/usr/bin/python3"):
        if not python or not have(python):
            continue
        out = subprocess.run([python, "-c", code], capture_output=True, text=True, cwd="/", check=False).stdout.strip()
        if out and is_odoo(out):
            return Path(out)
    return None


def _deb():
    """Return the package's file, fetched if need be and checked."""
    pin = pins()["odoo"]
    folder = debs()
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [pin["package"], *pins()["assets"]["packages"]]
    exact = True
    if not all(any(folder.glob(f"{name}_*.deb")) for name in wanted):
        exact = _fetch(folder)
    deb = sorted(folder.glob(f"{pin['package']}_*.deb"))[-1]
    checksum = os.environ.get("ODOO_DEB_SHA256") or pin["sha256"]
    if exact and checksum != "any" and file_digest(deb) != checksum:
        raise Problem(
            f"{deb} is not the pinned build of {pin['package']} (its SHA256 differs): damaged, or another version.",
            "Remove the file and call again, or take it as it is with ODOO_DEB_SHA256=any.",
        )
    return deb


def mirror():
    """Return the Debian archive that the machine itself uses (works with empty package lists too)."""
    if os.environ.get("DEBIAN_MIRROR"):
        return os.environ["DEBIAN_MIRROR"].rstrip("/")
    if not have("apt-get"):
        return None
    out = subprocess.run(
        [
            "apt-get",
            "indextargets",
            "--no-release-info",
            "--format",
            "$(SITE) $(RELEASE) $(COMPONENT)",
            "Created-By: Packages",
        ],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    for line in out.splitlines():
        site, release, component = line.split()
        if component == "main" and not re.search("security|updates|backports", release) and re.search("/debian/?$", site):
            return site.rstrip("/")
    return None


def _fetch(folder):
    """Download the packages with a private apt; return whether the pinned version was there."""
    pin, assets = pins()["odoo"], pins()["assets"]
    archive = mirror()
    knobs = "Put odoo-19_*.deb into a folder and name it with ODOO_DEBS=, or name a checkout of Odoo 19.0 with ODOO_SRC=."
    if not archive:
        raise Problem(
            "This machine's apt sources list no Debian archive to fetch Odoo from.",
            f"Set DEBIAN_MIRROR=<archive>. {knobs}",
        )
    if not KEYRING.exists():
        raise Problem(
            "The package debian-archive-keyring is missing, so Debian's signatures cannot be checked.",
            "As root: apt-get install debian-archive-keyring.",
        )
    say(f"fetching {pin['package']} from the machine's Debian archive")
    private = paths.LOCAL / "apt"
    for sub in ("lists/partial", "cache/archives/partial", "state"):
        (private / sub).mkdir(parents=True, exist_ok=True)
    (private / "sources.list").write_text(
        "".join(f"deb [signed-by={KEYRING} arch=amd64] {archive} {suite} main\n" for suite in (pin["suite"], assets["suite"]))
    )
    options = [
        part
        for option in (
            f"Dir::Etc::SourceList={private}/sources.list",
            "Dir::Etc::SourceParts=/dev/null",
            "Dir::Etc::Preferences=/dev/null",
            "Dir::Etc::PreferencesParts=/dev/null",
            f"Dir::State={private}/state",
            f"Dir::State::Lists={private}/lists",
            "Dir::State::status=/dev/null",
            f"Dir::Cache={private}/cache",
            "APT::Sandbox::User=root",
            "Acquire::Languages=none",
            "Acquire::Retries=3",
            "APT::Get::AllowUnauthenticated=false",
        )
        for part in ("-o", option)
    ]
    run(["apt-get", "-qq", *options, "update"], what="apt-get update (private lists)", log="odoo-apt-update.log")
    run(
        ["apt-get", "-qq", *options, "download", *(f"{name}/{assets['suite']}" for name in assets["packages"])],
        cwd=folder,
        what="apt-get download of Odoo's assets",
        log="odoo-apt-assets.log",
    )
    exact = True
    if not any(folder.glob(f"{pin['package']}_*.deb")):
        version = pin["package_version"]
        listed = run(["apt-cache", *options, "madison", pin["package"]], what="apt-cache madison")
        versions = [line.split("|")[1].strip() for line in listed.splitlines() if "|" in line]
        if version not in versions:
            other = next((v for v in versions if v.startswith("19.0.")), None)
            if not other:
                raise Problem(f"Debian {pin['suite']} no longer carries {pin['package']} 19.0.", knobs)
            complain(f"Debian now carries {pin['package']} {other} instead of the pinned {version}; using it.")
            version, exact = other, False
        run(
            ["apt-get", "-qq", *options, "download", f"{pin['package']}={version}"],
            cwd=folder,
            what=f"apt-get download {pin['package']}",
            log="odoo-apt-download.log",
        )
    shutil.rmtree(private, ignore_errors=True)  # 40 MB of lists
    return exact


def _unpack(deb):
    exclude = [f"--exclude=./{PACKAGES}/{name}" for name in LEFT_OUT]
    if os.environ.get("ODOO_ALL_LANGUAGES") != "1":
        exclude += ["--exclude=*/i18n/[!z]*.po", "--exclude=*/i18n/z[!h]*.po"]
    with steps.replacing(TREE) as tree:
        with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(deb)], stdout=subprocess.PIPE) as source:
            result = subprocess.run(
                ["tar", "-x", "-C", str(tree), "--wildcards", *exclude],
                stdin=source.stdout,
                capture_output=True,
                text=True,
                check=False,
            )
        if result.returncode or source.returncode:
            raise Problem(
                f"{deb} cannot be unpacked: {result.stderr.strip()[-300:]}",
                "Remove the file and call again (and look at the disk).",
            )
        for name in pins()["assets"]["packages"]:
            package = sorted(debs().glob(f"{name}_*.deb"))[-1]
            run(["dpkg-deb", "-x", package, tree], what=f"unpacking {package.name}")
        _mend(tree)
    if not succeeds(["test", "-f", str(TREE / PACKAGES / "odoo" / "release.py")]):
        raise Problem(f"{deb.name} does not hold Odoo where Debian puts it.", "Name a checkout of Odoo 19.0 with ODOO_SRC=.")


def _mend(tree):
    """Re-root absolute links (Debian's own are relative) and put a stub where a non-free file was left out."""
    for folder, names, files in os.walk(tree):
        for name in (*names, *files):
            link = Path(folder, name)
            if link.is_symlink() and os.readlink(link).startswith("/"):
                target = str(TREE) + os.readlink(link)
                link.unlink()
                link.symlink_to(target)
    for stub in pins()["assets"]["stubs"]:
        path = tree / PACKAGES / "odoo" / "addons" / stub
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("/* not in Debian (non-free); nothing here needs it */\n")
