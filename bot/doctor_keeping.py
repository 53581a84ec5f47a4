"""What the doctor says of how long things are kept, what has gone, and of backups."""

from datetime import datetime

from bot.findings import Finding
from storage.rounds import Round
from tickets.acts.backups import LATE, made_lately
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


def backups(row: Round | None, now: datetime) -> Finding:
    """When the last backup was made; a fault when they have stopped (`now` in UTC)."""
    made = made_lately(row)
    if not made:
        return Finding("backups", fine=True, found="none noted yet: switch thaogo-backup.timer on")
    at = datetime.fromisoformat(made[0]["at"])
    is_late = now - at > LATE
    todo = "look whether thaogo-backup.timer runs and the disk has room" if is_late else ""
    size = made[0]["bytes"] / 1_000_000
    return Finding("backups", fine=not is_late, found=f"last {at:%d/%m}, {size:.1f} MB", todo=todo)
