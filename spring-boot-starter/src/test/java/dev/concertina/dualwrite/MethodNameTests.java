package dev.concertina.dualwrite;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class MethodNameTests {

	@ParameterizedTest
	@ValueSource(strings = { "findById", "getReferenceById", "readAllByName", "queryTop3ByName", "searchByName",
			"streamAll", "count", "existsById", "isOpen", "hasItems", "listOpen", "find", "findByCreateTime",
			"findAllCreatedToday", "findByNameAndAge", "findFirstOrderByName", "findAllByNameOrAge", "getOrDefault",
			"findOrThrow", "getOrNull", "findAndCount", "findTop3OrdersByName" })
	void tellsOfReads(String name) {
		assertThat(MethodName.clues(name)).extracting(Clue::access).containsOnly(Access.READ);
	}

	@ParameterizedTest
	@ValueSource(strings = { "save", "saveAllAndFlush", "insert", "updatePrice", "upsert", "deleteById", "removeByName",
			"addItem", "createFor", "setName", "flush", "deleteAllInBatch" })
	void tellsOfWrites(String name) {
		assertThat(MethodName.clues(name)).extracting(Clue::access).containsOnly(Access.WRITE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "findOrCreate", "getAndIncrement", "findAndDeleteById", "readAndRemove", "findOrRegister",
			"getAndReset", "readAndMark", "findFirstOrRegisterByName" })
	void isInDoubtIfOneWordReadsAndOneWrites(String name) {
		assertThat(MethodName.clues(name)).extracting(Clue::access).containsExactly(Access.READ, Access.WRITE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "process", "issue", "counter", "settle", "getaway", "x" })
	void tellsNothing(String name) {
		assertThat(MethodName.clues(name)).isEmpty();
	}

	@Test
	void namesTheWord() {
		assertThat(MethodName.clues("findOrCreate")).extracting(Clue::what)
			.containsExactly("its name begins with 'find'", "its name holds 'Create'");
	}

}
