"""What holds beside the country's law: packs from files of one's own, and the ledger of earlier periods."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from planner.rota import Ledger, read_ledger
from planner.rules import Pack, load_pack, read_pack
from planner.study.scenario.basics import Basics
from planner.study.scenario.files import is_pack_file


class Lawful(Basics):
    """A scenario's packs and its ledger."""

    @cached_property
    def country_packs(self) -> Mapping[str, Pack]:
        """Country rules of the sites, by the name or file that they write."""
        named = dict.fromkeys(site.country_rules for site in self.said.sites if site.country_rules)
        return {name: self._pack(name) for name in named}

    @cached_property
    def house_packs(self) -> tuple[Pack, ...]:
        """Agreements and rules of the house, on top of every site's country rules."""
        return tuple(self._pack(name) for name in self.said.packs)

    def _pack(self, name: str) -> Pack:
        """A pack by name, or from a file beside the scenario."""
        return read_pack((self.folder or Path()) / name, name) if is_pack_file(name) else load_pack(name)

    @cached_property
    def ledger(self) -> Ledger:
        """What everybody did in earlier periods; empty if the scenario names no file."""
        if not self.said.ledger or self.folder is None:
            return Ledger()
        return read_ledger(self.folder / self.said.ledger, self.said.ledger)
