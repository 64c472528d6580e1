"""Records: what one is, and how a file becomes one."""
