"""Checks contracts that `quern checks suggest` wrote against the standard's own JSON Schema and model.

    pip install open-data-contract-standard==3.2.0 jsonschema pyyaml
    quern checks suggest NAME --output contract.odcs.yaml
    python odcs.py contract.odcs.yaml ...
"""

import json
import sys

import jsonschema
import yaml
from open_data_contract_standard.model import OpenDataContractStandard

SCHEMA = json.loads(OpenDataContractStandard.json_schema())


def faults(file):
    with open(file, encoding="utf-8") as text:
        document = yaml.safe_load(text)
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    found = [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in validator.iter_errors(document)]
    OpenDataContractStandard.from_file(file)
    return found


def main():
    wrong = 0
    for file in sys.argv[1:]:
        for fault in faults(file):
            wrong += 1
            print(f"{file}: {fault}")
    print(f"{len(sys.argv) - 1} contracts, {wrong} faults")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
