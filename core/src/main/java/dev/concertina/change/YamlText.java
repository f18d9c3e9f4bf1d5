package dev.concertina.change;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * The text of a file as nodes that know their lines.
 *
 * <p>
 * Nothing but nodes is made of the text, and nothing in it can name a Java type or stand
 * for something else: tags, anchors and aliases are refused.
 */
final class YamlText {

	/** An operator of {@code jsonb} that YAML takes for a comment. */
	private static final Pattern CUT_OFF = Pattern.compile("\\s+#(?:>|- *').*", Pattern.DOTALL);

	private static final String QUOTE = "Indent with spaces, and put a value that holds quotes, "
			+ "brackets, ': ' or ' #' into \"double quotes\" or behind '|'.";

	private final String text;

	private final FileProblems problems;

	private YamlText(String text, FileProblems problems) {
		this.text = text;
		this.problems = problems;
	}

	/**
	 * Return the root of the only document, unless there is a problem.
	 */
	static Optional<Node> root(String text, FileProblems problems) {
		return new YamlText(text, problems).root();
	}

	private Optional<Node> root() {
		int before = this.problems.count();
		try {
			int documents = checkEvents();
			if (documents == 0) {
				this.problems.add(1, "The file is empty", "Write the operations of the change under 'operations'.");
			}
			return (this.problems.count() > before) ? Optional.empty()
					: Optional.of(new Composer(parser(), new Resolver(), new LoaderOptions()).getSingleNode());
		}
		catch (MarkedYAMLException ex) {
			this.problems.add(line(ex), "This is no YAML: %s".formatted(reason(ex)), QUOTE);
		}
		catch (ReaderException ex) {
			this.problems.add(line(ex.getPosition()),
					"The character U+%04X can't be written in YAML".formatted(ex.getCodePoint()), "Remove it.");
		}
		catch (YAMLException ex) {
			this.problems.add(1, "This can't be read as YAML: %s".formatted(ex.getMessage()),
					"Split it into several changes, or nest it less deeply.");
		}
		return Optional.empty();
	}

	private ParserImpl parser() {
		return new ParserImpl(new StreamReader(this.text), new LoaderOptions());
	}

	private int checkEvents() {
		ParserImpl parser = parser();
		int documents = 0;
		while (!parser.checkEvent(Event.ID.StreamEnd)) {
			Event event = parser.getEvent();
			if (event instanceof DocumentStartEvent && ++documents > 1) {
				add(event, "A second document starts here", "Write one change into one file.");
			}
			else if (event instanceof NodeEvent node) {
				check(node);
			}
		}
		return documents;
	}

	private void check(NodeEvent node) {
		if (node.getAnchor() != null) {
			add(node, "'%s' is an anchor or an alias".formatted(node.getAnchor()), "Write out what it stands for.");
		}
		String tag = tag(node);
		if (tag != null) {
			add(node, "'%s' is a tag".formatted(tag), "Remove it: the key decides about the type.");
		}
		if (node instanceof ScalarEvent scalar && scalar.isPlain() && isCutOff(scalar)) {
			add(node, "For YAML, what stands behind '%s' is a comment".formatted(scalar.getValue()), QUOTE);
		}
	}

	private static @Nullable String tag(NodeEvent node) {
		if (node instanceof ScalarEvent scalar) {
			return scalar.getTag();
		}
		return (node instanceof CollectionStartEvent collection) ? collection.getTag() : null;
	}

	private boolean isCutOff(ScalarEvent scalar) {
		int end = this.text.offsetByCodePoints(0, scalar.getEndMark().getIndex());
		return CUT_OFF.matcher(this.text).region(end, this.text.length()).matches();
	}

	private void add(Event event, String what, String action) {
		this.problems.add(event.getStartMark().getLine() + 1, what, action);
	}

	private static int line(MarkedYAMLException failure) {
		Mark mark = failure.getProblemMark();
		return (mark != null) ? mark.getLine() + 1 : 1;
	}

	private int line(int position) {
		return (int) this.text.codePoints().limit(position).filter((character) -> character == '\n').count() + 1;
	}

	private static String reason(MarkedYAMLException failure) {
		String context = failure.getContext();
		return (context != null) ? "%s (%s)".formatted(failure.getProblem(), context.strip().toLowerCase(Locale.ROOT))
				: failure.getProblem();
	}

}
