"""The settings: one table of `GISA_*` variables, and the frozen `Config` read out of it."""

from service.config.loading import Config, language, load_config, source_of
from service.config.setting import Setting
from service.config.table import SETTINGS

__all__ = ["SETTINGS", "Config", "Setting", "language", "load_config", "source_of"]
