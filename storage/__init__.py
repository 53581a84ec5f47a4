"""What is remembered: one noun per module, each with its table and its queries."""
