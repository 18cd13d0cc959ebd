"""
The pictures read Discord's Markdown as Discord does; and so what the bot writes comes out as it was published.
"""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pictures.markdown import to_html, to_words

from bot.chat.markdown import block_quote, code_block, escape
from corpus.models import Span

_nasty = st.text(
    st.sampled_from("\\*_~`|<>[]()@#:-+.1 2\n\naéñ“”🦋") | st.characters(exclude_categories=["Cs"]),
    min_size=1,
    max_size=300,
)


class Shown(HTMLParser):
    """The words that HTML shows, and its tags but for bold."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.tags = "", list[str]()
        self.feed(html)
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags += [tag] if tag != "strong" else []


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("We stay.", "We stay."),
        ("**bold** and *thin* and _thin_", "<strong>bold</strong> and <em>thin</em> and <em>thin</em>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("__under__ ~~gone~~", "<u>under</u> <s>gone</s>"),
        ("||hidden||", '<span class="spoiler">hidden</span>'),
        ("** spaced**", "<strong> spaced</strong>"),
        ("2 * 3 * 4", "2 * 3 * 4"),  # a star before a space opens nothing
        ("snake_case_name", "snake_case_name"),
        ("**open", "**open"),
        (r"\*\*plain\*\* \_ \\ \a", r"**plain** _ \ \a"),  # no backslash before a letter is an escape
        (r"**a \** b**", "<strong>a ** b</strong>"),
        ("`**code**` ``a`b``", "<code>**code**</code> <code>a`b</code>"),
        ("```\n*as it stands*\n\nend\n```", "<pre><code>*as it stands*\n\nend</code></pre>"),
        ("before ```py\nx\n``` after", "before <pre><code>x</code></pre> after"),
        ("```never closed", "```never closed"),
        ("> one\n> two\nthree", "<blockquote>one\ntwo</blockquote>three"),
        ("> **a**\n> \n> b", "<blockquote><strong>a</strong>\n\nb</blockquote>"),
        (">no quote", "&gt;no quote"),
        ("a > b", "a &gt; b"),
        (">>> all\nof it", "<blockquote>all\nof it</blockquote>"),
        ("# One\n### Three\n#none", "<h1>One</h1><h3>Three</h3>#none"),
        ("-# small\nlarge", "<small>small</small>large"),
        ("- a\n  - b\nc", '<ul><li class="in0">a</li><li class="in1">b</li></ul>c'),
        ("3. c\n4. d", '<ol start="3"><li class="in0">c</li><li class="in0">d</li></ol>'),
        (r"2014\. A year", "2014. A year"),
        ("see https://example.org/a_b.", 'see <a href="https://example.org/a_b">https://example.org/a_b</a>.'),
        ("<https://example.org>", '<a href="https://example.org">https://example.org</a>'),
        ("[the *page*](https://example.org)", '<a href="https://example.org">the <em>page</em></a>'),
        (r"\[words\](https\://example.org)", "[words](https://example.org)"),
        (
            "<@Rosa> <#2000> :smile:",
            '<span class="pill">@Rosa</span> &lt;#2000&gt; :smile:',
        ),  # channels and emojis are left alone
        ('<b class="x">&amp;</b>', "&lt;b class=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;"),
    ],
)
def test_markdown_is_read_as_discord_does(written: str, html: str) -> None:
    """
    Marks show as what they mean in Discord, and what is no mark there shows as it is.
    """
    assert to_html(written) == html


@given(_nasty, st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), max_size=4))
def test_block_quotes_show_the_published_words(text: str, pairs: list[tuple[int, int]]) -> None:
    """
    Whatever was published, with whatever words in bold: a reader of Discord's Markdown sees these words in one quote.
    """
    shown = Shown(to_html(block_quote(text, [Span(*sorted(pair)) for pair in pairs])))

    assert shown.words == text
    assert shown.tags == ["blockquote"]


@given(_nasty)
def test_escaped_words_show_as_they_are(text: str) -> None:
    """
    Escaped words of people, in the middle of a line as names are, make no mark and lose no character.
    """
    shown = Shown(to_html(f"Read {escape(text)}"))

    assert shown.words == f"Read {text}"
    assert shown.tags == []


@given(_nasty.filter(lambda text: text.strip("\n") == text and not text.endswith("`")))
def test_code_blocks_show_what_is_to_be_copied(text: str) -> None:
    """
    What stands in a code block to be copied is what was put in, marks and all.
    """
    shown = Shown(to_html(code_block(text)))

    assert shown.words == text


def test_words_are_read_without_marks() -> None:
    """
    What stands for a picture is its words alone: no marks, and those of two lines never run together.
    """
    assert to_words("**A**\n> b_c\\*\n- d\n# e <f>") == "A b_c* d e <f>"
