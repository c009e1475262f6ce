"""The bench: Pharus and its peers do the same work on the same database, measured in alternated runs."""
