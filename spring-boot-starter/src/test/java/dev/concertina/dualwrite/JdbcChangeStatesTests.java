package dev.concertina.dualwrite;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.concertina.ChangeState.Writes;
import dev.concertina.dualwrite.JdbcChangeStates.Row;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.state.Status;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcChangeStatesTests {

	@ParameterizedTest
	@CsvSource({ "EXPAND, RUNNING, OLD", "EXPAND, FAILED, OLD", "DUAL_WRITE, RUNNING, BOTH", "DUAL_WRITE, FAILED, BOTH",
			"BACKFILL, RUNNING, BOTH", "BACKFILL, PAUSED, BOTH", "VERIFY, FAILED, BOTH", "CONTRACT, RUNNING, BOTH",
			"CONTRACT, PAUSED, BOTH", "CONTRACT, FAILED, BOTH", "CONTRACT, CONTRACTING, NEW",
			"CONTRACT, COMPLETED, NEW", "BACKFILL, ROLLING_BACK, OLD", "CONTRACT, ROLLING_BACK, OLD",
			"CONTRACT, ROLLBACK_FAILED, OLD", "CONTRACT, ROLLED_BACK, OLD" })
	void sayWhatIsWritten(Phase phase, Status status, Writes writes) {
		assertThat(new Row(phase, status, KeptBy.APPLICATION, false, false, 0).writes()).isEqualTo(writes);
	}

	@ParameterizedTest
	@CsvSource({ "EXPAND, RUNNING, OLD", "BACKFILL, RUNNING, ONE", "CONTRACT, RUNNING, ONE", "CONTRACT, RETIRED, NEW",
			"CONTRACT, ROLLING_BACK, OLD" })
	void leaveTheOtherSideToTriggers(Phase phase, Status status, Writes writes) {
		assertThat(new Row(phase, status, KeptBy.TRIGGERS, false, false, 0).writes()).isEqualTo(writes);
	}

	@ParameterizedTest
	@CsvSource({ "CONTRACT, FAILED", "CONTRACT, PAUSED", "CONTRACT, CONTRACTING" })
	void dontWriteWhatIsPartlyDropped(Phase phase, Status status) {
		assertThat(new Row(phase, status, KeptBy.APPLICATION, true, false, 100).writes()).isEqualTo(Writes.NEW);
	}

	@ParameterizedTest
	@CsvSource({ "RUNNING, NEW", "PAUSED, NEW", "FAILED, NEW", "CONTRACTING, NEW", "RETIRED, NEW", "UNRETIRING, NEW",
			"UNRETIRE_FAILED, NEW", "ROLLING_BACK, NEW", "ROLLBACK_FAILED, NEW", "ROLLED_BACK, OLD" })
	void dontUseWhatIsOutOfSight(Status status, Writes writes) {
		assertThat(new Row(Phase.CONTRACT, status, KeptBy.TRIGGERS, false, true, 0).writes()).isEqualTo(writes);
	}

	@ParameterizedTest
	@CsvSource({ "EXPAND, false", "DUAL_WRITE, false", "BACKFILL, false", "VERIFY, true", "CONTRACT, true" })
	void sayWhetherAllRowsAreThere(Phase phase, boolean copied) {
		assertThat(new Row(phase, Status.RUNNING, KeptBy.APPLICATION, false, false, 0).isCopied()).isEqualTo(copied);
	}

}
