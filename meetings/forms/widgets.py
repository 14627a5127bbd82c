"""Widgets whose markup is written directly."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

_SELECTED = mark_safe(" selected")


class LongSelect(forms.Select):
    """A select of some hundred choices. Django renders a template for each option, which for the
    akims of a region takes longer than the rest of the page."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = {str(one) for one in self.format_value(value) or [""]}
        parts = ((self._part(value, label, chosen),) for value, label in self.choices)
        inner = format_html_join("", "{}", parts)
        whole = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(whole), inner)

    def _part(self, value, label, chosen: set[str]) -> str:
        if isinstance(label, list | tuple):
            parts = ((self._part(code, name, chosen),) for code, name in label)
            inner = format_html_join("", "{}", parts)
            return format_html('<optgroup label="{}">{}</optgroup>', value, inner)
        mark = _SELECTED if str(value) in chosen else ""
        return format_html('<option value="{}"{}>{}</option>', value, mark, label)
