"""What a table holds, as one hash that does not depend on how it was written.

The hash of a table is the sha256 of a JSON list: for each leaf of each column its path and its type, and for each of its
parts the sha256 of that part's bytes over all rows. A leaf has the parts 'valid' (one byte a value, 1 or 0) and 'values'
(little-endian 64-bit numbers, with 0 where there is none); a text has the part 'lengths' (of its UTF-8 bytes, as 64-bit
numbers) and its bytes without anything between them; a list has 'valid' and 'lengths' beside its items. Neither shards,
row groups, compression, dictionaries nor the writer's name are part of it; the order of rows and columns is.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterable


class ContentHash:
    """Takes tables of one schema, one after the other, and gives the hash of their rows.

    Attributes:
        size: How many bytes were hashed: the size of the rows, however they are kept in memory.
    """

    def __init__(self) -> None:
        self.size = 0
        self._parts: dict[tuple[str, str, str], Any] = defaultdict(hashlib.sha256)

    def update(self, table: pa.Table) -> None:
        """Add the rows of a table."""
        for name, column in zip(table.column_names, table.columns, strict=True):
            for chunk in column.chunks:
                self._add(name, chunk)

    def hexdigest(self) -> str:
        """Give the hash of what was added so far, in hexadecimal."""
        listing = [[*place, digest.hexdigest()] for place, digest in self._parts.items()]
        return hashlib.sha256(json.dumps(listing).encode()).hexdigest()

    def _add(self, path: str, array: pa.Array) -> None:
        kind = _kind(array.type)
        self._part(path, kind, "valid", array.is_valid().to_numpy(zero_copy_only=False).astype(np.uint8))
        if kind == "list":
            self._part(path, kind, "lengths", _int64(pc.list_value_length(array)))
            self._add(f"{path}.item", array.flatten())
        elif kind == "struct":
            for field, child in zip(array.type, array.flatten(), strict=True):
                self._add(f"{path}.{field.name}", child)
        elif kind == "text":
            self._part(path, kind, "lengths", _int64(pc.binary_length(array)))
            self._part(path, kind, "values", _text_bytes(pc.fill_null(array, "")))
        elif kind == "float":
            values = pc.fill_null(array, 0.0).to_numpy(zero_copy_only=False)
            self._part(path, kind, "values", values.astype("<f8"))
        else:
            self._part(path, kind, "values", _int64(array.cast(pa.int64())))

    def _part(self, path: str, kind: str, part: str, values: Any) -> None:  # noqa: ANN401 - anything with a buffer
        self._parts[path, kind, part].update(values)
        self.size += memoryview(values).nbytes


def content_hash(tables: Iterable[pa.Table]) -> str:
    """Give the hash of the rows of some tables of one schema, as if they were one table."""
    content = ContentHash()
    for table in tables:
        content.update(table)
    return content.hexdigest()


def _kind(dtype: pa.DataType) -> str:
    if pa.types.is_list(dtype) or pa.types.is_large_list(dtype):
        return "list"
    if pa.types.is_struct(dtype):
        return "struct"
    if pa.types.is_string(dtype) or pa.types.is_large_string(dtype):
        return "text"
    if pa.types.is_floating(dtype):
        return "float"
    return "time" if pa.types.is_timestamp(dtype) else "integer"


def _int64(array: pa.Array) -> Any:  # noqa: ANN401 - a numpy array
    return pc.fill_null(array, 0).to_numpy(zero_copy_only=False).astype("<i8")


def _text_bytes(array: pa.Array) -> Any:  # noqa: ANN401 - a buffer
    _, offsets, data = array.buffers()
    if data is None:
        return b""
    width = np.dtype(np.int64 if pa.types.is_large_string(array.type) else np.int32)
    ends = np.frombuffer(offsets, dtype=width, count=len(array) + 1, offset=array.offset * width.itemsize)
    return memoryview(data)[ends[0] : ends[-1]]
