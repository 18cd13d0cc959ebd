"""
What goes into a search and what comes out: frozen and typed. A reply is the JSON of its command.
"""

from retrieval.models.answers import Answer, AskRequest, Coverage, Narrowing, Status
from retrieval.models.contexts import PassageInContext, PassageRequest
from retrieval.models.directories import Directory, KnownName, KnownTitle
from retrieval.models.excerpts import (
    CitationStyle,
    CitedStatement,
    Excerpt,
    Filters,
    Language,
    Languages,
    Note,
    Order,
)
from retrieval.models.listings import StatementList, StatementsRequest
from retrieval.models.people import PersonProfile, PersonRequest, PrintedForm
from retrieval.models.quotes import FoundQuote, QuoteOrder, QuoteReply, QuoteRequest, Slice
from retrieval.models.searching import Hit, Passage, PassageKind, Query, WeightedTerm, passage_id
from retrieval.models.statements import FullStatement, ReadParagraph
from retrieval.models.timelines import Timeline, TimelineRequest
from retrieval.models.verdicts import Difference, FoundWords, Operation, Verdict, VerdictKind, VerifyRequest

__all__ = [
    "Answer",
    "AskRequest",
    "CitationStyle",
    "CitedStatement",
    "Coverage",
    "Difference",
    "Directory",
    "Excerpt",
    "Filters",
    "FoundQuote",
    "FoundWords",
    "FullStatement",
    "Hit",
    "KnownName",
    "KnownTitle",
    "Language",
    "Languages",
    "Narrowing",
    "Note",
    "Operation",
    "Order",
    "Passage",
    "PassageInContext",
    "PassageKind",
    "PassageRequest",
    "PersonProfile",
    "PersonRequest",
    "PrintedForm",
    "Query",
    "QuoteOrder",
    "QuoteReply",
    "QuoteRequest",
    "ReadParagraph",
    "Slice",
    "StatementList",
    "StatementsRequest",
    "Status",
    "Timeline",
    "TimelineRequest",
    "Verdict",
    "VerdictKind",
    "VerifyRequest",
    "WeightedTerm",
    "passage_id",
]
