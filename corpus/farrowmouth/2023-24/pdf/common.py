"""What the producers share: the fixed date, running a program, fixing dates and ids in a finished file."""

import os
import re
import subprocess

EPOCH = 1718010000  # 10 June 2024, 09:00 UTC
PDF_DATE = b"D:20240610090000"
ENV = {**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), "FORCE_SOURCE_DATE": "1", "TZ": "UTC"}


def run(*command, **more):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, env=ENV, **more)
    if done.returncode:
        raise SystemExit(f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}")
    return done.stdout


def settle(path):
    """Dates and file ids of the producer's clock, overwritten in place: no byte moves."""
    data = path.read_bytes()
    data = re.sub(rb"D:20\d{12}", PDF_DATE, data)
    data = re.sub(
        rb"<([0-9A-Fa-f]{32})>(\s*)<[0-9A-Fa-f]{32}>", lambda m: b"<%s>%s<%s>" % (b"0f" * 16, m[2], b"0f" * 16), data
    )
    data = re.sub(rb"/DocChecksum ?/[0-9A-F]{32}", lambda m: m[0][:-32] + b"0F" * 16, data)
    path.write_bytes(data)
