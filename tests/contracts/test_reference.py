"""The reference of the helpers is what their docstrings say today."""

from __future__ import annotations

import ast

import pytest

from helpers.contracts import project, reference

FOLDER = project.ROOT / "docs" / "reference"


def test_the_pages_are_current():
    made = reference.pages()
    assert {p.name for p in FOLDER.glob("*.md")} == set(made)
    old = [n for n, text in made.items() if (FOLDER / n).read_text(encoding="utf-8") != text]
    assert old == [], "make reference"


@pytest.mark.parametrize("room", reference.ROOMS)
def test_every_function_and_type_that_a_room_shows_is_told(room: str):
    """Names that are neither (constants, other names of types) have no docstring to be told."""
    face = ast.parse(
        (project.ROOT / "src" / "helpers" / room / "__init__.py").read_text(encoding="utf-8")
    )
    assigned = {ast.unparse(n.targets[0]): n.value for n in face.body if isinstance(n, ast.Assign)}
    listed = set(ast.literal_eval(assigned.pop("__all__")))
    named = {name.split(".")[0] for name in reference.told(room)}
    assert named <= listed
    functions = {n for n in listed - named if n[:1].islower()}
    # What the face itself names anew is told where it comes from.
    assert functions <= set(assigned)


def test_a_docstring_becomes_prose_a_list_and_code():
    made = reference.text(
        """One line
        that goes on, of ``x``.

        >>> f(1)
        2

        Parameters
        ----------
        a : metres,
            always.
        b, *c : others.

        Returns
        -------
        A number.
        """
    )
    assert made == (
        "One line that goes on, of `x`.\n\n```python\n>>> f(1)\n2\n```\n\n**Parameters**\n\n"
        "- `a`: metres, always.\n- `b, *c`: others.\n\n**Returns**\n\nA number.\n"
    )
