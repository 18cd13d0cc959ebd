"""`python -m bot` is `onrecord`."""

from bot.cli.main import main

if __name__ == "__main__":
    main()
