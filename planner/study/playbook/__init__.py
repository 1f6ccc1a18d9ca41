"""The playbook of a stage: who covers which hours, whom to call, handovers, what waits until when."""

from planner.study.playbook.contents import Playbook, playbook

__all__ = ["Playbook", "playbook"]
