"""The operator's files that belong to a backup beside the store."""

from __future__ import annotations

import shutil
from pathlib import Path

from service.config import Config

KEYS, USER_DICTIONARY, SYNONYMS = "keys.json", "user_dictionary.txt", "synonyms.txt"


def operator_files(config: Config) -> dict[str, Path]:
    """Return where each of the operator's files is, by its name in a backup, whether it is there or not."""
    return {
        KEYS: config.keys_path,
        USER_DICTIONARY: config.user_dictionary_path,
        SYNONYMS: config.synonyms_path,
    }


def copy_operator_files(config: Config, target: Path) -> list[Path]:
    """Copy those that are there into a folder, for its owner alone, and return the copies."""
    copies = []
    for name, path in operator_files(config).items():
        if path.is_file():
            copy = target / name
            shutil.copyfile(path, copy)
            copy.chmod(0o600)
            copies.append(copy)
    return copies


def kept_elsewhere(config: Config) -> dict[str, Path]:
    """Return those that the settings have outside of the data directory, where a restore does not write."""
    return {
        name: path
        for name, path in operator_files(config).items()
        if path.resolve().parent != config.data_dir.resolve()
    }
