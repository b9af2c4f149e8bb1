"""What is written can be read, and what was cut short is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearling.catalogue.protobuf import Damaged, block, fields, head, integer, integers

NUMBERS = st.integers(1, 2**29 - 1)
INT64 = st.integers(-(2**63), 2**63 - 1)


@given(st.lists(st.tuples(NUMBERS, st.one_of(INT64, st.binary(max_size=300)))))
def test_what_was_written_is_read(parts):
    data = b"".join(
        block(number, each) if isinstance(each, bytes) else integer(number, each)
        for number, each in parts
    )
    read = [
        (each.number, data[each.begin : each.end] if data[each.start] & 7 else each.integer)
        for each in fields(memoryview(data), 0, len(data))
    ]
    assert read == parts


@given(st.integers(0, 40))
def test_what_is_cut_short_is_noticed(length):
    data = memoryview(block(7, bytes(38)))[:length]
    if length in (0, 40):
        list(fields(data, 0, length))
    else:
        with pytest.raises(Damaged):
            list(fields(data, 0, length))


@given(st.lists(INT64))
def test_numbers_come_one_by_one_or_together(numbers):
    singly = b"".join(integer(1, each) for each in numbers)
    together = block(1, b"".join(integer(1, each)[1:] for each in numbers))
    for data in (memoryview(singly), memoryview(together)):
        read = [each for part in fields(data, 0, len(data)) for each in integers(data, part)]
        assert read == numbers


@pytest.mark.parametrize("data", [b"\xff" * 20, b"\x0b", b"\x00\x01", head(1, 1 << 50)])
def test_nonsense_is_refused(data):
    with pytest.raises(Damaged):
        list(fields(memoryview(data), 0, len(data)))
