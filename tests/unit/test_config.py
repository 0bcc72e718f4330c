"""The settings: defaults, values, and the sentence that each wrong one is refused with."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from service.config import SETTINGS, Config, Setting, language, load_config, source_of
from service.domain.errors import StartupError


def test_defaults_serve_this_machine_alone() -> None:
    config = load_config({})
    assert (config.engine, config.host, config.port, config.workers) == ("embedded", "127.0.0.1", 8000, 2)
    assert config.data_dir == Path.cwd() / "gisa-data"
    assert config.language == "ko"


def test_values_are_taken_from_the_variables() -> None:
    config = load_config({"GISA_PORT": "9001", "GISA_DATA_DIR": "/srv/gisa", "GISA_LOG_LEVEL": "debug"})
    assert (config.port, config.data_dir, config.log_level) == (9001, Path("/srv/gisa"), "debug")


def test_the_folder_one_stands_in_may_hold_the_data() -> None:
    assert load_config({"GISA_DATA_DIR": "."}).data_dir == Path.cwd()


def test_the_process_environment_is_read_where_no_mapping_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GISA_THREADS", "3")
    assert load_config().threads == 3


def test_a_mapping_stands_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GISA_THREADS", "3")
    assert load_config({}).threads == 8


def test_config_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        load_config({}).port = 1  # type: ignore[misc] # that it cannot be set is what is shown


def test_the_table_and_the_config_agree() -> None:
    assert {setting.attribute for setting in SETTINGS} == {field.name for field in fields(Config)}
    defaults = {field.name: field.default for field in fields(Config)}
    written = {setting.attribute: setting.default for setting in SETTINGS}
    for name in ("engine", "host", "port", "workers", "threads", "keep_alive_seconds", "shutdown_grace_seconds"):
        assert str(defaults[name]) == written[name]


@pytest.mark.parametrize("setting", [each for each in SETTINGS if not each.optional], ids=lambda each: each.name)
def test_every_setting_refuses_a_blank_value(setting: Setting) -> None:
    with pytest.raises(StartupError, match=setting.name) as refused:
        load_config({setting.name: ""})
    assert setting.allowed.en in refused.value.message.en
    assert setting.allowed.ko in refused.value.message.ko


@pytest.mark.parametrize("setting", [setting for setting in SETTINGS if setting.optional], ids=lambda each: each.name)
def test_what_is_optional_may_be_left_empty(setting: Setting) -> None:
    assert not getattr(load_config({setting.name: ""}), setting.attribute)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GISA_PORT", "http"),
        ("GISA_PORT", "0"),
        ("GISA_PORT", "65536"),
        ("GISA_PORT", "80.5"),
        ("GISA_WORKERS", "0"),
        ("GISA_THREADS", "-1"),
        ("GISA_LOG_LEVEL", "loud"),
        ("GISA_LOG_FORMAT", "xml"),
        ("GISA_LANGUAGE", "jp"),
        ("GISA_HOST", "  "),
        ("GISA_SHUTDOWN_GRACE_SECONDS", "soon"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_is_allowed(name: str, value: str) -> None:
    with pytest.raises(StartupError) as refused:
        load_config({name: value})
    for sentence in (refused.value.message.ko, refused.value.message.en):
        assert name in sentence
        assert repr(value) in sentence


def test_the_engine_may_be_elasticsearch() -> None:
    config = load_config({"GISA_ENGINE": "elasticsearch", "GISA_ELASTICSEARCH_CA_FILE": "/etc/gisa/ca.pem"})
    assert (config.engine, config.elasticsearch_ca_file) == ("elasticsearch", Path("/etc/gisa/ca.pem"))


def test_secrets_are_not_shown_with_the_config() -> None:
    config = load_config({"GISA_ELASTICSEARCH_PASSWORD": "hidden-1", "GISA_ELASTICSEARCH_API_KEY": "hidden-2"})
    assert config.elasticsearch_password == "hidden-1"
    assert "hidden" not in repr(config)


def test_an_unknown_variable_is_refused_and_the_nearest_named() -> None:
    with pytest.raises(StartupError, match=r"no setting GISA_PROT.*GISA_PORT"):
        load_config({"GISA_PROT": "8000"})


def test_variables_of_the_tests_are_passed_by() -> None:
    assert load_config({"GISA_TEST_ANYTHING": "1"}).port == 8000


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, "ko"),
        ({"LANG": "C.UTF-8"}, "ko"),
        ({"LANG": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "ko_KR.UTF-8"}, "ko"),
        ({"LANG": "en_GB.UTF-8", "GISA_LANGUAGE": "ko"}, "ko"),
        ({"GISA_LANGUAGE": "en"}, "en"),
    ],
)
def test_language_follows_the_setting_then_the_locale(environ: dict[str, str], expected: str) -> None:
    assert load_config(environ).language == expected
    assert language(environ) == expected


def test_language_is_known_even_where_settings_are_wrong() -> None:
    assert language({"GISA_LANGUAGE": "jp", "LANG": "en_US.UTF-8"}) == "en"


def test_the_source_of_a_value_is_told() -> None:
    port = next(setting for setting in SETTINGS if setting.attribute == "port")
    assert source_of(port, {}) == "default"
    assert source_of(port, {"GISA_PORT": "9000"}) == "environment"


def test_origins_are_read_as_browsers_write_them() -> None:
    config = load_config(
        {"GISA_CORS_ORIGINS": "https://Intranet.example:443, http://127.0.0.1:8080,https://시청.example"}
    )
    assert config.shared_origins == {"https://intranet.example", "http://127.0.0.1:8080", "https://xn--vv4bo3p.example"}
    assert load_config({"GISA_FRAME_ANCESTORS": "https://b.example,https://a.example"}).framing_origins == (
        "https://b.example",
        "https://a.example",
    )
    assert load_config({}).shared_origins == frozenset()


@pytest.mark.parametrize(
    "value",
    [
        *(
            "*",
            "null",
            "intranet.example",
            "https://",
            "https://a.example/",
            "https://*.example",
            "https://u@a.example",
        ),
        *("ftp://a.example", "https://a.example:port", "https://a.example:", "https://a.example,*"),
        *("https://a b.example", "https://a.example; script-src *", "https://a.example'none'"),
    ],
)
@pytest.mark.parametrize("name", ["GISA_CORS_ORIGINS", "GISA_FRAME_ANCESTORS"])
def test_what_is_no_origin_is_refused(name: str, value: str) -> None:
    with pytest.raises(StartupError, match=name):
        load_config({name: value})
