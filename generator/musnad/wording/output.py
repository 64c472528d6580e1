"""What is printed is UTF-8 on every system, also into a file or another program."""

import sys
from io import TextIOWrapper


def print_utf8() -> None:
    """Have everything printed from now on as UTF-8; what no text can hold, as bytes in a file's name, is escaped."""
    for stream in (sys.stdout, sys.stderr):
        # Whoever runs us within a program may have put something else there.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
