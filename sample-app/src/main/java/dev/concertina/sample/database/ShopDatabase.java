package dev.concertina.sample.database;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The database of the shop, which all its versions share.
 *
 * @param url where it is
 * @param user who connects, if the URL doesn't say so
 * @param secret the password of that user
 */
record ShopDatabase(String url, @Nullable String user, @Nullable String secret) implements JdbcConnectionDetails {

	@Override
	public String getJdbcUrl() {
		return this.url;
	}

	@Override
	public @Nullable String getUsername() {
		return this.user;
	}

	@Override
	public @Nullable String getPassword() {
		return this.secret;
	}

}
