#!/usr/bin/env python3
"""Writes a table of numbers that are nobody's: ids, codes, times, amounts. What detection finds in it is a false alarm.

Usage: number_columns.py FILE.csv ROWS
"""

import csv
import random
import sys

random.seed(5)
day = lambda first: (random.randrange(first, 2025), random.randrange(1, 13), random.randrange(1, 29))
time = lambda: (random.randrange(24), random.randrange(60), random.randrange(60))
digits = lambda n: lambda row: random.randrange(10 ** (n - 1), 10**n)
COLUMNS = {
    "row": lambda row: row + 1,
    "order_id": lambda row: 10**8 + random.randrange(10**8),
    **{f"digits_{n}": digits(n) for n in (6, 7, 8, 10, 11, 12, 13, 14, 15, 16, 18)},
    "snowflake": lambda row: 17 * 10**17 + random.randrange(10**17),
    "epoch_s": lambda row: 16 * 10**8 + random.randrange(10**8),
    "epoch_ms": lambda row: 16 * 10**11 + random.randrange(10**11),
    "epoch_us": lambda row: 16 * 10**14 + random.randrange(10**14),
    "day": lambda row: "%04d%02d%02d" % day(1990),
    "stamp": lambda row: "%04d%02d%02d%02d%02d%02d" % (day(1990) + time()),
    "cents": lambda row: int(random.lognormvariate(12, 4)),
    "amount": lambda row: round(random.lognormvariate(7, 2), 2),
    "zip": lambda row: random.randrange(10000, 99999),
    "date": lambda row: "%04d-%02d-%02d" % day(1950),
}

with open(sys.argv[1], "w", newline="") as file:
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for row in range(int(sys.argv[2])):
        table.writerow([value(row) for value in COLUMNS.values()])
