"""Is the suite awake? Defects of the contract, put into a copy of the server one at a time; each must be noticed."""
