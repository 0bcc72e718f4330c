"""Sign-on by OpenID Connect: the provider that says who somebody is, and the session that follows."""
