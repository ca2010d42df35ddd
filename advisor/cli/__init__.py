"""The command line: one file for each command, `main` for the whole."""
