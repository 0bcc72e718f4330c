"""Raw pasted press copy to structured articles."""

from service.enrichment.press_copy.encoding import decode
from service.enrichment.press_copy.html import text_of_html
from service.enrichment.press_copy.model import PressCopyArticle
from service.enrichment.press_copy.parsing import parse

__all__ = ["PressCopyArticle", "decode", "parse", "text_of_html"]
