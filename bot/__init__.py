"""Ask, and show the answer."""
