package dev.concertina.operation;

import java.util.Map;

/**
 * Fills our own words into our own SQL, each place once: what is filled in is not looked
 * at again.
 *
 * @param words what stands for each word between « and »
 */
record SqlTemplate(Map<String, String> words) {

	SqlTemplate {
		words = Map.copyOf(words);
	}

	String filled(String template) {
		StringBuilder sql = new StringBuilder();
		int from = 0;
		for (int open = template.indexOf('«'); open >= 0; open = template.indexOf('«', from)) {
			int close = template.indexOf('»', open);
			String word = template.substring(open + 1, close);
			String value = this.words.get(word);
			if (value == null) {
				throw new IllegalStateException("Nothing stands for " + word);
			}
			sql.append(template, from, open).append(value);
			from = close + 1;
		}
		return sql.append(template, from, template.length()).toString();
	}

}
