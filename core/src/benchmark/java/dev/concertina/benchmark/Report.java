package dev.concertina.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What was measured, as Markdown: on the terminal, and in a file.
 */
final class Report {

	private final BenchmarkOptions options;

	private final StringBuilder head = new StringBuilder();

	private final StringBuilder body = new StringBuilder();

	private final Map<String, Chart> charts = new LinkedHashMap<>();

	private final List<Target> targets = new ArrayList<>();

	Report(BenchmarkOptions options) {
		this.options = options;
		this.head
			.append("""
					# Benchmarks

					Written by `%s`; run it to measure on your machine.

					All approaches to a change run in turn, each on a fresh copy of its tables after a checkpoint: %d rounds, of
					Spring Batch and the statements of pgroll %d. Medians are given.

					"""
				.formatted(BenchmarkOptions.COMMAND, options.rounds(), options.peerRounds()));
	}

	void machine(Machine machine) {
		String settings = BenchmarkServer.SETTINGS.entrySet()
			.stream()
			.map((setting) -> "`%s=%s`".formatted(setting.getKey(), setting.getValue()))
			.sorted()
			.collect(Collectors.joining(", "));
		this.head.append(
				"Machine: %s.%n%nServer: %s, everything else as PostgreSQL ships it.%n%n".formatted(machine, settings));
	}

	void progress(String line) {
		System.out.println(line);
	}

	void section(String title, String text) {
		this.body.append("## %s%n%n".formatted(title));
		text(text);
	}

	void text(String text) {
		this.body.append("%s%n%n".formatted(text));
	}

	void table(List<String> titles, List<List<String>> rows) {
		String table = markdown(titles, rows);
		System.out.printf("%n%s%n", table);
		this.body.append(table).append(System.lineSeparator());
	}

	/**
	 * Draws a picture beside the report.
	 */
	void chart(String name, Chart chart) {
		this.charts.put("benchmark-%s.svg".formatted(name), chart);
		this.body.append("![%s](benchmark-%s.svg)%n%n".formatted(chart.title(), name));
	}

	/**
	 * Compares figures with those to reach, and writes what there is up to now.
	 */
	void targets(List<Target> reached) {
		this.targets.addAll(reached);
		String table = markdown(List.of("figure", "to reach", "measured", "reached"), this.targets.stream()
			.map((target) -> List.of(target.what(), target.limit(), target.measured(), target.reached() ? "yes" : "no"))
			.toList());
		write("## Figures to reach%n%n%s%n".formatted(table));
	}

	private void write(String figures) {
		try {
			Files.createDirectories(this.options.report().toAbsolutePath().getParent());
			Files.writeString(this.options.report(), this.head + figures + this.body);
			for (Map.Entry<String, Chart> chart : this.charts.entrySet()) {
				Files.writeString(this.options.report().resolveSibling(chart.getKey()), chart.getValue().svg());
			}
			System.out.printf("%n%s%nWritten to %s%n", figures, this.options.report());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String markdown(List<String> titles, List<List<String>> rows) {
		StringBuilder table = new StringBuilder();
		table.append(line(titles)).append(line(titles.stream().map((title) -> "---").toList()));
		rows.forEach((row) -> table.append(line(row)));
		return table.toString();
	}

	private static String line(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

}
