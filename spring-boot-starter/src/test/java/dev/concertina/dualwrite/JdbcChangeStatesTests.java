package dev.concertina.dualwrite;

import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.jta.JtaTransactionManager;

import dev.concertina.ChangeState.Writes;
import dev.concertina.dualwrite.JdbcChangeStates.Row;
import dev.concertina.plan.KeptBy;
import dev.concertina.plan.Phase;
import dev.concertina.schema.StateSchemaName;
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
	@CsvSource({ "EXPAND, RUNNING, false", "DUAL_WRITE, RUNNING, false", "BACKFILL, RUNNING, false",
			"VERIFY, RUNNING, true", "CONTRACT, RUNNING, true", "CONTRACT, CONTRACTING, false",
			"CONTRACT, ROLLING_BACK, false" })
	void sayWhetherBothHoldAllRows(Phase phase, Status status, boolean comparable) {
		for (KeptBy keptBy : KeptBy.values()) {
			assertThat(new Row(phase, status, keptBy, false, false, 0).isComparable()).isEqualTo(comparable);
		}
	}

	@Test
	void areReadInTheTransactionsOfTheirDataSource() {
		DataSource dataSource = new WithoutDatabase.Unreachable();
		JdbcChangeStates states = new JdbcChangeStates(dataSource, Map.of(), StateSchemaName.of("concertina"));
		for (DataSource managed : List.of(dataSource, new WithoutDatabase.Unreachable())) {
			JpaTransactionManager jpa = new JpaTransactionManager();
			jpa.setDataSource(managed);
			assertThat(states.isReadIn("move_notes", jpa)).isEqualTo(managed.equals(dataSource));
			assertThat(states.isReadIn("move_notes", new JdbcTransactionManager(managed)))
				.isEqualTo(managed.equals(dataSource));
		}
		assertThat(states.isReadIn("move_notes", new JpaTransactionManager())).as("of none").isFalse();
		assertThat(states.isReadIn("move_notes", new JtaTransactionManager())).as("of any").isTrue();
	}

}
