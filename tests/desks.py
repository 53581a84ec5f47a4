"""Browsers that sit at the console of a whole program on its virtual clock."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from tests.site import Browser, Site
from tests.world import Actor

LINK = re.compile(r"/vao/([\w-]+)")


async def link_of(actor: Actor) -> str:
    """Ask for a link in chat, and read it."""
    await actor.says("/vao")
    return next(m.group(1) for text in reversed(await actor.heard()) if (m := LINK.search(text)))


@asynccontextmanager
async def console(site: Site, actor: Actor) -> AsyncIterator[Browser]:
    """A browser at which somebody has signed in by the link from their chat."""
    async with site.browser() as browser:
        answer = await browser.post(f"/vao/{await link_of(actor)}")
        assert answer.status_code == 303, answer.text
        yield browser
