"""Other systems, as far as taking things away makes one: code that runs before the program, in a process of its own."""

import os
from pathlib import Path

from tests.conftest import PROJECT

# What was imported before has what it needs; everything later finds it missing.
_WITHOUT = """
import os, shutil, signal, socket, subprocess, tempfile, threading
for name in {names}:
    if hasattr(os, name):
        delattr(os, name)
"""
MACOS = _WITHOUT.format(names=["sched_getaffinity", "sched_setaffinity", "posix_fallocate", "memfd_create"])
WINDOWS = (
    _WITHOUT.format(
        names=[
            *("sched_getaffinity", "sched_setaffinity", "posix_fallocate", "memfd_create", "uname", "sysconf"),
            *("fork", "forkpty", "wait", "wait3", "wait4", "kill", "killpg", "getpgid", "setsid", "mkfifo", "mknod"),
        ]
    )
    + r"""
import builtins, io, sys

# Python's own way to start programs goes on as here.
def wait(pid, options, _wait=os.waitpid):
    if sys._getframe(1).f_globals["__name__"] != "subprocess":
        raise AttributeError("module 'os' has no attribute 'waitpid'")
    return _wait(pid, options)
os.waitpid = wait

# Text is written in the code page and with two characters at the end of a line, if nothing else is asked for.
def open_text(file, mode="r", buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None,
              _open=io.open):
    if "b" not in mode:
        encoding = encoding or "cp1252"
        newline = "\r\n" if newline is None and not mode.startswith("r") else newline
    return _open(file, mode, buffering, encoding, errors, newline, closefd, opener)
builtins.open = io.open = open_text

# A file that is open or mapped can be neither removed nor replaced.
def is_held(path):
    path = os.path.realpath(path)
    handles = [f"/proc/self/fd/{handle}" for handle in os.listdir("/proc/self/fd")]
    held = [os.readlink(handle) for handle in handles if os.path.lexists(handle)]
    with io.FileIO("/proc/self/maps") as maps:
        return path in held or os.fsencode(path) + b"\n" in maps.readall()
def deny(call, paths):
    def guarded(*args, dir_fd=None, **options):
        if dir_fd is not None:
            options["dir_fd"] = dir_fd
        folder = "" if dir_fd is None else os.readlink(f"/proc/self/fd/{dir_fd}")
        for path in args[:paths]:
            if is_held(os.path.join(folder, os.fsdecode(path))):
                raise PermissionError(13, "The process cannot access the file", path)
        return call(*args, **options)
    return guarded
# And a virus scanner may look at some.
scanned = set()
def scan(call):
    def guarded(source, target):
        if os.path.exists(target) and target not in scanned and len(scanned) < 5:
            scanned.add(target)
            raise PermissionError(5, "Access is denied", source)
        return call(source, target)
    return guarded
os.unlink, os.remove = deny(os.unlink, 1), deny(os.remove, 1)
os.replace = scan(deny(os.replace, 2))
os.rename = deny(os.rename, 2)

# The third time of a file is that of its birth.
def stat(*args, _stat=os.stat, **options):
    found = _stat(*args, **options)
    times = {name: getattr(found, name) for name in ("st_atime", "st_mtime", "st_atime_ns", "st_mtime_ns")}
    return os.stat_result(tuple(found)[:10], {**times, "st_ctime": 1e9, "st_ctime_ns": 10**18})
os.stat = stat
"""
)


def before(folder: Path, code: str, **variables: str) -> dict[str, str]:
    """Return an environment in which every Python runs this code first."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sitecustomize.py").write_text(code, encoding="utf-8")
    path = os.pathsep.join([str(folder), str(PROJECT / "generator")])
    left = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "LC_", "LANG"))}
    return {**left, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": path, **variables}
