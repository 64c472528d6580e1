"""The words, numbers and dates of each language."""
