"""
Statements from the web, politely and safely: `WebReader.read(address)` gives what pages, feeds and sitemaps hold.
"""

from corpus.sources.web.connecting import Network
from corpus.sources.web.policy import Clock, Policy
from corpus.sources.web.reader import WebReader
from corpus.sources.web.readings import WebKind, WebReading
from corpus.sources.web.visiting import Validators

__all__ = ["Clock", "Network", "Policy", "Validators", "WebKind", "WebReader", "WebReading"]
