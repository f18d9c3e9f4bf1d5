package dev.concertina.docs;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.concertina.explain.Explanation;
import dev.concertina.plan.Backfill;
import dev.concertina.plan.Phase;
import dev.concertina.plan.TableLock.Mode;

/**
 * All operations as a table: what they are for, and who waits in which phase.
 */
final class OperationsTable {

	private final StringBuilder text = new StringBuilder();

	OperationsTable() {
		this.text.append(line(Stream.concat(Stream.of("operation", "what it does"), phases().map(Phase::name))));
		this.text.append(line(Stream.generate(() -> "---").limit(2 + Phase.values().length)));
	}

	OperationsTable with(OperationPage page, Explanation example) {
		List<String> lines = page.page().text().lines().filter((line) -> !line.isBlank()).toList();
		String name = "[`%s`](docs/operations/%s.md)".formatted(String.join("`, `", page.operations()), page);
		String purpose = lines.get(1).replaceFirst("\\. .*|\\.$", "");
		this.text.append(line(Stream.concat(Stream.of(name, purpose), phases().map((phase) -> cell(example, phase)))));
		return this;
	}

	private static Stream<Phase> phases() {
		return Arrays.stream(Phase.values());
	}

	private static String cell(Explanation example, Phase phase) {
		Mode lock = example.strongestLock(phase).orElse(Mode.SHARE_UPDATE_EXCLUSIVE);
		if (example.plan().steps(phase).isEmpty()) {
			return "";
		}
		return switch (lock) {
			case ACCESS_EXCLUSIVE -> "AX";
			case SHARE_ROW_EXCLUSIVE -> "SRX";
			case SHARE_UPDATE_EXCLUSIVE ->
				example.plan().steps(phase).stream().anyMatch((step) -> step instanceof Backfill) ? "rows" : "–";
		};
	}

	private static String line(Stream<String> cells) {
		return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
