"""The same work in other programs: python peers.py j1|num|profile pandas|polars|duckdb INPUT OUTPUT"""

import sys

# Any address, as its users write it; White_Space of Unicode, of which RE2's \s is a part only.
MAIL = r"[A-Za-z0-9._%+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}"
SPACE = "[\\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"


def j1_pandas(source, target):
    import pandas

    parts = []
    for frame in pandas.read_json(source, lines=True, chunksize=20_000, precise_float=True, convert_dates=False):
        text = frame["text"].str.replace(SPACE, " ", regex=True).str.strip()
        frame["text"] = text.str.replace(MAIL, "[EMAIL]", regex=True)
        frame["words"] = frame["text"].str.count(" ") + 1
        parts.append(frame[frame["words"] >= 50])
    pandas.concat(parts).to_parquet(target, compression="zstd", compression_level=3, index=False)


def j1_polars(source, target):
    import polars

    text = (
        polars.col("text").str.replace_all(r"\s+", " ").str.strip_chars(" ")
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
          SELECT * FROM (
            SELECT *, length(text) - length(replace(text, ' ', '')) + 1 AS words FROM (
              SELECT * REPLACE (regexp_replace(trim(regexp_replace(text, '{SPACE}', ' ', 'g')),
                                               '{MAIL}', '[EMAIL]', 'g') AS text)
              FROM read_json('{source}', format = 'newline_delimited', columns = {{
                id: 'BIGINT', url: 'VARCHAR', host: 'VARCHAR', lang: 'VARCHAR',
                crawled: 'VARCHAR', score: 'DOUBLE', text: 'VARCHAR'}})))
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
    frame = summarized_pandas(source, target)
    frame.to_parquet(target, compression="zstd", compression_level=3, index=False)


def num_polars(source, target):
    frame = summarized_polars(source, target)
    frame.write_parquet(target, compression="zstd", compression_level=3)


def profile_duckdb(source, target):
    import duckdb

    duckdb.sql("SET threads = 2")
    read = "read_parquet" if source.endswith(".parquet") else "read_csv"
    duckdb.sql(f"COPY (SUMMARIZE FROM {read}('{source}')) TO '{target}.json'")


def profile_fg(source, target):
    import pandas
    from data_profiling import ProfileReport

    ProfileReport(pandas.read_csv(source), progress_bar=False).to_file(target + ".html")


def profile_ydata(source, target):
    import pandas
    from ydata_profiling import ProfileReport

    ProfileReport(pandas.read_csv(source), progress_bar=False).to_file(target + ".html")


def profile_pandas(source, target):
    summarized_pandas(source, target)


def profile_polars(source, target):
    summarized_polars(source, target)


def summarized_pandas(source, target):
    import pandas

    frame = pandas.read_csv(source)
    # read_csv makes doubles of whole numbers with gaps; the type of the data is kept here.
    whole = {name: "Int64" for name in frame if frame[name].dtype.kind == "f" and (frame[name].dropna() % 1 == 0).all()}
    summary = frame.describe()
    summary.loc["unique"] = frame.nunique()
    summary.to_json(target + ".json")
    return frame.astype(whole)


def summarized_polars(source, target):
    import polars

    frame = polars.read_csv(source)
    frame.describe().write_json(target + ".json")
    frame.select(polars.all().approx_n_unique()).write_json(target + ".distinct.json")
    return frame


if __name__ == "__main__":
    if len(sys.argv) != 5:
        raise SystemExit(__doc__)
    globals()[f"{sys.argv[1]}_{sys.argv[2]}"](sys.argv[3], sys.argv[4])
