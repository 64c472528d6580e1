"""``python -m musnad`` is the same as ``musnad``."""

from musnad.cli import main

main()
