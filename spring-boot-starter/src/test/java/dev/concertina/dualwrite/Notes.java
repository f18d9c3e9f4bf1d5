package dev.concertina.dualwrite;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What two tables hold, one of them to come.
 */
@DualWrite("move_notes")
interface Notes {

	/**
	 * Returns which structure has answered.
	 */
	String save(long id, String text);

	void deleteById(long id);

	void saveOrRefuse(long id, String text) throws RefusedException;

	Optional<String> findText(long id);

	List<String> findAllTexts();

	Stream<String> streamAllTexts();

	/**
	 * Returns which structure has answered.
	 */
	@Reads
	String answeredBy(long id);

	@Reads
	String anyAnsweredBy();

	/**
	 * A checked exception, which Spring by itself would not roll back for.
	 */
	class RefusedException extends Exception {

		RefusedException(String text) {
			super(text);
		}

	}

}
