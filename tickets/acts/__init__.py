"""What is done to tickets: each act one event, nothing sent from inside."""
