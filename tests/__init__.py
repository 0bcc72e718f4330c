"""The tests, a package by name, as a distribution that they need has one called `tests` as well."""
