"""Writes Parquet files with pyarrow and what is in them as JSON, or tells what it reads in ours."""

import datetime
import decimal
import json
import os
import sys
import uuid

import pyarrow as pa
import pyarrow.parquet as pq

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)


def plain(value):
    """A value as JSON that loses nothing: times in micros, dates in days, bytes in hex."""
    if value is None or isinstance(value, (bool, int, str)):
        return value
    if isinstance(value, float):
        return "nan" if value != value else value
    if isinstance(value, decimal.Decimal):
        return "{:f}".format(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, datetime.datetime):
        if value.tzinfo is None:
            value = value.replace(tzinfo=datetime.timezone.utc)
        return (value - EPOCH) // datetime.timedelta(microseconds=1)
    if isinstance(value, datetime.date):
        return (value - datetime.date(1970, 1, 1)).days
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    if isinstance(value, tuple):
        return {"key": plain(value[0]), "value": plain(value[1])}
    return [plain(part) for part in value]


def table():
    n = 5000
    def some(values):
        return [None if i % 7 == 3 else values[i % len(values)] for i in range(n)]

    when = [datetime.datetime(2024, 2, 29, 12, 30, 15, 123000), datetime.datetime(1901, 1, 1)]
    columns = {
        "i8": pa.array(some([-128, 0, 127]), pa.int8()),
        "i16": pa.array(some([-32768, 5]), pa.int16()),
        "i32": pa.array(some([-(2**31), 2**31 - 1]), pa.int32()),
        "i64": pa.array(some([-(2**63), 2**63 - 1, 7]), pa.int64()),
        "u8": pa.array(some([0, 255]), pa.uint8()),
        "u16": pa.array(some([0, 65535]), pa.uint16()),
        "u32": pa.array(some([0, 2**32 - 1]), pa.uint32()),
        "f32": pa.array(some([0.5, -1.25]), pa.float32()),
        "f64": pa.array(some([1e300, 0.1, float("nan")]), pa.float64()),
        "required": pa.array(list(range(n)), pa.int64()),
        "b": pa.array(some([True, False, False]), pa.bool_()),
        "s": pa.array(some(["", "red", "中文", "🙂"]), pa.string()),
        "unique": pa.array(["text number %d" % i for i in range(n)], pa.large_string()),
        "coded": pa.array(some(["x", "y"])).dictionary_encode(),
        "bin": pa.array(some([b"", b"\x00\xff"]), pa.binary()),
        "fixed": pa.array(some([b"abc", b"\x00\x01\x02"]), pa.binary(3)),
        "ms": pa.array(some(when), pa.timestamp("ms")),
        "us": pa.array(some(when), pa.timestamp("us", tz="UTC")),
        "date": pa.array(some([datetime.date(2024, 2, 29), datetime.date(1, 1, 1)]), pa.date32()),
        "dec": pa.array(some([decimal.Decimal("12.30"), decimal.Decimal("-0.01")]), pa.decimal128(7, 2)),
        "dec38": pa.array(some([decimal.Decimal(10**37), decimal.Decimal(-(10**37))]), pa.decimal128(38, 0)),
        "list": pa.array(some([[], [1], [1, None, 3]]), pa.list_(pa.int64())),
        "lists": pa.array(some([[], [[]], [["a"], None, ["b", None]]]), pa.list_(pa.list_(pa.string()))),
        "struct": pa.array(
            some([{"x": 1, "y": "a"}, {"x": None, "y": None}]),
            pa.struct([("x", pa.int64()), ("y", pa.string())]),
        ),
        "deep": pa.array(
            some([[], [{"p": [1.5], "q": None}, None, {"p": None, "q": "z"}]]),
            pa.list_(pa.struct([("p", pa.list_(pa.float64())), ("q", pa.string())])),
        ),
        "map": pa.array(some([[], [("k", 1), ("l", None)]]), pa.map_(pa.string(), pa.int64())),
        "null": pa.nulls(n, pa.string()),
    }
    return pa.table(columns)


def write(folder):
    rows = table()
    variants = {
        "zstd": dict(compression="zstd"),
        "snappy": dict(compression="snappy", row_group_size=700),
        "gzip": dict(compression="gzip", data_page_version="2.0"),
        "lz4": dict(compression="lz4", use_dictionary=False, data_page_size=2000),
        "none": dict(compression="none", version="1.0", use_compliant_nested_type=False),
        "delta": dict(
            compression="zstd",
            use_dictionary=False,
            data_page_version="2.0",
            column_encoding={
                "i64": "DELTA_BINARY_PACKED",
                "s": "DELTA_BYTE_ARRAY",
                "unique": "DELTA_LENGTH_BYTE_ARRAY",
                "f64": "BYTE_STREAM_SPLIT",
            },
        ),
        "mixed": dict(compression="zstd", dictionary_pagesize_limit=2000, data_page_size=2000),
    }
    for name, options in variants.items():
        given = rows.drop_columns(["u32"]) if name == "none" else rows
        pq.write_table(given, os.path.join(folder, name + ".parquet"), **options)
        with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as out:
            json.dump([plain(row) for row in given.to_pylist()], out)
    write_odd(folder)
    tiny = pa.table({"a": [1, 2]})
    pq.write_table(tiny, os.path.join(folder, "brotli.odd"), compression="brotli")


def write_odd(folder):
    ns = pa.array([1, 1_709_210_415_123_456_789, -1, None], pa.timestamp("ns"))
    pq.write_table(pa.table({"t": ns}), os.path.join(folder, "nanos.odd"), version="2.6")
    pq.write_table(
        pa.table({"t": ns}), os.path.join(folder, "int96.odd"), use_deprecated_int96_timestamps=True
    )
    half = pa.array([0.5, -2.0, 65504.0, 5.960464477539063e-08, float("inf"), None], pa.float32())
    pq.write_table(pa.table({"h": half.cast(pa.float16())}), os.path.join(folder, "half.odd"))
    big = pa.array([0, 2**64 - 1, None], pa.uint64())
    ids = pa.array([uuid.UUID(int=1).bytes, uuid.UUID(int=2**128 - 1).bytes, None], pa.binary(16))
    typed = pa.ExtensionArray.from_storage(pa.uuid(), ids)
    pq.write_table(pa.table({"u": big, "id": typed}), os.path.join(folder, "wide.odd"))
    pq.write_table(pa.table({"a": pa.array([], pa.int64())}), os.path.join(folder, "empty.odd"))
    wrong = pa.array([b"good", b"caf\xe9", None, b"\xed\xa0\x80", "中".encode()], pa.binary())
    wrong = wrong.cast(pa.string(), safe=False)
    pq.write_table(pa.table({"s": wrong, "n": [1, 2, 3, 4, 5]}), os.path.join(folder, "utf8.odd"))


def check(path):
    file = pq.ParquetFile(path)
    rows = file.read()
    rows.validate(full=True)
    json.dump(
        {
            "types": {field.name: str(field.type) for field in rows.schema},
            "codecs": sorted(
                {
                    file.metadata.row_group(g).column(c).compression
                    for g in range(file.metadata.num_row_groups)
                    for c in range(file.metadata.num_columns)
                }
            ),
            "rows": [plain(row) for row in rows.to_pylist()],
        },
        sys.stdout,
    )


if sys.argv[1] == "write":
    write(sys.argv[2])
else:
    check(sys.argv[2])
