"""The ways in which people are heard and reached."""
