package dev.concertina.change;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

import org.yaml.snakeyaml.nodes.Node;

import dev.concertina.failure.ConcertinaException;
import dev.concertina.failure.Problem;

/**
 * Collects what is wrong in one file.
 */
final class FileProblems {

	private final String file;

	private final SortedMap<Integer, List<Problem>> found = new TreeMap<>();

	private int count;

	FileProblems(String file) {
		this.file = file;
	}

	/**
	 * Return the line of a node, as people count.
	 */
	static int line(Node node) {
		return node.getStartMark().getLine() + 1;
	}

	void addToName(ConcertinaException objection) {
		add(0, new Problem(this.file, String.valueOf(objection.getMessage()), objection.action()));
	}

	void add(Node at, ConcertinaException objection) {
		add(at, String.valueOf(objection.getMessage()), objection.action());
	}

	void add(Node at, String what, String action) {
		add(line(at), what, action);
	}

	void add(int line, String what, String action) {
		add(line, new Problem("%s:%d".formatted(this.file, line), what, action));
	}

	private void add(int line, Problem problem) {
		this.found.computeIfAbsent(line, (key) -> new ArrayList<>()).add(problem);
		this.count++;
	}

	int count() {
		return this.count;
	}

	/**
	 * Return the problems in the order of their lines.
	 */
	List<Problem> all() {
		return this.found.values().stream().flatMap(List::stream).toList();
	}

}
