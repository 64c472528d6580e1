"""Pure text: scripts and direction, sort keys, digests, folding, likeness."""
