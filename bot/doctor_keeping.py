"""What the doctor says about how long things are kept, and what has gone."""

from datetime import datetime

from bot.findings import Finding
from storage.rounds import Round
from tickets.acts.retention import ACTS
from tickets.moment import Rules


def retention(rules: Rules, row: Round | None) -> Finding:
    """The limits in force, and what went by them; never a fault."""
    policy = rules.pack.policies.retention
    limits = {kind: getattr(policy, kind) or "for good" for kind in ACTS}
    found = ", ".join(f"{kind} {limit}" for kind, limit in limits.items())
    if row is None or "looked_at" not in row.kept:
        return Finding("retention", fine=True, found=f"{found}; not looked yet")
    at = datetime.fromisoformat(row.kept["looked_at"])
    gone = ", ".join(f"{row.kept[kind]} {kind}" for kind in ACTS if row.kept.get(kind))
    return Finding("retention", fine=True, found=f"{found}; {gone or 'nothing'} gone by {at:%d/%m}")
