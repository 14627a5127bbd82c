#!/usr/bin/env python
"""Run the site's commands: ``python manage.py COMMAND``."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "akimat.settings")
    from django.core.management import execute_from_command_line

    from meetings.management.pipes import until_nobody_reads

    with until_nobody_reads(sys.stdout):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
