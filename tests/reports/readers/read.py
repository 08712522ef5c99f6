"""Reads the JUnit reports in a folder with junitparser, and prints what it read as JSON."""

import json
import pathlib
import sys

from junitparser import JUnitXml


def case(case):
    results = [
        {"sort": type(result).__name__, "type": result.type, "message": result.message, "text": result.text}
        for result in case.result
    ]
    attributes = {key: case._elem.get(key) for key in ("file", "line")}
    return {"name": case.name, "classname": case.classname, "time": case.time, "results": results, **attributes}


def suite(suite):
    counts = {key: getattr(suite, key) for key in ("tests", "failures", "errors", "skipped")}
    # What the file says and what junitparser counts itself.
    said = dict(counts)
    suite.update_statistics()
    counted = {key: getattr(suite, key) for key in counts}
    return {"name": suite.name, "said": said, "counted": counted, "cases": [case(one) for one in suite]}


def report(path):
    xml = JUnitXml.fromfile(str(path))
    return {"tests": xml.tests, "failures": xml.failures, "errors": xml.errors, "suites": [suite(one) for one in xml]}


folder = pathlib.Path(sys.argv[1])
print(json.dumps({path.name: report(path) for path in sorted(folder.glob("*.junit.xml"))}))
