"""目录里与设置有关的两件事：哪些材料可以靠数据共享核验，哪些事项离不开一个岗位。Read when they are first shown."""

from __future__ import annotations

from counter_assistant import paths
from counter_assistant.domain.catalogue.materials import Submit
from counter_assistant.operations.office import Office
from counter_assistant.storage.content.item_files import Shared

OWN = "本中心"


def shareable_materials() -> dict[str, tuple[str, str]]:
    """Id → name and issuer of what people bring from other bodies."""
    materials = Shared({}, paths.resources() / "catalogue" / "shared").materials.values()
    brought = [m for m in materials if m.submit in (Submit.HAND_IN, Submit.SHOW) and m.issuer != OWN]
    return {material.id: (material.name, material.issuer) for material in brought}


class PostUse:
    """How many items of today's catalogue name a post. Opens every item file once, when a post turns out vacant."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._counts: dict[str, int] | None = None

    def __call__(self, post_id: str) -> int:
        if self._counts is None:
            self._counts = self._count()
        return self._counts.get(post_id, 0)

    def _count(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        catalogue, today = self._office.catalogue, self._office.today()
        for item_id in catalogue.items:
            item = catalogue.item(item_id, today)
            for post in {step.post for step in item.steps if step.post} if item else ():
                counts[post] = counts.get(post, 0) + 1
        return counts
