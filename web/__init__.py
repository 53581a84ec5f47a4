"""The pages: chat, console, webhooks and health, over HTTP."""
