"""What pages tell machines: the same page in other languages, and the data of an event."""

import json

from django import template
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# A data block ends where «</script» stands; these signs are written so that it never does.
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


@register.simple_tag
def structured_data(value: dict) -> SafeString:
    """A block of JSON-LD: data, not a script, so the strict CSP leaves it alone."""
    text = json.dumps(value, ensure_ascii=False).translate(_ESCAPED)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
