"""From press copy to an article, and from an article to an enriched one."""
