"""`python -m handlers.cli`: the command `pharus`."""

from handlers.cli.commands import main

# A renderer's process imports this module anew, under another name.
if __name__ == "__main__":
    main()
