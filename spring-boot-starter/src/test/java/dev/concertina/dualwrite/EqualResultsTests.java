package dev.concertina.dualwrite;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.PageImpl;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.SliceImpl;

import static org.assertj.core.api.Assertions.assertThat;

class EqualResultsTests {

	@Test
	void compareByEqualsAndByElements() {
		ResultComparator equal = ResultComparator.equal();
		assertThat(equal.agree(null, null)).isTrue();
		assertThat(equal.agree(null, "")).isFalse();
		assertThat(equal.agree(new int[][] { { 1 }, { 2 } }, new int[][] { { 1 }, { 2 } })).isTrue();
		assertThat(equal.agree(new int[] { 1, 2 }, new int[] { 2, 1 })).isFalse();
		assertThat(equal.agree(Optional.of(new Row(1, "a")), Optional.of(new Row(1, "a")))).isTrue();
		assertThat(equal.agree(Optional.of("a"), Optional.empty())).isFalse();
		assertThat(equal.agree(new ArrayList<>(List.of(1, 2)), List.of(1, 2))).isTrue();
		assertThat(equal.agree(List.of(1, 2), List.of(2, 1))).isFalse();
		assertThat(equal.agree(Set.of(1, 2), Set.of(2, 1))).isTrue();
		assertThat(equal.agree(Arrays.asList(null, 1), Arrays.asList(null, 1))).isTrue();
	}

	@Test
	void mayIgnoreTheOrder() {
		ResultComparator unordered = ResultComparator.ignoringOrder();
		assertThat(unordered.agree(List.of(1, 2, 2), List.of(2, 1, 2))).isTrue();
		assertThat(unordered.agree(List.of(1, 2, 2), List.of(2, 1, 1))).isFalse();
		assertThat(unordered.agree(Map.of("a", List.of(1, 2)), Map.of("a", List.of(2, 1)))).isTrue();
		assertThat(unordered.agree(Optional.of(List.of(1, 2)), Optional.of(List.of(2, 1)))).isTrue();
	}

	@Test
	void mayIgnoreTheOrderOfAPage() {
		ResultComparator unordered = ResultComparator.ignoringOrder();
		assertThat(unordered.agree(page(List.of(1, 2), 5), page(List.of(2, 1), 5))).isTrue();
		assertThat(unordered.agree(page(List.of(1, 2), 5), page(List.of(1, 3), 5))).isFalse();
		assertThat(unordered.agree(page(List.of(1, 2), 5), page(List.of(2, 1), 6))).isFalse();
		assertThat(ResultComparator.equal().agree(page(List.of(1, 2), 5), page(List.of(2, 1), 5))).isFalse();
		assertThat(unordered.agree(new SliceImpl<>(List.of(1, 2)), new SliceImpl<>(List.of(2, 1)))).isTrue();
		assertThat(unordered.agree(new SliceImpl<>(List.of(1, 2)), new SliceImpl<>(List.of(2, 2)))).isFalse();
	}

	private static Page<Integer> page(List<Integer> content, int total) {
		return new PageImpl<>(content, PageRequest.of(0, 2), total);
	}

	@Test
	void compareWhatHasNothingButElementsByThem() {
		assertThat(ResultComparator.equal().agree(new Elements(List.of(1, 2)), new Elements(List.of(1, 2)))).isTrue();
		assertThat(ResultComparator.equal().agree(new Elements(List.of(1, 2)), new Elements(List.of(2, 1)))).isFalse();
		ResultComparator unordered = ResultComparator.ignoringOrder();
		assertThat(unordered.agree(new Elements(List.of(1, 2)), new Elements(List.of(2, 1)))).isTrue();
		assertThat(unordered.agree(Path.of("a", "b"), Path.of("b", "a"))).as("more than its elements").isFalse();
	}

	@Test
	void mayIgnoreFields() {
		ResultComparator comparator = ResultComparator.ignoringFields("note");
		assertThat(comparator.agree(List.of(new Row(1, "a")), List.of(new Row(1, "b")))).isTrue();
		assertThat(comparator.agree(List.of(new Row(1, "a")), List.of(new Row(2, "a")))).isFalse();
		assertThat(
				comparator.agree(List.of(new Row(1, "a"), new Row(2, "a")), List.of(new Row(2, "a"), new Row(1, "a"))))
			.isFalse();
		assertThat(ResultComparator.ignoringOrderAndFields("note")
			.agree(List.of(new Row(1, "a"), new Row(2, "a")), List.of(new Row(2, "b"), new Row(1, "b")))).isTrue();
	}

	@Test
	void compareObjectsWithoutEqualsByTheirFieldsIfSomeAreIgnored() {
		assertThat(ResultComparator.equal().agree(new Entity("a", 1), new Entity("a", 1))).isFalse();
		assertThat(ResultComparator.ignoringFields("version").agree(new Entity("a", 1), new Entity("a", 2))).isTrue();
		assertThat(ResultComparator.ignoringFields("version").agree(new Entity("a", 1), new Entity("b", 1))).isFalse();
	}

	@Test
	void comeToAnEndWhenObjectsReferToEachOther() {
		Entity one = new Entity("a", 1);
		one.other = one;
		Entity two = new Entity("a", 2);
		two.other = two;
		assertThat(ResultComparator.ignoringFields("version").agree(one, two)).isTrue();
	}

	record Row(int id, String note) {

	}

	static class Elements implements Iterable<Integer> {

		private final List<Integer> all;

		Elements(List<Integer> all) {
			this.all = all;
		}

		@Override
		public Iterator<Integer> iterator() {
			return this.all.iterator();
		}

	}

	static class Entity {

		private final String name;

		private final int version;

		private @Nullable Entity other;

		Entity(String name, int version) {
			this.name = name;
			this.version = version;
		}

		@Override
		public String toString() {
			return this.name + this.version + (this.other != null);
		}

	}

}
