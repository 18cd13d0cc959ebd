"""
What frames a statement: an organisation's standing paragraph on itself, and somebody else's text around a release.

Both stay findable. `about` never counts as what an organisation said on a topic; `wrapper` has no issuer.
"""

from corpus.framing.about import find_about
from corpus.framing.wrapper import find_wrapper

__all__ = ["find_about", "find_wrapper"]
