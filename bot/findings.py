"""What the doctor says about each thing that it looked at."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `todo` says what to do when it is not fine."""

    what: str
    fine: bool
    found: str
    todo: str = ""
