package dev.concertina.benchmark;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Map;

import dev.concertina.backfill.BackfillTask;

/**
 * What is computed in Java, here and by Spring Batch.
 */
final class DigestTask implements BackfillTask<String> {

	@Override
	public String read(ResultSet row) throws SQLException {
		return row.getString("note");
	}

	@Override
	public Map<String, Object> transform(String note) {
		return Map.of("digest", digest(note));
	}

	static String digest(String note) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(note.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
