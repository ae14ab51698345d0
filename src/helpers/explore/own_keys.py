"""Keys that belong to a list in the Lab, not to the Lab."""

from __future__ import annotations


def own_keys(within: str) -> str:
    """HTML that leaves plain keys to the lists around it: in the Lab an arrow would leave the list,
    and an X cut the cell. With Ctrl, Alt or Enter a key stays the Lab's.

    Parameters
    ----------
    within : a CSS selector of what holds both it and the lists.
    """
    return f"""<style onload="
const own = this.closest('{within}');
window.addEventListener('keydown', e => own.contains(e.target) && e.target.toggleAttribute(
  'data-lm-suppress-shortcuts', !(e.ctrlKey || e.metaKey || e.altKey || e.key === 'Enter')), true);
"></style>"""
