"""What a project may set about protection: the section ``protect`` of its ``satrap.yaml``."""

from pydantic import BaseModel, ConfigDict, Field


class Delay(BaseModel):
    """Days that a claim waits: after publication, or, where its report is not published, after recording."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    published: int = Field(default=0, ge=0, le=3650)
    unpublished: int = Field(default=14, ge=0, le=3650)


class Protection(BaseModel):
    """``k``: of how many people anyone could have been the one who told it; below, the claim is coarsened."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    k: int = Field(default=10, ge=1, le=1_000_000)
    delay: Delay = Delay()
