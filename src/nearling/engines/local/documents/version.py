"""Under what name pages are kept: another one has documents read again."""


def document_reader_id() -> str:
    return "files-1"
