"""All addresses of the project, walked from its URL configuration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import ResolverMatch


@dataclass(frozen=True)
class Address:
    """One route: its path as written, its names, its view."""

    route: str
    namespaces: tuple[str, ...]
    pattern: URLPattern

    def __str__(self) -> str:
        return f"/{self.route}"

    @property
    def takes_arguments(self) -> bool:
        return any(sign in self.route for sign in "<(?")

    def match(self) -> ResolverMatch:
        """What the resolver says for a request to this address."""
        name = self.pattern.name
        return ResolverMatch(self.pattern.callback, (), {}, name, namespaces=list(self.namespaces), route=self.route)


def all_addresses() -> list[Address]:
    return list(_walk(get_resolver(), "", ()))


def _walk(resolver: URLResolver, before: str, namespaces: tuple[str, ...]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inside = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry, route, inside)
        else:
            yield Address(route, namespaces, entry)
