"""The addons: found by their manifests, ours in addons/, everybody else's in Odoo's tree and in the installed
packages."""

import ast
import functools
import hashlib
import os
from pathlib import Path

from . import paths
from .console import Problem

# What does not change an installed database.
NOT_INSTALLED = ("tests", "tests_lib", "readme", "__pycache__", "static/description")


@functools.cache
def ours():
    """Return our addons' names, dependencies first."""
    names = sorted(
        path.parent.name for path in paths.ADDONS.glob("*/__manifest__.py") if manifest(path.parent.name).get("installable", True)
    )
    ordered = []

    def add(name):
        for dependency in sorted(manifest(name).get("depends", [])):
            if dependency in names and dependency not in ordered:
                add(dependency)
        if name not in ordered:
            ordered.append(name)

    for name in names:
        add(name)
    return tuple(ordered)


@functools.cache
def folders():
    """Return the folders in which Odoo looks for addons, ours first."""
    source = Path(os.path.realpath(paths.ODOO))
    packages = sorted((paths.VENV / "lib").glob("python3*/site-packages/odoo/addons"))
    return (paths.ADDONS, source / "odoo" / "addons", source / "addons", *packages)


@functools.cache
def manifest(name):
    """Return an addon's manifest as a dictionary (empty when there is no such addon)."""
    for folder in (paths.ADDONS,) if (paths.ADDONS / name).exists() else folders():
        path = folder / name / "__manifest__.py"
        if path.exists():
            return ast.literal_eval(path.read_text())
    return {}


@functools.cache
def closure(name):
    """Return the addon and everything that it depends on."""
    found = {name}
    for dependency in manifest(name).get("depends", []) or (["base"] if name != "base" else []):
        if not manifest(dependency):
            raise Problem(
                f"The addon {name} depends on {dependency}, which is neither ours, Odoo's nor an installed package.",
                "Correct the manifest, or add the package to config/lock/oca.in and its lock.",
            )
        found |= closure(dependency)
    return frozenset(found)


def standard(*names):
    """Return what the addons depend on that is not ours: the content of the database under them."""
    everything = frozenset().union(*(closure(name) for name in names))
    return everything - set(ours())


def dependents(name):
    """Return our addons that depend on an addon, itself included."""
    return [other for other in ours() if name in closure(other)]


@functools.cache
def content(*names):
    """Return a hash of everything in our addons that changes an installed database."""
    result = hashlib.sha256()
    for name in sorted(names):
        root = paths.ADDONS / name
        for path in sorted(root.rglob("*")):
            inside = path.relative_to(root).as_posix()
            if (
                path.is_file()
                and not path.name.endswith(".pyc")
                and not any(inside.startswith(f"{part}/") or f"/{part}/" in inside for part in NOT_INSTALLED)
            ):
                result.update(f"{name}/{inside}\0".encode())
                result.update(path.read_bytes())
    return result.hexdigest()[:16]


def check(names):
    """Raise a Problem when a name is not one of our addons."""
    for name in names:
        if name not in ours():
            raise Problem(f"There is no addon {name} in addons/.", f"There are: {', '.join(ours())}")
