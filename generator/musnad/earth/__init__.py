"""Coasts, borders and waters of the Earth, cut to an extent and projected. Knows no record."""
