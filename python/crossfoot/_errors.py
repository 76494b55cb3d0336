"""The exceptions of crossfoot."""

from __future__ import annotations


class CrossfootError(Exception):
    """What all exceptions of crossfoot have in common."""


class ReadError(CrossfootError):
    """An input that gives no document: it is encrypted, broken, or of a kind that is not read.

    Where the operating system refused, an ``OSError`` of the fitting kind is raised instead.
    """

    path: str
    """The path or name of the input."""
    what: str
    """What is wrong with it."""
    hint: str | None
    """What to do about it."""

    def __init__(self, path: str, what: str, hint: str | None = None) -> None:
        super().__init__(path, what, hint)
        self.path, self.what, self.hint = path, what, hint

    def __str__(self) -> str:
        return f"{self.path}: {self.what}" + (f"; {self.hint}" if self.hint else "")


class BatchError(CrossfootError):
    """A batch that could not be made, or in which inputs could not be read."""

    status: int
    """The exit status of the command line."""
    stderr: str
    """What it said on stderr."""

    def __init__(self, status: int, stderr: str) -> None:
        super().__init__(status, stderr)
        self.status, self.stderr = status, stderr

    def __str__(self) -> str:
        return self.stderr.strip() or f"crossfoot batch ended with status {self.status}"
