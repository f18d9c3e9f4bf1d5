package dev.concertina.testing;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ServerKindTests {

	@Test
	void isNamedByTheProperty() {
		assertThat(ServerKind.named("testcontainers")).isEqualTo(ServerKind.TESTCONTAINERS);
	}

	@Test
	void saysWhichNamesThereAre() {
		assertThatIllegalArgumentException().isThrownBy(() -> ServerKind.named("docker"))
			.withMessage("-Dconcertina.test.server=docker names no kind of server; "
					+ "use embedded, testcontainers or auto");
	}

}
