# SPDX-License-Identifier: GPL-2.0-only
"""Reads SARIF as a viewer does and prints what it would show."""

import json
import sys


def place(location):
    at = location["physicalLocation"]
    return at["artifactLocation"]["uri"], at["region"]["startLine"], at["region"]["startColumn"]


log = json.load(open(sys.argv[1]))
(run,) = log["runs"]
driver = run["tool"]["driver"]
print(log["version"], driver["name"])
rules = {rule["id"]: rule for rule in driver["rules"]}
if all(r["shortDescription"]["text"] and r["help"]["markdown"].startswith("#") for r in rules.values()):
    print("every rule has a title and a page")
for result in run["results"]:
    assert result["ruleId"] in rules and result["message"]["text"]
    (location,) = result["locations"]
    print(result["ruleId"], *place(location), result["partialFingerprints"]["mmucheckIdentity/v1"])
    for note in result["relatedLocations"]:
        print("related", *place(note)[:2], note["message"]["text"])
    for step in result["codeFlows"][0]["threadFlows"][0]["locations"]:
        print("step", *place(step["location"])[:2], step["location"]["message"]["text"])
