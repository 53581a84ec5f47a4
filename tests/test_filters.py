"""Every filter of a route is async: aiogram runs any other in a thread, for every message."""

from handlers import all_routes


def test_no_filter_needs_a_thread() -> None:
    slow = [
        f"{router.name}: {handler.callback.__name__}"
        for router in all_routes()
        for observer in router.observers.values()
        for handler in observer.handlers
        for asked in handler.filters or []
        if not asked.awaitable
    ]
    assert not slow
