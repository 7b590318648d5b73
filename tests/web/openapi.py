#!/usr/bin/env python3
"""Holds the page's answers against its own description: openapi.py WORK URL [part], with the cookies in WORK/jar and, of
somebody who only looks on, in WORK/viewer. With part, of a world that has little in it and nobody who only looks on,
lists may be empty. Every answer that is described is asked for; what is answered and not
described, described and not answered, or described by nothing at all is a fault."""
import json
import subprocess
import sys

work, url = sys.argv[1:3]
part = sys.argv[3:] == ["part"]
# Lists that a world of one kiosk leaves empty: 61-live-behind fills them.
EMPTY = {"Live.behind", "Report.peers", "Kiosk.others"}


def get(path, jar, *options):
    command = ["curl", "-sk", "-w", "\n%{http_code} %{content_type}", url + path, "--max-time", "60", *options]
    if jar:
        command += ["-b", f"{work}/{jar}"]
    out = subprocess.run(command, capture_output=True, check=True).stdout
    body, tail = out.rsplit(b"\n", 1)
    status, media = tail.decode().split(" ", 1)
    return status, media.split(";")[0], body


document = json.loads(get("/openapi.json", None)[2])
types = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None)}
faults = []
listed, met = set(), set()


def resolve(schema, name):
    while "$ref" in schema:
        node = document
        for part in schema["$ref"].lstrip("#/").split("/"):
            node = node[part]
        schema, name = node, schema["$ref"].rsplit("/", 1)[1]
    return schema, name


def is_type(value, name):
    return isinstance(value, types[name]) and not (name in ("integer", "number") and isinstance(value, bool))


def hold_object(value, schema, where, name):
    if "properties" not in schema:
        if "additionalProperties" not in schema:
            faults.append(f"{name}: an object of which nothing is said")
        return
    for missing in set(schema["properties"]) - set(value):
        faults.append(f"{where}.{missing} is missing")
    if set(schema["properties"]) != set(schema.get("required", [])):
        faults.append(f"{name}: what is always answered is to be required")
    for key in value:
        if key in schema["properties"]:
            hold(value[key], schema["properties"][key], f"{where}.{key}", f"{name}.{key}")
        else:
            faults.append(f"{where}.{key} is not described")


def hold(value, schema, where, name):
    schema, name = resolve(schema, name)
    wanted = schema.get("type")
    if wanted and not any(is_type(value, one) for one in ([wanted] if isinstance(wanted, str) else wanted)):
        faults.append(f"{where} is {value!r}, not {wanted}")
    if "enum" in schema and value not in schema["enum"]:
        faults.append(f"{where} is {value!r}, not one of {schema['enum']}")
    if not wanted and "enum" not in schema:
        faults.append(f"{name}: nothing is said of it")
    if isinstance(value, dict):
        hold_object(value, schema, where, name)
    if isinstance(value, list):
        listed.add(name)
        for index, item in enumerate(value):
            met.add(name)
            hold(item, schema.get("items", {}), f"{where}[{index}]", name)


def ask(path, status, media):
    """What leads to that answer."""
    target = path.replace("{file}", "1.minisig" if status != "404" else "99999.minisig")
    query = []
    if path == "/downloads/attendance" and status == "200":
        query = {"application/zip": ["format=csv", "zip=1"], "text/csv": ["format=csv"], "application/json": ["format=json"]}.get(
            media, ["format=xlsx"])
    if status == "422":
        query = ["day=nonsense", "format=nonsense"]
    options = ["-H", f"Accept: {'application/json' if media == 'application/json' or status != '200' else '*/*'}"]
    if media == "text/event-stream":
        options += ["--max-time", "2"]
    return target + ("?" + "&".join(query) if query else ""), {"401": None, "403": "viewer"}.get(status, "jar"), options


held = 0
for path, item in document["paths"].items():
    for status, answer in item["get"]["responses"].items():
        for media, content in resolve(answer, "")[0]["content"].items():
            if status == "503" or media == "text/event-stream" or (part and status == "403"):
                continue  # these take eight who watch, or end never: tests/web/walk.c
            target, jar, options = ask(path, status, media)
            got, got_media, body = get(target, jar, *options)
            held += 1
            if (got, got_media) != (status, media):
                faults.append(f"{target} answers {got} {got_media}, not {status} {media}")
            elif media == "application/json":
                hold(json.loads(body), content["schema"], path, path)
for name in sorted(listed - met - EMPTY if not part else ()):
    faults.append(f"{name} is empty here, so nothing is proven of it")
print(f"{held} answers held against the description, {len(faults)} faults")
for fault in dict.fromkeys(faults):
    print(fault)
sys.exit(1 if faults or held < 36 and not part else 0)
