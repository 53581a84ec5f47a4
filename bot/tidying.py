"""Files that were kept for long enough leave the disk, after their rows have left their tickets."""

import asyncio

from bot.app import Program
from storage import pruning

EVERY = 60.0
"""Seconds."""
BATCH = 100


async def tidy(program: Program) -> int:
    """Discard the contents of expired files that no other report has; how many rows there were."""
    async with program.database.transaction() as session:
        rows = await pruning.expired_files(session, BATCH)
        for row in rows:
            assert row.hash is not None
            is_needed = await pruning.is_kept(session, row.hash)
            discard = program.storeroom.discard
            if is_needed or await asyncio.to_thread(discard, row.hash, program.now()):
                row.hash, row.size = None, 0
    return len(rows)
