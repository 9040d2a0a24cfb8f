"""Raw rows of UCI Adult for the answers of a server and of the model file alone.

usage: python adult.py requests FILE N FOLDER
           writes N raw rows as requests of the Open Inference Protocol V2: numbers.json (numbers as
           JSON numbers), texts.json (every field as the file writes it), raw.csv (for quern predict)
           and samples.json (for answer.py: trimmed, ? missing, the steps before the graph)
       python adult.py compare FOLDER
           compares the answers in that folder: numbers.answer, texts.answer (replies of the server),
           predict.jsonl (quern predict) and graph.jsonl (answer.py)
"""

import json
import sys

FIELDS = [
    "age", "workclass", "fnlwgt", "education", "education_num", "marital_status", "occupation",
    "relationship", "race", "sex", "capital_gain", "capital_loss", "hours_per_week",
    "native_country", "income",
]
NUMBERS = {"age", "fnlwgt", "education_num", "capital_gain", "capital_loss", "hours_per_week"}
RAW = FIELDS[:-1]  # the target is not asked for
TOLERANCE = 1e-6


def chosen(path, count):
    """The first rows, and rows with ? among them: at least a quarter."""
    with open(path, encoding="ascii") as file:
        rows = [line.rstrip("\n").split(",") for line in file if line.strip()]
    holes = [row for row in rows if any(cell.strip() == "?" for cell in row)][: count // 4]
    whole = [row for row in rows if all(cell.strip() != "?" for cell in row)]
    return holes + whole[: count - len(holes)]


def tensor(name, column, datatype):
    return {"name": name, "shape": [len(column), 1], "datatype": datatype, "data": column}


def requests(path, count, folder):
    rows = chosen(path, count)
    columns = {name: [row[i] for row in rows] for i, name in enumerate(FIELDS)}
    texts = [tensor(name, columns[name], "BYTES") for name in RAW]
    numbers = [
        tensor(name, [int(cell) for cell in columns[name]], "INT64")
        if name in NUMBERS
        else tensor(name, columns[name], "BYTES")
        for name in RAW
    ]
    write(folder + "/texts.json", {"inputs": texts})
    write(folder + "/numbers.json", {"inputs": numbers})
    with open(folder + "/raw.csv", "w", encoding="ascii") as file:
        file.write(",".join(RAW) + "\n")
        file.writelines(",".join(row[: len(RAW)]) + "\n" for row in rows)
    write(folder + "/samples.json", [sample(row) for row in rows])
    print(f"{len(rows)} rows, {sum('?' in ''.join(row) for row in rows)} with ?")


def sample(row):
    """What quality.trim, quality.parse_missing and quality.derive make of a raw row."""
    cells = {name: row[i].strip() for i, name in enumerate(RAW)}
    return {
        name: None if cell == "?" else int(cell) if name in NUMBERS else cell
        for name, cell in cells.items()
    }


def write(path, value):
    with open(path, "w", encoding="ascii") as file:
        json.dump(value, file)


def served(path):
    with open(path, encoding="utf-8") as file:
        reply = json.load(file)
    if "outputs" not in reply:
        raise SystemExit(f"{path} must be an answer; found: {reply}")
    columns = {one["name"]: one["data"] for one in reply["outputs"]}
    return list(zip(columns["prediction"], columns["probability"]))


def lines(path):
    with open(path, encoding="utf-8") as file:
        answers = [json.loads(line) for line in file]
    return [(one["prediction"], one["probability"]) for one in answers]


def compare(folder):
    predicted = lines(folder + "/predict.jsonl")
    others = {
        "curl, numbers": served(folder + "/numbers.answer"),
        "curl, all BYTES": served(folder + "/texts.answer"),
        "onnxruntime": lines(folder + "/graph.jsonl"),
    }
    failed = len(predicted) < 4 or len({label for label, _ in predicted}) < 2
    print(f"{len(predicted)} predictions, labels {sorted({label for label, _ in predicted})}")
    for name, answers in others.items():
        equal = [label for label, _ in answers] == [label for label, _ in predicted]
        largest = max(abs(a[1] - b[1]) for a, b in zip(answers, predicted))
        print(f"{name:16} labels equal: {equal}, largest difference of probability {largest:.2e}")
        failed |= len(answers) != len(predicted) or not equal or not largest <= TOLERANCE
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] == "requests":
        requests(sys.argv[2], int(sys.argv[3]), sys.argv[4])
    elif len(sys.argv) == 3 and sys.argv[1] == "compare":
        raise SystemExit(compare(sys.argv[2]))
    else:
        raise SystemExit(__doc__)
