"""What the shapes of all that the API sends have in common."""

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """What all shapes share: no other keys."""

    model_config = ConfigDict(extra="forbid")
