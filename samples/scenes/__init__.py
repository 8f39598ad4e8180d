"""All scenes, in the order of the table in README.md."""
from scenes import refused, unanswered, reset, stuck, healthy, several  # noqa: F401 (they register)
from scenes.scene import SCENES  # noqa: F401
