"""The console: pages for departments, the coordinator, the leadership and administrators."""
