# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The folder that others drop files into: nothing outside it is read or written, whatever a name says."""

import hashlib
import os
import stat
import time
from dataclasses import dataclass
from pathlib import Path

MAX_BYTES = 50 * 2**20
MAX_FILES = 1000
SETTLED_SECONDS = 2
DONE, FAILED = "done", "failed"
_UNFINISHED = (".part", ".tmp", ".filepart", ".crdownload", "~")


class FolderError(ValueError):
    """The folder cannot be used; the text says why."""


@dataclass(frozen=True)
class DroppedFile:
    """A file in the folder: its name, and its content, None where it is larger than ``MAX_BYTES``."""

    name: str
    size: int
    content: bytes | None

    @property
    def digest(self):
        return hashlib.sha256(self.content).hexdigest() if self.content is not None else ""


def folder_name_fault(name):
    """Return why ``name`` cannot name a folder below the root, None if it can.

    >>> folder_name_fault("alibaba/in")
    >>> folder_name_fault("../etc"), folder_name_fault("/etc"), folder_name_fault("a\\\\b")
    ('path', 'path', 'path')
    """
    parts = name.split("/")
    bad = any(part in ("", ".", "..") or part.startswith(".") or not part.isprintable() for part in parts)
    if bad or "\\" in name or ":" in name or len(name) > 200 or parts[-1] in (DONE, FAILED):
        return "path"
    return None


def open_folder(root, name):
    """Return the folder ``name`` below ``root``, made if it is not there, as a Path.

    :raises FolderError: the name, or a link on the way, leads out of the root
    """
    if folder_name_fault(name):
        raise FolderError(f"{name!r} is no folder below the drop root")
    root = Path(root)
    root.mkdir(parents=True, exist_ok=True)
    base = root.resolve()
    folder = base
    for part in name.split("/"):
        folder = folder / part
        if folder.is_symlink():
            raise FolderError(f"{name!r} is a link")
        folder.mkdir(exist_ok=True)
    if base not in folder.resolve().parents:
        raise FolderError(f"{name!r} leads out of the drop root")
    for kept in (DONE, FAILED):
        if (folder / kept).is_symlink():
            raise FolderError(f"{kept!r} is a link")
        (folder / kept).mkdir(exist_ok=True)
    return folder


def waiting_files(folder, now=None):
    """Return the names of the files that are complete, in the order of their names; links and folders are none.

    :param now: seconds since 1970; a file changed in the last two seconds may still be written
    """
    now = time.time() if now is None else now
    names = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith(".") or entry.name.lower().endswith(_UNFINISHED):
                continue
            if entry.is_file(follow_symlinks=False) and now - entry.stat(follow_symlinks=False).st_mtime >= SETTLED_SECONDS:
                names.append(entry.name)
    return sorted(names)[:MAX_FILES]


def read_file(folder, name):
    """Return the :class:`DroppedFile`; None if it is gone, or no plain file (any more)."""
    try:
        handle = os.open(Path(folder) / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    with os.fdopen(handle, "rb") as stream:
        info = os.fstat(stream.fileno())
        if not stat.S_ISREG(info.st_mode):
            return None
        content = stream.read(MAX_BYTES + 1) if info.st_size <= MAX_BYTES else None
        if content is not None and len(content) > MAX_BYTES:
            content = None
        return DroppedFile(name, info.st_size, content)


def put_away(folder, name, kept):
    """Move a file into ``done`` or ``failed``; one of the same name that is there stays beside it."""
    target = Path(folder) / kept / name
    number = 1
    while os.path.lexists(target):
        number += 1
        target = Path(folder) / kept / f"{number}-{name}"
    try:
        os.rename(Path(folder) / name, target)
    except FileNotFoundError:
        return None  # another server that shares the folder was faster
    return target
