"""Pieces of addresses."""

from django.urls import register_converter


class Kato:
    """A code of the classifier, nine digits; a unit added by hand has a number after a dash."""

    regex = r"[0-9]{9}(?:-[0-9]{1,3})?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Kato, "kato")
