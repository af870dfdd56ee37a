"""Reads the files of .ci with PyYAML and dockerfile-parse, and prints what the tests look at as JSON."""
import json
import sys

import yaml
from dockerfile_parse import DockerfileParser

folder = sys.argv[1]


def read(name):
    with open(f"{folder}/{name}", encoding="utf-8") as file:
        documents = list(yaml.safe_load_all(file))
    assert len(documents) == 1, name
    return documents[0]


github = read("examples/github-matrix.yml")
gitlab = read("examples/gitlab-ci.yml")
job = read("examples/kubernetes-job.yml")
action = read("action/action.yml")

step = next(step for step in github["jobs"]["part"]["steps"] if step.get("uses") == "./.ci/action")
pod = job["spec"]["template"]["spec"]
[container] = pod["containers"]
variables = {variable["name"]: variable.get("value") for variable in container["env"]}
rules = job["spec"]["podFailurePolicy"]["rules"]
with open(f"{folder}/Dockerfile", "rb") as file:
    steps = DockerfileParser(fileobj=file).structure
last = max(place for place, step in enumerate(steps) if step["instruction"] == "FROM")
json.dump(
    {
        "imageBase": steps[last]["value"],
        "imageSteps": sorted({step["instruction"] for step in steps[last + 1 :]} - {"COMMENT"}),
        "githubParts": github["jobs"]["part"]["strategy"]["matrix"]["part"],
        "githubArguments": step["with"]["arguments"],
        "githubInputs": sorted(step["with"]),
        "actionInputs": sorted(action["inputs"]),
        "actionVariables": sorted(action["runs"]["steps"][0]["env"]),
        "actionScript": action["runs"]["steps"][0]["run"],
        "githubNeeds": github["jobs"]["whole"]["needs"],
        "gitlabParallel": gitlab["countersign"]["parallel"],
        "gitlabScript": " ".join(gitlab["countersign"]["script"]),
        "completions": job["spec"]["completions"],
        "completionMode": job["spec"]["completionMode"],
        "jobCompletions": variables["JOB_COMPLETIONS"],
        "restartPolicy": pod["restartPolicy"],
        "notRetried": [rule["onExitCodes"]["values"] for rule in rules if rule["action"] == "FailIndex"][0],
        "kubernetesArguments": container["args"],
    },
    sys.stdout,
)
