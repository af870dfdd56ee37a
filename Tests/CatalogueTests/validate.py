"""Validates files against a JSON Schema: validate.py SCHEMA FILE..."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
validator_class = jsonschema.validators.validator_for(schema, default=None)
if validator_class is not jsonschema.Draft202012Validator:
    sys.exit("the schema does not say that it is draft 2020-12")
validator_class.check_schema(schema)
validator = validator_class(schema)
valid = 0
for path in sys.argv[2:]:
    errors = list(validator.iter_errors(json.load(open(path, encoding="utf-8"))))
    for error in errors[:5]:
        print(f"{path}: /{'/'.join(str(step) for step in error.absolute_path)}: {error.message[:200]}")
    valid += not errors
print(f"{valid} files valid")
sys.exit(0 if valid == len(sys.argv) - 2 else 1)
