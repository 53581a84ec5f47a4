"""A made-up province that lives through the real program: for the simulation and the trial."""
