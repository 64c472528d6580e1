"""``python -m generator`` is the same as ``isnad``."""

from generator.cli import main

main()
