"""The log is made when there is something to say, and never stands in the way."""

import logging

import pytest

from nearling.settings.log import log_to


@pytest.fixture(autouse=True)
def restored():
    before = logging.getLogger().handlers[:]
    yield
    for handler in logging.getLogger().handlers[:]:
        if handler not in before:
            logging.getLogger().removeHandler(handler)
            handler.close()


def test_a_warning_makes_the_file_and_a_remark_does_not(tmp_path):
    file = tmp_path / "logs" / "nearling.log"
    log_to(file)
    logging.getLogger("nearling").info("a remark")
    assert not file.parent.exists()
    logging.getLogger("nearling").warning("a warning")
    assert "a warning" in file.read_text()


def test_beginning_again_moves_the_log(tmp_path):
    log_to(tmp_path / "old" / "a.log")
    log_to(tmp_path / "new" / "a.log")
    logging.getLogger("nearling").error("once")
    assert not (tmp_path / "old").exists()
    assert (tmp_path / "new" / "a.log").read_text().count("once") == 1


def test_a_log_that_cannot_be_written_disturbs_nobody(tmp_path, capsys):
    (tmp_path / "in the way").write_text("")
    log_to(tmp_path / "in the way" / "a.log")
    logging.getLogger("nearling").error("lost")
    (tmp_path / "a.log").mkdir()
    log_to(tmp_path / "a.log")
    logging.getLogger("nearling").error("lost too")
    assert capsys.readouterr().err == ""
