"""What any engine must show."""

from __future__ import annotations

from tests.contract.advice import AdviceContract
from tests.contract.analytics import AnalyticsContract
from tests.contract.cursors import CursorContract
from tests.contract.exclusions import ExclusionContract
from tests.contract.facets import FacetContract
from tests.contract.filters import FilterContract
from tests.contract.grouping import GroupingContract
from tests.contract.highlights import HighlightContract
from tests.contract.histogram import HistogramContract
from tests.contract.meaning import MeaningContract
from tests.contract.memory import MemoryContract
from tests.contract.operators import OperatorContract
from tests.contract.outlet_names import OutletNameContract
from tests.contract.pages_under_writes import PagesUnderWritesContract
from tests.contract.phrases import PhraseContract
from tests.contract.preconditions import PreconditionContract
from tests.contract.query_table import QueryTableContract
from tests.contract.quotes import QuoteContract
from tests.contract.ranges import RangeContract
from tests.contract.records import RecordContract
from tests.contract.refresh import RefreshContract
from tests.contract.scans import ScanContract
from tests.contract.similar import SimilarContract
from tests.contract.sorts import SortContract
from tests.contract.stories import StoryContract
from tests.contract.streams import StreamContract
from tests.contract.suggestions import SuggestionContract
from tests.contract.synonyms import SynonymContract
from tests.contract.words import WordContract
from tests.contract.writes import WriteContract


class EngineContract(
    WriteContract,
    PreconditionContract,
    RefreshContract,
    WordContract,
    SynonymContract,
    PhraseContract,
    OperatorContract,
    MeaningContract,
    ExclusionContract,
    FilterContract,
    OutletNameContract,
    RangeContract,
    FacetContract,
    HistogramContract,
    SortContract,
    StoryContract,
    CursorContract,
    PagesUnderWritesContract,
    HighlightContract,
    GroupingContract,
    SimilarContract,
    SuggestionContract,
    AdviceContract,
    AnalyticsContract,
    QuoteContract,
    QueryTableContract,
    StreamContract,
    MemoryContract,
    ScanContract,
    RecordContract,
):
    """Tests of one engine; a subclass beside a class-scoped `engine` fixture runs them."""
