"""Frozen page views: everything a page says, in one language, ready to print and free of markup."""
