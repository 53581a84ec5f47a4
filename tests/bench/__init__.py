"""How fast the program is, beside what others do on the same machine in the same minute."""
