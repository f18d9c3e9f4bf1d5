package dev.concertina.dualwrite;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BucketsTests {

	/** Other instances, and later versions, must come to the same. */
	@ParameterizedTest
	@CsvSource({ "1, 83", "42, 88", "order-17, 20", "'', 0" })
	void areTheSameForEver(String key, int bucket) {
		assertThat(Buckets.of(key)).isEqualTo(bucket);
	}

	@Test
	void goByTheTextOfAKey() {
		assertThat(Buckets.of(42L)).isEqualTo(Buckets.of(42)).isEqualTo(Buckets.of("42"));
		UUID id = UUID.randomUUID();
		assertThat(Buckets.of(id)).isEqualTo(Buckets.of(UUID.fromString(id.toString())));
		assertThat(Buckets.of(List.of(1, 2))).isEqualTo(Buckets.of(List.of(1, 2)));
		assertThat(Buckets.of(new int[] { 1, 2 })).isEqualTo(Buckets.of(new int[] { 1, 2 }));
		assertThat(Buckets.of(null)).isBetween(0, 99);
	}

	@Test
	void areAboutEquallyFull() {
		long[] counts = new long[100];
		IntStream.range(0, 100_000).forEach((key) -> counts[Buckets.of((long) key)]++);
		assertThat(LongStream.of(counts).boxed()).allSatisfy((count) -> assertThat(count).isBetween(800L, 1200L));
	}

	@Test
	void ofNoKeyAreAnyOnes() {
		assertThat(IntStream.range(0, 10_000).map((call) -> Buckets.any()).distinct()).hasSize(100);
	}

}
