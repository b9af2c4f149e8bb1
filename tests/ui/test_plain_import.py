"""PySide's import, which reads the source of all that is imported, is not the one in use."""

from __future__ import annotations

import builtins
import linecache
import sys

import pytest

from nearling.ui.plain_import import import_plainly


@pytest.mark.parametrize("plainly", [False, True])
def test_no_source_is_read(application, tmp_path, monkeypatch, plainly):
    """PySide's own does read them: else there would be nothing to take away."""
    monkeypatch.setattr(builtins, "__import__", builtins.__feature_import__)
    if plainly:
        import_plainly()
    name = f"imported_{'plainly' if plainly else 'by_pyside'}"
    file = tmp_path / f"{name}.py"
    file.write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    __import__(name)
    assert (str(file) in linecache.cache) is not plainly
    monkeypatch.delitem(sys.modules, name)
    linecache.cache.pop(str(file), None)
