"""The conversations in docs/hoi-thoai are what is really said; THAOGO_WRITE=1 writes them."""

import os

import pytest

from tests.transcripts import FOLDER, STORIES, Story, transcript
from tests.world import World

WRITE = os.environ.get("THAOGO_WRITE") == "1"


@pytest.mark.parametrize(("name", "title", "story"), STORIES, ids=[name for name, _, _ in STORIES])
@pytest.mark.parametrize("world", [("web", "sqlite")], ids="+".join, indirect=True)
async def test_a_transcript_is_true(world: World, name: str, title: str, story: Story) -> None:
    said = await transcript(world, title, story)
    file = FOLDER / f"{name}.md"
    if WRITE:
        FOLDER.mkdir(exist_ok=True)
        file.write_text(said, "utf-8")
    assert said == file.read_text("utf-8")
