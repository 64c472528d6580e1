"""The elements pages are made of: voices, quantities, places and times, badges, claims."""
