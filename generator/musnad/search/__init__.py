"""Search: one analyser for both scripts, an index in small files, and the worker behind the theme's box."""
