"""Telephone numbers as spreadsheets give them."""

import re

SHORT = re.compile(r"[1-9]\d{8,9}")
"""What is left of a number within the country when its first 0 is gone."""


def telephone(cell: str) -> str:
    """The number in a cell, with the first 0 that a spreadsheet drops from what it counts with."""
    return f"0{cell}" if SHORT.fullmatch(cell) else cell
