"""Files that were kept for long enough leave the disk, after their rows have left their tickets."""

from bot.app import Program
from storage import pruning

EVERY = 60.0
"""Seconds."""
BATCH = 100


async def tidy(program: Program) -> int:
    """Discard the contents of expired files that no other report has; how many rows were done."""
    async with program.database.transaction() as session:
        rows = await pruning.expired_files(session, BATCH)
        for row in rows:
            assert row.hash is not None
            if not await pruning.is_kept(session, row.hash):
                program.storeroom.discard(row.hash)
            row.hash, row.size = None, 0
    return len(rows)
