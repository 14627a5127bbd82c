"""What the person who started the site sees: its address, and who can sign in to the demo."""

from django.conf import settings
from django.utils import translation


def greeting(address: str) -> str:
    """The address and, where the demo is shown, one line a demo user: e-mail, role, place."""
    lines = ["", f"Akimat is running: {address}/", ""]
    if settings.SHOW_DEMO_SIGN_INS:
        from meetings.demo.signins import demo_sign_ins, password

        with translation.override("en"):
            rows = demo_sign_ins()
        width = max((len(row.email) for row in rows), default=0)
        lines.append(f"Sign in at {address}/accounts/login/ with the password {password()}")
        lines += [f"  {row.email:<{width}}  {row.role}, {row.place}" for row in rows]
        lines.append("")
    lines.append("Stop it with Ctrl+C.")
    return "\n".join(lines)
