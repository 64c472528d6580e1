"""The two languages of a record."""

from typing import Literal

Lang = Literal["ar", "en"]
LANGS: tuple[Lang, Lang] = ("ar", "en")
OTHER: dict[Lang, Lang] = {"ar": "en", "en": "ar"}
