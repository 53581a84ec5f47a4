"""Stories, properties and contracts that hold the program to what it promises."""
