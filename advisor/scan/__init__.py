"""Answers from the files of a repository: nothing of it is run, and nothing outside it is read."""
