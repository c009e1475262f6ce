"""The programs that use what was generated, one for each client of the matrix; they run in folders of their own."""
