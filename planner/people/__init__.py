"""Who works: team, sites, languages, contracts, groups of queues that share people."""

from planner.people.skills import Role, Skills, skills
from planner.people.team import Agent, Site, Team, groups

__all__ = ["Agent", "Role", "Site", "Skills", "Team", "groups", "skills"]
