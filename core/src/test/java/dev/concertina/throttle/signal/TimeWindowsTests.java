package dev.concertina.throttle.signal;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.concertina.failure.InvalidDefinitionException;
import dev.concertina.throttle.Advice;
import dev.concertina.throttle.Advice.Kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TimeWindowsTests {

	private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

	/** In summer Berlin is two hours ahead of UTC, in winter one. */
	@ParameterizedTest
	@CsvSource({ "2026-07-01T19:59:59Z, HOLD", "2026-07-01T20:00:00Z, GO_ON", "2026-07-01T22:30:00Z, GO_ON",
			"2026-07-02T03:59:59Z, GO_ON", "2026-07-02T04:00:00Z, HOLD", "2026-12-01T20:59:59Z, HOLD",
			"2026-12-01T21:00:00Z, GO_ON" })
	void areOpenOverMidnightInTheirZone(String now, Kind kind) {
		assertThat(advice(now, "22:00-06:00").kind()).isEqualTo(kind);
	}

	@Test
	void tellWhenTheNextOneOpens() {
		assertThat(advice("2026-07-01T10:00:00Z", "22:00-06:00", "13:00-13:30"))
			.isEqualTo(Advice.hold("closed until 2026-07-01T13:00 in Europe/Berlin"));
		assertThat(advice("2026-07-01T10:00:00Z", "06:00-07:00"))
			.isEqualTo(Advice.hold("closed until 2026-07-02T06:00 in Europe/Berlin"));
	}

	@Test
	void areOpenAllDayIfTheyEndWhenTheyBegin() {
		assertThat(advice("2026-07-01T10:00:00Z", "00:00-00:00").kind()).isEqualTo(Kind.GO_ON);
	}

	/** At 01:00 UTC the clock goes from 02:00 to 03:00. */
	@ParameterizedTest
	@CsvSource({ "2026-03-29T00:59:59Z, HOLD", "2026-03-29T01:00:00Z, HOLD", "2026-03-29T01:30:00Z, GO_ON",
			"2026-03-29T02:59:59Z, GO_ON", "2026-03-29T03:00:00Z, HOLD" })
	void openLaterIfTheClockSkipsTheirBeginInSpring(String now, Kind kind) {
		assertThat(advice(now, "02:30-05:00").kind()).isEqualTo(kind);
	}

	@Test
	void tellInSpringWhenTheyReallyOpen() {
		assertThat(advice("2026-03-29T00:30:00Z", "02:30-05:00").reason())
			.isEqualTo("closed until 2026-03-29T03:30 in Europe/Berlin");
	}

	/** At 01:00 UTC the clock goes from 03:00 back to 02:00. */
	@ParameterizedTest
	@CsvSource({ "2026-10-25T00:29:59Z, HOLD", "2026-10-25T00:30:00Z, GO_ON", "2026-10-25T01:00:00Z, GO_ON",
			"2026-10-25T01:29:59Z, GO_ON", "2026-10-25T03:59:59Z, GO_ON", "2026-10-25T04:00:00Z, HOLD" })
	void stayOpenWhenTheClockGoesBackInAutumn(String now, Kind kind) {
		assertThat(advice(now, "02:30-05:00").kind()).isEqualTo(kind);
	}

	@Test
	void doNotOpenTwiceInAutumn() {
		Stream.of("2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T01:29:59Z", "2026-10-25T01:30:00Z")
			.forEach((now) -> assertThat(advice(now, "01:00-02:30").kind()).as(now).isEqualTo(Kind.HOLD));
		assertThat(advice("2026-10-25T00:29:59Z", "01:00-02:30").kind()).isEqualTo(Kind.GO_ON);
	}

	@ParameterizedTest
	@ValueSource(strings = { "22-6", "22:00", "22:00-24:00", "10pm-6am", "" })
	void refuseWhatIsNoWindow(String written) {
		assertThatExceptionOfType(InvalidDefinitionException.class).isThrownBy(() -> TimeWindow.of(written))
			.withMessageContaining("'%s' is no time window".formatted(written));
	}

	@Test
	void refuseToBeClosedForEver() {
		assertThatExceptionOfType(InvalidDefinitionException.class)
			.isThrownBy(() -> new TimeWindows(List.of(), BERLIN, Clock.systemUTC()));
	}

	private static Advice advice(String now, String... windows) {
		return new TimeWindows(Stream.of(windows).map(TimeWindow::of).toList(), BERLIN,
				Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
			.read(Set.of());
	}

}
