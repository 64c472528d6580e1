"""Musnad: bilingual knowledge bases from attributed claims."""

__version__ = "0.1.0"
