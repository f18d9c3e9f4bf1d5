package dev.concertina.schema;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import dev.concertina.failure.InvalidDefinitionException;

/**
 * The tokens of an expression, as far as they tell where it ends and which names it
 * holds; PostgreSQL itself decides the rest when the expression is compiled.
 *
 * <p>
 * The lexical rules are those of the PostgreSQL manual, chapter "Lexical Structure":
 * strings, escape strings, quoted identifiers, dollar quotes, comments.
 */
final class SqlTokens {

	private static final Pattern TOKEN = Pattern.compile(
			"""
					(?<comment>--[^\\n]*|/\\*(?:[^*/]|\\*(?!/)|/(?!\\*))*+\\*/)\
					|(?<string>[eE]'(?:[^'\\\\]|\\\\.|'')*+'|(?:[bBxXnN]|[uU]&)?'(?:[^']|'')*+'|\\$(?<tag>(?:[\\p{L}_][\\p{L}\\p{N}_]*)?)\\$.*?\\$\\k<tag>\\$)\
					|(?<quoted>"(?:[^"]|"")++")\
					|(?<name>[\\p{L}_][\\p{L}\\p{N}_$]*)\
					|(?<number>\\d[\\p{L}\\p{N}_.]*)\
					|(?<space>\\s+)\
					|(?<other>.)""",
			Pattern.DOTALL);

	private final Set<String> names = new LinkedHashSet<>();

	private final Set<String> functions = new LinkedHashSet<>();

	private int depth;

	private int tokens;

	private boolean commented;

	private String pending = "";

	private final boolean routine;

	private int open;

	private SqlTokens(boolean routine) {
		this.routine = routine;
	}

	static SqlTokens of(String sql) {
		return new SqlTokens(false).read(sql);
	}

	/**
	 * Return the tokens of a statement that makes a routine: its body may hold whole
	 * statements, from {@code BEGIN ATOMIC} to {@code END}.
	 */
	static SqlTokens ofRoutine(String sql) {
		return new SqlTokens(true).read(sql);
	}

	private SqlTokens read(String sql) {
		Matcher matcher = TOKEN.matcher(sql);
		while (matcher.find()) {
			add(sql, matcher);
		}
		if (this.depth > 0) {
			throw invalid(sql, "%d '(' without ')'".formatted(this.depth));
		}
		if (this.open > 0) {
			throw invalid(sql, "a BEGIN ATOMIC without END");
		}
		if (this.tokens == 0) {
			throw invalid(sql, "no expression at all");
		}
		return this;
	}

	private void add(String sql, Matcher token) {
		if (token.group("comment") != null || token.group("space") != null) {
			this.commented |= token.group("comment") != null;
			return;
		}
		this.tokens++;
		String name = name(token);
		if (!name.isEmpty()) {
			this.names.add(name);
			addToBody(name);
		}
		else if (token.group("other") != null) {
			addSymbol(sql, token.group("other").charAt(0));
		}
		this.pending = name;
	}

	/** A CASE has an END of its own. */
	private void addToBody(String name) {
		boolean begins = this.routine && name.equals("atomic") && this.pending.equals("begin");
		if (begins || (this.open > 0 && name.equals("case"))) {
			this.open++;
		}
		else if (this.open > 0 && name.equals("end")) {
			this.open--;
		}
	}

	private static String name(Matcher token) {
		if (token.group("name") != null) {
			return folded(token.group("name"));
		}
		String quoted = token.group("quoted");
		return (quoted != null) ? quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"") : "";
	}

	/** As PostgreSQL folds names in UTF-8: A to Z and nothing else. */
	private static String folded(String name) {
		return name.chars()
			.map((letter) -> (letter >= 'A' && letter <= 'Z') ? letter + ('a' - 'A') : letter)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	private void addSymbol(String sql, char symbol) {
		switch (symbol) {
			case '(' -> open();
			case ')' -> close(sql);
			case ';' -> end(sql);
			case '\'', '"', '\\' -> throw invalid(sql, "a %s that nothing ends".formatted(symbol));
			case '\0' -> throw invalid(sql, "a character that is none");
			default -> {
			}
		}
	}

	private void open() {
		this.depth++;
		if (!this.pending.isEmpty()) {
			this.functions.add(this.pending);
		}
	}

	private void close(String sql) {
		if (--this.depth < 0) {
			throw invalid(sql, "a ')' without '('");
		}
	}

	private void end(String sql) {
		if (this.open == 0) {
			throw invalid(sql, "a ';', which would end it");
		}
	}

	private static InvalidDefinitionException invalid(String sql, String what) {
		return new InvalidDefinitionException("The expression '%s' has %s".formatted(sql.replace('\0', '?'), what),
				"Write one SQL expression over the columns of the table, such as lower(email).");
	}

	boolean hasComment() {
		return this.commented;
	}

	Set<String> names() {
		return Set.copyOf(this.names);
	}

	Set<String> functions() {
		return Set.copyOf(this.functions);
	}

}
