"""Alembic's entry: runs migrations on the connection that storage.engine hands over."""

from alembic import context
from sqlmodel import SQLModel

from storage import (
    broadcasts,
    carriers,
    clusters,
    conversations,
    data_requests,
    guidances,
    hosting,
    imports,
    inbox,
    linking,
    marks,
    media,
    outages,
    outbox,
    people,
    policies,
    rollcalls,
    rosters,
    rounds,
    storms,
    tasks,
    tickets,
    viewings,
    webchat,
    wordings,
)

TABLES = (
    broadcasts,
    carriers,
    clusters,
    conversations,
    data_requests,
    guidances,
    hosting,
    imports,
    inbox,
    linking,
    marks,
    media,
    outages,
    outbox,
    people,
    policies,
    rollcalls,
    rosters,
    rounds,
    storms,
    tasks,
    tickets,
    viewings,
    webchat,
    wordings,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
