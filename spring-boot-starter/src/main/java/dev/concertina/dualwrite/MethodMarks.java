package dev.concertina.dualwrite;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.util.ClassUtils;

/**
 * What the annotations of a method tell.
 */
final class MethodMarks {

	/** By their names: an application may have neither module. */
	private static final List<String> WRITING = List.of("org.springframework.data.jdbc.repository.query.Modifying",
			"org.springframework.data.jpa.repository.Modifying", "org.springframework.data.jpa.repository.Lock",
			"org.springframework.data.relational.repository.Lock",
			"org.springframework.data.jpa.repository.query.Procedure");

	private MethodMarks() {
	}

	/**
	 * Return what our own annotations tell.
	 */
	static List<Clue> own(Method method, String where) {
		List<Clue> clues = new ArrayList<>();
		if (AnnotatedElementUtils.hasAnnotation(method, Reads.class)) {
			clues.add(new Clue(Access.READ, "@Reads of " + where));
		}
		if (AnnotatedElementUtils.hasAnnotation(method, Writes.class)) {
			clues.add(new Clue(Access.WRITE, "@Writes of " + where));
		}
		return clues;
	}

	/**
	 * Return what the annotations of others tell. That a class has transactions which may
	 * write says nothing of a method.
	 */
	static List<Clue> others(Method method, Class<?> type, String where) {
		List<Clue> clues = new ArrayList<>();
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		WRITING.stream()
			.filter(annotations::isPresent)
			.forEach((name) -> clues
				.add(new Clue(Access.WRITE, "@%s of %s".formatted(ClassUtils.getShortName(name), where))));
		@Nullable Transactional ofMethod = AnnotatedElementUtils.findMergedAnnotation(method, Transactional.class);
		@Nullable Transactional ofType = AnnotatedElementUtils.findMergedAnnotation(type, Transactional.class);
		if (ofMethod != null) {
			clues.add(ofMethod.readOnly() ? readOnly(where)
					: new Clue(Access.WRITE, "@Transactional without readOnly of " + where));
		}
		else if (ofType != null && ofType.readOnly()) {
			clues.add(readOnly(where));
		}
		return clues;
	}

	private static Clue readOnly(String where) {
		return new Clue(Access.READ, "@Transactional(readOnly = true) of " + where);
	}

}
