"""docs/how-to/team-ledger.md does what it says, on a real server."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.ledger.postgres import USER, binaries

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "how-to" / "team-ledger.md"


def test_two_people_share_a_ledger_as_the_page_says(postgresql: str, tmp_path: Path) -> None:
    programs = binaries()
    assert programs is not None
    host, _, port = postgresql.rpartition("@")[2].partition(":")
    blocks = re.findall(r"```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) >= 7
    script = "\n".join(["set -euo pipefail", *blocks]).replace("db.example.org", host)
    environment = {
        **os.environ,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), str(programs), os.environ["PATH"]]),
        "PGUSER": USER,
        "PGPORT": port,
    }
    done = subprocess.run(
        ["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    log = [line for line in done.stdout.splitlines() if "report added" in line]
    assert [line.split()[2] for line in log] == ["min", "jun"]
    assert "Signed by this key" in done.stdout
    [verified] = re.findall(r"(\d+) entries hold", done.stdout)
    assert int(verified) >= 7
    assert "password" not in (tmp_path / "min" / "satrap.yaml").read_text()
