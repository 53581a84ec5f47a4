"""Alembic's entry: runs migrations on the connection that storage.engine hands over."""

from alembic import context
from sqlmodel import SQLModel

from storage import (
    api_tokens,
    api_writes,
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
    pack_changes,
    people,
    policies,
    rollcalls,
    rosters,
    rounds,
    sign_ins,
    storms,
    tasks,
    tickets,
    viewings,
    webchat,
    webhooks,
    wordings,
)

TABLES = (
    api_tokens,
    api_writes,
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
    pack_changes,
    people,
    policies,
    rollcalls,
    rosters,
    rounds,
    sign_ins,
    storms,
    tasks,
    tickets,
    viewings,
    webchat,
    webhooks,
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
