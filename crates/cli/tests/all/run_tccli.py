"""Runs tccli, the vendor's command line, once for each line of standard input.

A line is JSON: {"arguments": [...], "environment": {...}, "folder": "..."}. The response is a line with the exit status
and the end of the output. Each run is a fork, because tccli takes half a second to load and keeps state in its modules.
The first argument is the file of the CA certificate to trust, for which tccli has no option.
"""

import json
import os
import sys
import tempfile

import certifi

authority = sys.argv[1]
certifi.where = lambda: authority

import tccli.main  # noqa: E402
import tencentcloud.cvm.v20170312.cvm_client  # noqa: E402, F401
import tencentcloud.organization.v20181225.organization_client  # noqa: E402, F401
import tencentcloud.organization.v20210331.organization_client  # noqa: E402, F401


def run(case, output):
    for descriptor in (1, 2):
        os.dup2(output.fileno(), descriptor)
    os.chdir(case["folder"])
    os.environ.clear()
    os.environ.update(case["environment"])
    sys.argv = ["tccli"] + case["arguments"]
    try:
        return tccli.main.main()
    except SystemExit as exit:
        return exit.code if isinstance(exit.code, int) else 1


for line in sys.stdin:
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            status = 1
            try:
                status = run(json.loads(line), output)
                sys.stdout.flush()
                sys.stderr.flush()
            finally:
                os._exit(status)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        output.seek(0)
        text = output.read().decode("utf-8", "replace")[-300:]
    print(json.dumps({"status": status, "text": text}), flush=True)
