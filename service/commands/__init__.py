"""The subcommands of `gisa`, one file each; like `service.cli` they may know which engine it is."""
