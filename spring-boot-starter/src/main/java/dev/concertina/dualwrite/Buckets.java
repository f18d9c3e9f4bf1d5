package dev.concertina.dualwrite;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

/**
 * Numbers from 0 to 99: the same for the same key, on all instances and after each start.
 */
final class Buckets {

	private static final int COUNT = 100;

	private Buckets() {
	}

	static int of(@Nullable Object key) {
		CRC32 hash = new CRC32();
		hash.update(text(key).getBytes(StandardCharsets.UTF_8));
		return (int) (hash.getValue() % COUNT);
	}

	static int any() {
		return ThreadLocalRandom.current().nextInt(COUNT);
	}

	static String text(@Nullable Object key) {
		return ObjectUtils.nullSafeToString(key);
	}

}
