"""What the documentation shows is run."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import crossfoot

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_example_of_the_package_is_right() -> None:
    assert doctest.testmod(crossfoot).failed == 0


@pytest.mark.parametrize("code", re.findall(r"```python\n(.*?)```", README, re.DOTALL))
def test_the_examples_of_the_readme_run(code: str) -> None:
    if "daft" in code:
        pytest.importorskip("daft")
    exec(compile(code, "README.md", "exec"), {})


def test_everything_public_is_described() -> None:
    public = [getattr(crossfoot, name) for name in crossfoot.__all__ if not name.startswith("__")]
    for each in public:
        assert each.__doc__, each
        for name, member in vars(each).items() if isinstance(each, type) else []:
            if not name.startswith("_") and (callable(member) or hasattr(member, "__get__")):
                assert member.__doc__, (each, name)
