#!/usr/bin/env python
"""The command line of the project; starts the embedded servers when a command needs them."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hit_project.settings")
    from django.core.management import execute_from_command_line

    from hit_project.embedded import servers_for_command

    with servers_for_command(sys.argv):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
