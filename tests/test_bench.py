"""What the bench draws and counts, without running it: flame graphs, and a storm's night."""

from collections import Counter
from xml.etree import ElementTree as ET

from tests.bench import flames, people, storm

STACKS = {
    ("bot.serve:Server.run", "asyncio.events:Handle._run", "bot.intake:Intake.receive"): 60,
    (
        "bot.serve:Server.run",
        "asyncio.events:Handle._run",
        "bot.intake:Intake.receive",
        "sqlalchemy.orm.session:Session.flush",
    ): 39,
    ("asyncio.events:Handle._run", "web.hooks:<listcomp>"): 1,
}


def test_a_flame_graph_begins_above_the_loop_and_leaves_out_what_cannot_be_read():
    root = flames.tree(STACKS)
    assert root.count == 100
    assert list(root.calls) == ["bot.intake:Intake.receive", "web.hooks:<listcomp>"]
    assert root.calls["bot.intake:Intake.receive"].count == 99
    drawn = flames.svg(STACKS | {("rare:call",): 0}, "a <bench>")
    titles = [box.text for box in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}title")]
    assert titles == [
        "bot.intake:Intake.receive 99.0 %",
        "sqlalchemy.orm.session:Session.flush 39.0 %",
        "web.hooks:<listcomp> 1.0 %",
    ]


def test_time_is_told_by_the_innermost_room_of_ours():
    assert flames.shares(STACKS) == {"bot": 0.99, "web": 0.01}
    assert flames.shares({("asyncio:x",): 2}) == {"libraries": 1.0}


def test_in_a_storm_each_commune_calls_for_help_once():
    communes = [commune.code for commune in people.bundled().communes]
    count = len(communes) * storm.PER_COMMUNE
    called = Counter(
        communes[user % len(communes)] for user in range(1, count + 1) if storm.is_emergency(user)
    )
    assert set(called) == set(communes)
    assert set(called.values()) <= {1, 2}
    assert called.total() == len(communes)
