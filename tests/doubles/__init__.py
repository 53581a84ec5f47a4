"""Other people's servers, rebuilt small enough to read, with faults to order."""
