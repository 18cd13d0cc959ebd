"""
The public site of the record: static pages, one a statement with an anchor a paragraph, in English and in Spanish.

`records.py` reads what there is, `statements.py` and `people.py` lay it out, `pages.py` lists every page,
`rendering.py` makes HTML of it (`templates/`), `feeds.py` what machines read, and `folder.py` puts it all in its place.
"""

from bot.site.records import SiteRecord, open_record
from bot.site.writing import Written, write_site

__all__ = ["SiteRecord", "Written", "open_record", "write_site"]
