"""What ``satrap.yaml`` of a project says, and where the project's ledger is."""

import json
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from satrap import yamlfile
from satrap.errors import ProjectError
from satrap.protect.settings import Protection
from satrap.reading.learned.model import Choice
from satrap.reading.llm import LlmSettings

SETTINGS = "satrap.yaml"
LEDGER = "ledger.db"
AUTHOR = "satrap"


class Settings(BaseModel):
    """``ledger`` is a file (relative to the project's folder) or ``postgresql://user@host/name``, never with
    a password in it; ``author`` is who decides and records here, as others will read it in the ledger;
    ``reader`` is who reads where a command does not say: rules alone, or the tagger beside them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    country: str
    ledger: str = LEDGER
    author: str = AUTHOR
    reader: Choice = "rules"
    llm: LlmSettings | None = None
    protect: Protection = Protection()

    def ledger_in(self, folder: Path) -> Path | str:
        """Where the ledger of a project in ``folder`` is."""
        return self.ledger if "://" in self.ledger else folder / self.ledger


def load(folder: Path) -> Settings:
    """Read a project's settings; raises ProjectError where the folder is no project or they are wrong."""
    if not (folder / SETTINGS).is_file():
        raise ProjectError(
            f"{folder} is not a satrap project", remedy=f"make one: satrap init {folder} --country kp"
        )
    return yamlfile.load(folder / SETTINGS, Settings, ProjectError)


def write(folder: Path, settings: Settings) -> None:
    """Write what differs from the defaults, as a person would."""
    said = settings.model_dump(exclude_defaults=True)
    lines = [f"{key}: {_plain(value)}\n" for key, value in said.items()]
    (folder / SETTINGS).write_text("".join(lines), encoding="utf-8")


def _plain(value: str) -> str:
    return value if value.isalnum() else json.dumps(value, ensure_ascii=False)  # which YAML reads too
