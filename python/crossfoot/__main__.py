"""The command line: ``python -m crossfoot ARGS…``, and the script ``crossfoot``."""

from __future__ import annotations

import signal
import sys

from . import _crossfoot
from ._again import again


def main() -> int:
    """Runs the command line on the arguments of this process, and gives the exit status."""
    # Python would note an interrupt and wait for the end of the run.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    return _crossfoot.main(["crossfoot", *sys.argv[1:]], again())


if __name__ == "__main__":
    sys.exit(main())
