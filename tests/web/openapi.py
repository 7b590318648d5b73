#!/usr/bin/env python3
"""Holds the page's answers against its own description: openapi.py WORK URL, with the cookies in WORK/jar."""
import json
import subprocess
import sys

work, url = sys.argv[1:]


def get(path, *headers):
    command = ["curl", "-sk", "-b", work + "/jar", "-w", "\n%{http_code}", url + path]
    for header in headers:
        command += ["-H", header]
    body, status = subprocess.run(command, capture_output=True, check=True, text=True).stdout.rsplit("\n", 1)
    return status, json.loads(body)


document = get("/openapi.json")[1]
types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}
faults = []


def resolve(schema):
    while "$ref" in schema:
        node = document
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        schema = node
    return schema


def is_type(value, name):
    return isinstance(value, types[name]) and not (name == "integer" and isinstance(value, bool))


def hold(value, schema, where):
    schema = resolve(schema)
    wanted = schema.get("type")
    if wanted and not any(is_type(value, one) for one in ([wanted] if isinstance(wanted, str) else wanted)):
        faults.append(f"{where} is {value!r}, not {wanted}")
    if "enum" in schema and value not in schema["enum"]:
        faults.append(f"{where} is {value!r}, not one of {schema['enum']}")
    if isinstance(value, dict) and "properties" in schema:
        for name in schema.get("required", []):
            if name not in value:
                faults.append(f"{where}.{name} is missing")
        for name in value:
            if name not in schema["properties"]:
                faults.append(f"{where}.{name} is not described")
            else:
                hold(value[name], schema["properties"][name], f"{where}.{name}")
    if isinstance(value, list):
        for index, item in enumerate(value):
            hold(item, schema.get("items", {}), f"{where}[{index}]")


held = 0
for path, item in document["paths"].items():
    for status, answer in item["get"]["responses"].items():
        content = resolve(answer)["content"].get("application/json")
        if not content or status == "503":
            continue
        headers = ["Accept: application/json"]
        query = "?format=json" if "attendance" in path else ""
        if status == "401":
            headers += ["Cookie: none=1"]
        if status == "403":
            continue
        if status == "422":
            query = "?day=nonsense&format=nonsense"
        got, body = get(path + query, *headers) if status != "401" else (None, None)
        if status == "401":
            out = subprocess.run(["curl", "-sk", "-H", "Accept: application/json", "-w", "\n%{http_code}", url + path],
                                 capture_output=True, check=True, text=True).stdout
            text, got = out.rsplit("\n", 1)
            body = json.loads(text)
        if got != status:
            faults.append(f"{path} answers {got}, not {status}")
        hold(body, content["schema"], path)
        held += 1
print(f"{held} answers held against the description, {len(faults)} faults")
for fault in faults:
    print(fault)
sys.exit(1 if faults or held < 5 else 0)
