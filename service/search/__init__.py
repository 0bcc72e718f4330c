"""The search port: query tree, request, results, and the engine protocol."""
