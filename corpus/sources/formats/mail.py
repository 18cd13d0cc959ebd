"""
E-mail (.eml) → page: its text, with date and subject from its head; attachments are left aside.
"""

from __future__ import annotations

from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

from corpus.canonical import canonical_text
from corpus.errors import UnreadableError
from corpus.sources.formats.html import read_html
from corpus.sources.formats.page import Page

# A file that has none of these is text with a colon in its first line.
_HEADS = ("from", "to", "date", "subject", "mime-version")


def read_mail(data: bytes, file: str) -> Page:
    """
    The page of an e-mail: its plain text, else its HTML.

    Args:
        data: The file's bytes.
        file: For messages.

    Raises:
        UnreadableError: `bad_format` for what is no e-mail; `empty` for one whose text is only in attachments.
    """
    try:
        message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
        # Whether it is there, not what it says: reading a broken one fails, and takes the text with it.
        if not any(name in message for name in _HEADS):
            raise UnreadableError(file, "bad_format", f"{file}: this is no e-mail. Save it as .txt, or export it anew.")
        return _page(message, file)
    except (UnreadableError, MemoryError):
        raise
    except Exception:  # the standard library fails on broken heads in ways that nobody has written down
        message_text = f"{file}: this e-mail is damaged. Save its text as a .txt file."
        raise UnreadableError(file, "bad_format", message_text) from None


def _page(message: EmailMessage, file: str) -> Page:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        raise UnreadableError(file, "empty", f"{file}: the e-mail has no text of its own, only attachments. Add those.")
    payload = part.get_payload(decode=True)
    body, charset = payload if isinstance(payload, bytes) else b"", part.get_content_charset()
    if part.get_content_subtype() == "html":
        markup = canonical_text(body, charset)[0].encode("utf-8", "replace") if charset else body
        page = read_html(markup, file)
    else:
        text, warnings = canonical_text(body, charset)
        page = Page(text=text, warnings=tuple(warnings))
    title, date = _head(message, "subject"), _head(message, "date")
    return page.model_copy(update={"title": title or page.title, "metadata_date": date or page.metadata_date})


def _head(message: EmailMessage, name: str) -> str | None:
    return " ".join(str(message[name] or "").split()) or None
