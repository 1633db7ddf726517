"""The client of AWS, which takes half a second to load; see tests/forks.py."""

import sys

from awscli import clidriver

DRIVER = clidriver.create_clidriver()
DRIVER.session.create_client("s3", region_name="us-east-1")  # loads what each command needs


def main() -> int:
    """Run the command of the program `aws`, and return its code."""
    code: int = DRIVER.main(sys.argv[1:])
    return code
