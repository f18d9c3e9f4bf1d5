package dev.concertina.plan;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a canonical form: two things with one fingerprint are the same.
 *
 * @param value 64 hexadecimal digits
 */
public record Fingerprint(String value) {

	/**
	 * Return the fingerprint of a text.
	 * @param canonical the canonical form
	 * @return its fingerprint
	 */
	public static Fingerprint of(String canonical) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
			return new Fingerprint(HexFormat.of().formatHex(digest));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Return the first four bytes, as Flyway stores a checksum.
	 * @return the checksum
	 */
	public int checksum() {
		return ByteBuffer.wrap(HexFormat.of().parseHex(this.value)).getInt();
	}

	@Override
	public String toString() {
		return this.value;
	}

}
