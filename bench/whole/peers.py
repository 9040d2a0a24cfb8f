"""The same work in other programs: python peers.py j1|num pandas|polars|duckdb INPUT OUTPUT"""

import sys

MAIL = r"[A-Za-z0-9]+@mail\.example\.com"  # what the generated texts hold; a general one costs more


def j1_pandas(source, target):
    import pandas

    parts = []
    for frame in pandas.read_json(source, lines=True, chunksize=5000, precise_float=True):
        text = frame["text"].str.replace(r"\s+", " ", regex=True).str.strip()
        frame["text"] = text.str.replace(MAIL, "[EMAIL]", regex=True)
        frame["words"] = frame["text"].str.count(" ") + 1
        parts.append(frame[frame["words"] >= 50])
    pandas.concat(parts).to_parquet(target, compression="zstd", compression_level=3, index=False)


def j1_polars(source, target):
    import polars

    text = (
        polars.col("text").str.replace_all(r"\s+", " ").str.strip_chars()
        .str.replace_all(MAIL, "[EMAIL]")
    )
    (
        polars.scan_ndjson(source)
        .with_columns(text)
        .with_columns(words=polars.col("text").str.count_matches(" ", literal=True).cast(polars.Int64) + 1)
        .filter(polars.col("words") >= 50)
        .sink_parquet(target, compression="zstd", compression_level=3)
    )


def j1_duckdb(source, target):
    import duckdb

    duckdb.sql("SET threads = 2")
    duckdb.sql(
        f"""COPY (
          SELECT id, url, score, masked AS text,
                 length(masked) - length(replace(masked, ' ', '')) + 1 AS words
          FROM (SELECT *, regexp_replace(trim(regexp_replace(text, '\\s+', ' ', 'g')),
                                         '{MAIL}', '[EMAIL]', 'g') AS masked
                FROM read_json('{source}', format = 'newline_delimited'))
          WHERE words >= 50)
        TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)"""
    )


def num_duckdb(source, target):
    import duckdb

    duckdb.sql("SET threads = 2")
    duckdb.sql(f"CREATE TABLE t AS FROM read_csv('{source}')")
    duckdb.sql(f"COPY t TO '{target}' (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3)")
    duckdb.sql("COPY (SUMMARIZE t) TO '" + target + ".json'")


def num_pandas(source, target):
    import pandas

    frame = pandas.read_csv(source)
    frame.to_parquet(target, compression="zstd", compression_level=3, index=False)
    summary = frame.describe()
    summary.loc["unique"] = frame.nunique()
    summary.to_json(target + ".json")


def num_polars(source, target):
    import polars

    frame = polars.read_csv(source)
    frame.write_parquet(target, compression="zstd", compression_level=3)
    summary = frame.describe()
    summary.write_json(target + ".json")
    frame.select(polars.all().approx_n_unique()).write_json(target + ".distinct.json")


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    globals()[f"{sys.argv[1]}_{sys.argv[2]}"](sys.argv[3], sys.argv[4])
