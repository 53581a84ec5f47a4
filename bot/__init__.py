"""The running program: wiring, transport, clock and command line."""
