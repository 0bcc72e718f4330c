"""The widget: the search inside pages of other sites."""
