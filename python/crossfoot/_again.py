"""How the command line is started as another process."""

from __future__ import annotations

import sys


def again() -> list[str]:
    """The command by which the command line is started once more, as another process."""
    if not sys.executable:
        return []
    # A folder called crossfoot in the working directory is not the package.
    safe = ["-P"] if sys.version_info >= (3, 11) else []
    return [sys.executable, *safe, "-m", "crossfoot"]
