"""What other programs read and write: JSON with OpenAPI under /api/v1."""
